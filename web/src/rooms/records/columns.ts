/* Which columns a list of some record has, how wide they are, and what a value is in words. It knows kinds of
   fields, and no record. */
import {
    catalog,
    choiceLabel,
    has,
    shownFields,
    type Field,
    type FieldKind,
    type RecordType,
} from '../../lib/catalog.svelte';
import { day, instant, number, size, UNKNOWN } from '../../lib/format';

/* What every row has beside its fields. */
export const builtIns: Field[] = [
    { name: 'id', label: 'Id', help: 'What it is called for ever.', kind: 'id', flags: [] },
    {
        name: 'dimensions',
        label: 'Dimensions',
        help: 'Which sides of the work it touches.',
        kind: 'dimensions',
        flags: [],
    },
    { name: 'created', label: 'Created', help: 'When it was made.', kind: 'stamp', flags: ['counted'] },
    { name: 'changed', label: 'Changed', help: 'When it was changed last.', kind: 'stamp', flags: ['counted'] },
];

/* The one of them that people fill in. */
export const dimensionsField: Field = builtIns.find((field) => field.kind === 'dimensions')!;

export function fieldOf(record: RecordType, name: string): Field | undefined {
    return record.fields.find((field) => field.name === name) ?? builtIns.find((field) => field.name === name);
}

interface KindFact {
    /* A track of the grid; what is wide takes what is left. */
    width: string;
    isNumber?: boolean;
    /* Too long for a list unless it is asked for. */
    isLong?: boolean;
    hasOrder?: boolean;
    /* It can only be asked for empty or not. */
    onlyEmpty?: boolean;
}
export const kinds: Record<FieldKind, KindFact> = {
    id: { width: '6rem', hasOrder: true },
    text: { width: 'minmax(6rem, 1fr)', hasOrder: true },
    prose: { width: 'minmax(10rem, 2fr)', isLong: true },
    int: { width: '6rem', isNumber: true, hasOrder: true },
    real: { width: '6rem', isNumber: true, hasOrder: true },
    bool: { width: '5rem', hasOrder: true },
    stamp: { width: '8.5rem', hasOrder: true },
    date: { width: '7rem', hasOrder: true },
    zone: { width: '9rem', hasOrder: true },
    choice: { width: '8rem', hasOrder: true },
    ref: { width: 'minmax(7rem, 1fr)', hasOrder: true },
    refs: { width: 'minmax(8rem, 1fr)', isLong: true },
    tags: { width: 'minmax(8rem, 1fr)', isLong: true },
    rank: { width: '5rem', hasOrder: true, isLong: true },
    json: { width: 'minmax(8rem, 1fr)', isLong: true, onlyEmpty: true },
    blob: { width: '6rem', isLong: true, onlyEmpty: true },
    dimensions: { width: 'minmax(8rem, 1fr)', isLong: true },
};
/* Whether a list can be sorted by it; what is computed when it is read has no order at rest. */
export function hasOrder(field: Field): boolean {
    return kinds[field.kind].hasOrder === true && !has(field, 'private') && !has(field, 'computed');
}
const MOST_BESIDE_TITLE = 4;

/* Every column that the list of a record can have, its title first. */
export function allColumns(record: RecordType): Field[] {
    const title = fieldOf(record, record.title);
    const others = shownFields(record).filter((field) => field.name !== record.title && field.kind !== 'blob');
    return title ? [title, ...others, ...builtIns] : [...others, ...builtIns];
}

/* What a list shows when nobody has chosen: the title, the state, what is short, in the order of the fields. */
export function usualColumns(record: RecordType): Field[] {
    const all = allColumns(record);
    if (record.listed) {
        const listed = record.listed.flatMap((name) => all.find((field) => field.name === name) ?? []);
        return [
            ...all.slice(0, 1),
            ...listed.filter((field) => field.name !== record.title).slice(0, MOST_BESIDE_TITLE + 1),
        ];
    }
    const short = all.slice(1, -builtIns.length).filter((field) => !kinds[field.kind].isLong && !has(field, 'private'));
    const state = short.filter((field) => field.name === record.state);
    const rest = short.filter((field) => field.name !== record.state);
    const columns = [...all.slice(0, 1), ...state, ...rest].slice(0, 1 + MOST_BESIDE_TITLE);
    const changed = builtIns.find((field) => field.name === 'changed');
    return columns.length <= MOST_BESIDE_TITLE && changed ? [...columns, changed] : columns;
}

/* 'title,owner' of the address; words that are no column are passed over. */
export function chosenColumns(record: RecordType, words: string | null): Field[] {
    if (!words) return usualColumns(record);
    const all = allColumns(record);
    const wanted = words.split(',');
    const chosen = all.filter((field, index) => index === 0 || wanted.includes(field.name));
    return chosen.length > 1 ? chosen : usualColumns(record);
}

export function rankField(record: RecordType): Field | undefined {
    return record.fields.find((field) => field.kind === 'rank');
}

/* The one field that says who has it. */
export function assignedField(record: RecordType): Field | undefined {
    const people = record.fields.filter(
        (field) => field.kind === 'ref' && field.refers === 'person' && !has(field, 'fixed') && !has(field, 'counted'),
    );
    return people.find((field) => field.name === 'owner' || field.name === 'assignee') ?? people[0];
}

/* Fields that people may change after a row was made. The state goes by verbs. */
export function canChange(record: RecordType, field: Field): boolean {
    const isState = record.state === field.name && record.transitions.length > 0;
    return !isState && !has(field, 'fixed') && !has(field, 'counted') && field.kind !== 'id';
}

export function isEmpty(value: unknown): boolean {
    return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

export function dimensionLabel(word: string): string {
    return catalog.dimensions.find((one) => one.word === word)?.label ?? word;
}

/* How many bytes a text in base64 stands for. */
export function bytesOfBase64(text: string): number {
    return (text.length / 4) * 3 - (/=*$/.exec(text)?.[0].length ?? 0);
}

/* A value as one line of words. */
export function valueWords(field: Field, value: unknown): string {
    if (isEmpty(value)) return UNKNOWN;
    if (field.kind === 'dimensions' && Array.isArray(value)) return value.map(dimensionLabel).join(', ');
    if (field.kind === 'blob') return size(bytesOfBase64(String(value)));
    if (Array.isArray(value) && field.kind !== 'json') return value.join(', ');
    switch (field.kind) {
        case 'bool':
            return value === true || value === 'yes' || value === 'true' ? 'Yes' : 'No';
        case 'int':
        case 'real':
            return typeof value === 'number' ? number(value, 6) : String(value);
        case 'date':
            return day(String(value));
        case 'stamp':
            return String(value).length === 10 ? day(String(value)) : instant(String(value));
        case 'choice':
            return choiceLabel(field, String(value));
        case 'json':
            return JSON.stringify(value);
        default:
            return String(value);
    }
}

/* A value as the API writes it, for files. */
export function valueText(value: unknown): string {
    if (value === null || value === undefined) return '';
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',');
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
