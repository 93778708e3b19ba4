/* The nouns: what the server says that records are. Pages are drawn from this, none from a record's name. */
import { get } from './api';

export type FieldKind =
    | 'id'
    | 'text'
    | 'prose'
    | 'int'
    | 'real'
    | 'bool'
    | 'stamp'
    | 'date'
    | 'zone'
    | 'choice'
    | 'ref'
    | 'refs'
    | 'tags'
    | 'rank'
    | 'json'
    | 'blob'
    | 'dimensions';
export interface Field {
    name: string;
    label: string;
    help: string;
    kind: FieldKind;
    flags: string[];
    choices?: string[];
    choice_labels?: Record<string, string>;
    refers?: string;
    min?: number;
    max?: number;
    fallback?: string;
}
export interface Transition {
    verb: string;
    /* null: from any state. */
    from: string | null;
    to: string;
    roles: string[];
    /* Whether the reader has a role for it. */
    can: boolean;
    undo: 'yes' | 'counter' | 'no';
}
/* What can be made of a row in one step: a POST of its id to the address. */
export interface Made {
    label: string;
    address: string;
    record: string;
    /* Whether the reader may. */
    can: boolean;
}
export interface RecordType {
    name: string;
    plural: string;
    plural_label: string;
    prefix: string;
    label: string;
    help: string;
    address: string;
    privacy: string;
    writers: string[];
    made_by_program: boolean;
    /* What the reader may do with some row of it. */
    can: { create: boolean; patch: boolean; delete: boolean };
    makes: Made[];
    title: string;
    /* The columns of its lists, the most important first. */
    listed: string[];
    /* The order of its lists when nobody chose one. */
    usual_sort?: string;
    fields: Field[];
    state: string | null;
    transitions: Transition[];
}
export interface Dimension {
    word: string;
    label: string;
}
export type Row = Record<string, unknown> & { id: string; version: number; archived: string | null };
export interface Page<T = Row> {
    items: T[];
    next: string | null;
}

class Catalog {
    records = $state.raw<RecordType[]>([]);
    dimensions = $state.raw<Dimension[]>([]);
    readonly byName: Map<string, RecordType> = $derived(new Map(this.records.map((one) => [one.name, one])));
    readonly byAddress: Map<string, RecordType> = $derived(new Map(this.records.map((one) => [slug(one), one])));

    async read(): Promise<void> {
        const answer = await get<{ records: RecordType[]; dimensions: Dimension[] }>('/catalog');
        this.records = answer.records;
        this.dimensions = answer.dimensions;
    }
    /* The record whose ids look like this one: 'ACT-7' is an action. */
    ofId(id: string): RecordType | undefined {
        const prefix = id.slice(0, id.lastIndexOf('-'));
        return this.records.find((one) => one.prefix === prefix);
    }
}
export const catalog = new Catalog();

/* The last word of a record's address, which is its page's, too: 'change-events'. */
export function slug(record: RecordType): string {
    return record.address.slice(record.address.lastIndexOf('/') + 1);
}
export function pathOf(record: RecordType, id?: string): string {
    return id ? `/${slug(record)}/${encodeURIComponent(id)}` : `/${slug(record)}`;
}
export function has(field: Field, flag: string): boolean {
    return field.flags.includes(flag);
}
export function titleOf(record: RecordType, row: Row): string {
    const title = row[record.title];
    return typeof title === 'string' && title !== '' ? title : row.id;
}
/* The fields that people fill in and read; what is secret is never sent. */
export function shownFields(record: RecordType): Field[] {
    return record.fields.filter((field) => !has(field, 'secret'));
}
/* "change events", as in sentences. */
export function pluralOf(record: RecordType): string {
    return record.plural_label;
}
/* 'https://rondo.example/actions/ACT-7?x' and 'act-7' are ACT-7; null: no record has such ids. */
export function idIn(words: string): string | null {
    const last = words.trim().split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').pop() ?? '';
    const record = catalog.ofId(last) ?? catalog.ofId(last.toUpperCase());
    return record && looksLikeId(record, last) ? record.prefix + last.slice(record.prefix.length) : null;
}
/* The command that makes a row, with all that it needs; of what only the program makes the one that its help names. */
export function commandOf(record: RecordType): string | undefined {
    if (record.made_by_program) return /'(rondo [^']+)'/.exec(record.help)?.[1];
    const word = (name: string) => name.replaceAll('_', '-');
    const needed = record.fields.filter(
        (field) => has(field, 'needed') && !has(field, 'computed') && field.fallback === undefined,
    );
    return [
        `rondo ${word(record.name)} add`,
        ...needed.map((field) => `--${word(field.name)} ${field.name.toUpperCase()}`),
    ].join(' ');
}
/* What a record is, where the command that makes one stands beside it: the help without that same command. */
export function aboutOf(record: RecordType): string {
    const named = /[:;] '(rondo [^']+)'[^']*$/.exec(record.help);
    const start = (command = '') => command.split(' --')[0];
    return named && start(named[1]) === start(commandOf(record))
        ? `${record.help.slice(0, named.index)}.`
        : record.help;
}
export function choiceLabel(field: Field, word: string): string {
    return field.choice_labels?.[word] ?? (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll('_', ' ');
}
/* Whether the reader may do it with some row of the record. */
export function may(record: RecordType, what: 'create' | 'patch' | 'delete'): boolean {
    return record.can[what];
}
/* The address that the API has for a record or one of its rows, as `request` wants it. */
export function apiOf(record: RecordType, id?: string): string {
    const address = record.address.replace(/^\/api\/v1/, '');
    return id ? `${address}/${encodeURIComponent(id)}` : address;
}
export function looksLikeId(record: RecordType, words: string): boolean {
    return words.toUpperCase().startsWith(`${record.prefix}-`) && /^[A-Za-z_]+-\w+$/.test(words);
}
