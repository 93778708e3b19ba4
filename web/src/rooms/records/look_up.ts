/* Finds rows by words, for fields that name another row. */
import { get, query } from '../../lib/api';
import { apiOf, catalog, looksLikeId, titleOf, type Page, type RecordType, type Row } from '../../lib/catalog.svelte';
import type { ComboboxOption } from '../../parts/Combobox.svelte';

export interface Hit {
    record: string;
    id: string;
    title: string;
    field: string;
    excerpt: string;
    changed: string;
    by: string;
}
const MOST = 12;

function canStandFor(record: RecordType): boolean {
    return record.fields.find((field) => field.name === record.title)?.kind === 'text';
}

/* Those whose title begins with the words, then those that have them anywhere. */
export async function searchRows(record: RecordType, words: string): Promise<ComboboxOption[]> {
    const option = (row: Row): ComboboxOption => ({ value: row.id, label: titleOf(record, row), aside: row.id });
    if (words === '') return (await get<Page>(apiOf(record) + query({ limit: MOST }))).items.map(option);
    if (looksLikeId(record, words)) {
        const row = await get<Row>(apiOf(record, words.toUpperCase())).catch(() => null);
        if (row) return [option(row)];
    }
    const begins = canStandFor(record)
        ? get<Page>(apiOf(record) + query({ [`${record.title}.min`]: words, sort: record.title, limit: MOST })).catch(() => null)
        : null;
    const found = get<{ items: Hit[] }>(`/search${query({ q: words, kind: record.name, limit: MOST })}`).catch(() => null);
    const first = ((await begins)?.items ?? []).map(option);
    const options = first.filter((one) => one.label.toLowerCase().startsWith(words.toLowerCase()));
    for (const hit of (await found)?.items ?? [])
        if (!options.some((one) => one.value === hit.id)) options.push({ value: hit.id, label: hit.title || hit.id, aside: hit.id });
    return options.slice(0, MOST);
}

export async function searchAll(words: string): Promise<ComboboxOption[]> {
    if (words === '') return [];
    const answer = await get<{ items: Hit[] }>(`/search${query({ q: words, limit: MOST })}`);
    return answer.items.map((hit) => ({
        value: hit.id,
        label: hit.title || hit.id,
        aside: `${catalog.byName.get(hit.record)?.label ?? hit.record} ${hit.id}`,
    }));
}

/* 'https://rondo.example/actions/ACT-7?x' and 'act-7' are ACT-7; null: no record has such ids. */
export function idIn(words: string): string | null {
    const last = words.trim().split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').pop() ?? '';
    const record = catalog.ofId(last) ?? catalog.ofId(last.toUpperCase());
    return record && looksLikeId(record, last) ? record.prefix + last.slice(record.prefix.length) : null;
}
