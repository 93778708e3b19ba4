/* The filters of a list, which are words of its address and of the API alike: 'state=open', 'due.max=2026-11-20',
   'owner=' (nobody). What else the address says (sort, columns, peek, words) is no filter. */
import type { Field, RecordType, Row } from '../../lib/catalog.svelte';
import { day } from '../../lib/format';
import { builtIns, fieldOf, isEmpty, kinds, valueWords } from './columns';

export type Operator = '' | '.not' | '.min' | '.max';
export interface Filter {
    field: Field;
    operator: Operator;
    value: string;
}
/* Words of a list's address that are the page's own. */
const PAGE_WORDS = new Set(['sort', 'columns', 'peek', 'edit', 'q', 'limit', 'after', 'as_of']);
const archivedField: Field = { name: 'archived', label: 'Dropped ones', help: '', kind: 'bool', flags: [] };
const dimensionField: Field = { name: 'dimension', label: 'Dimension', help: '', kind: 'choice', flags: [] };

export function readFilters(record: RecordType, query: URLSearchParams): Filter[] {
    const found: Filter[] = [];
    for (const [word, value] of query) {
        if (PAGE_WORDS.has(word)) continue;
        if (word === 'archived') found.push({ field: archivedField, operator: '', value });
        else if (word === 'dimension') found.push({ field: dimensionField, operator: '', value });
        else {
            const match = /^(.*?)(\.not|\.min|\.max)?$/.exec(word);
            const field = fieldOf(record, match?.[1] ?? word);
            if (field) found.push({ field, operator: (match?.[2] ?? '') as Operator, value });
        }
    }
    return found;
}

export function wordOf(filter: Pick<Filter, 'field' | 'operator'>): string {
    return filter.field.name + filter.operator;
}

/* The fields that a list can be filtered by; what is worked out when it is read is none. */
export function filterFields(record: RecordType): Field[] {
    const fields = record.fields.filter(
        (field) => !['secret', 'private', 'computed'].some((flag) => field.flags.includes(flag)),
    );
    return [...fields, ...builtIns.filter((field) => field.kind === 'stamp'), dimensionField, archivedField];
}

/* A day of the reader's is an instant at its start and one at its end; and back. */
export function stampOfDay(day: string, isEnd: boolean): string {
    return new Date(`${day}T${isEnd ? '23:59:59.999' : '00:00:00'}`).toISOString().replace('.000Z', 'Z');
}
export function dayOfStamp(stamp: string): string {
    if (stamp.length === 10) return stamp;
    const when = new Date(stamp);
    return Number.isNaN(when.getTime())
        ? ''
        : new Date(when.getTime() - when.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/* "State is open", "Due until 20 Nov 2026", "Owner is empty", "Dropped ones, too". */
export function filterWords(filter: Filter, name?: string): string {
    const { field, operator, value } = filter;
    if (field.name === 'archived') return 'Dropped ones, too';
    if (value === '') return `${field.label} ${operator === '.not' ? 'is filled' : 'is empty'}`;
    const isEdge =
        field.kind === 'stamp' &&
        (operator === '.min' || operator === '.max') &&
        stampOfDay(dayOfStamp(value), operator === '.max') === value;
    const shown = name ?? (isEdge ? day(dayOfStamp(value)) : valueWords(field, value));
    const isList = field.kind === 'tags' || field.kind === 'refs';
    const isTime = field.kind === 'date' || field.kind === 'stamp';
    const links: Record<Operator, string> = {
        '': isList ? 'has' : 'is',
        '.not': isList ? 'has not' : 'is not',
        '.min': isTime ? 'from' : 'at least',
        '.max': isTime ? 'until' : 'at most',
    };
    return `${field.label} ${links[operator]} ${shown}`;
}

/* What the API is asked for: filters, order and moment as the address has them. */
export function apiWords(record: RecordType, query: URLSearchParams, sort: string): URLSearchParams {
    const words = new URLSearchParams();
    for (const filter of readFilters(record, query)) words.append(wordOf(filter), filter.value);
    if (sort) words.set('sort', sort);
    const moment = query.get('as_of');
    if (moment) words.set('as_of', moment);
    return words;
}

function same(field: Field, have: unknown, wanted: string): boolean {
    if (wanted === '') return isEmpty(have);
    if (Array.isArray(have)) return wanted.split(',').every((word) => have.includes(word));
    if (field.kind === 'bool') return have === (wanted === 'yes' || wanted === 'true');
    return String(have ?? '').toLowerCase() === wanted.toLowerCase();
}

/* The same filters on rows that a search has found. */
export function passes(filters: readonly Filter[], row: Row): boolean {
    return filters.every(({ field, operator, value }) => {
        if (field.name === 'archived') return true;
        const have = field.name === 'dimension' ? row['dimensions'] : row[field.name];
        if (operator === '') return same(field, have, value);
        if (operator === '.not') return !same(field, have, value);
        if (isEmpty(have)) return false;
        const order = compare(have, kinds[field.kind].isNumber ? Number(value) : value);
        return operator === '.min' ? order >= 0 : order <= 0;
    });
}

export function compare(a: unknown, b: unknown): number {
    if (isEmpty(a) || isEmpty(b)) return (isEmpty(a) ? 1 : 0) - (isEmpty(b) ? 1 : 0);
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
