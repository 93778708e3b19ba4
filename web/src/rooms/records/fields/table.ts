/* Which component edits which kind of field. A kind without one is not edited by hand. */
import type { Component } from 'svelte';
import type { Field, FieldKind } from '../../../lib/catalog.svelte';
import FieldBlob from './FieldBlob.svelte';
import FieldBool from './FieldBool.svelte';
import FieldChoice from './FieldChoice.svelte';
import FieldDate from './FieldDate.svelte';
import FieldDimensions from './FieldDimensions.svelte';
import FieldJson from './FieldJson.svelte';
import FieldNumber from './FieldNumber.svelte';
import FieldProse from './FieldProse.svelte';
import FieldRank from './FieldRank.svelte';
import FieldRef from './FieldRef.svelte';
import FieldRefs from './FieldRefs.svelte';
import FieldStamp from './FieldStamp.svelte';
import FieldTags from './FieldTags.svelte';
import FieldText from './FieldText.svelte';
import FieldZone from './FieldZone.svelte';

export interface FieldProps {
    field: Field;
    /* Of the control, for its label. */
    id: string;
    value: unknown;
    isInvalid?: boolean;
    describedBy?: string;
    /* A value as the API takes it; a problem when what was typed is none. */
    onchange: (value: unknown, problem?: string) => void;
}

export const editors: Partial<Record<FieldKind, Component<FieldProps>>> = {
    text: FieldText,
    prose: FieldProse,
    int: FieldNumber,
    real: FieldNumber,
    bool: FieldBool,
    stamp: FieldStamp,
    date: FieldDate,
    zone: FieldZone,
    choice: FieldChoice,
    ref: FieldRef,
    refs: FieldRefs,
    tags: FieldTags,
    rank: FieldRank,
    json: FieldJson,
    blob: FieldBlob,
    dimensions: FieldDimensions,
};

/* Those whose value is whole with one choice, and saved by it where one field is edited. */
export const chosenAtOnce: ReadonlySet<FieldKind> = new Set<FieldKind>(['bool', 'choice', 'ref', 'date']);
/* Those in which Enter begins a new line. */
export const manyLines: ReadonlySet<FieldKind> = new Set<FieldKind>(['prose', 'json']);
