/* Finds rows by words, for fields that name another row. */
import { get, query } from '../../lib/api';
import { apiOf, catalog, looksLikeId, titleOf, type Page, type RecordType, type Row } from '../../lib/catalog.svelte';
import type { ComboboxOption } from '../../parts/Combobox.svelte';
import { awayUntil, type Away } from '../people/away';

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

/* Who is away is chosen knowing it. */
async function withAway(record: RecordType, options: ComboboxOption[]): Promise<ComboboxOption[]> {
    if (record.name !== 'person' || options.length === 0) return options;
    const away = await get<{ items: Away[] }>('/away').catch(() => null);
    return options.map((one) => ({ ...one, aside: awayUntil(away?.items, one.value) || one.aside }));
}

/* Those whose title begins with the words, then those that have them anywhere. */
export async function searchRows(record: RecordType, words: string): Promise<ComboboxOption[]> {
    const option = (row: Row): ComboboxOption => ({ value: row.id, label: titleOf(record, row), aside: row.id });
    if (words === '')
        return withAway(record, (await get<Page>(apiOf(record) + query({ limit: MOST }))).items.map(option));
    if (looksLikeId(record, words)) {
        const row = await get<Row>(apiOf(record, words.toUpperCase())).catch(() => null);
        if (row) return withAway(record, [option(row)]);
    }
    const begins = canStandFor(record)
        ? get<Page>(apiOf(record) + query({ [`${record.title}.min`]: words, sort: record.title, limit: MOST })).catch(
              () => null,
          )
        : null;
    const found = get<{ items: Hit[] }>(`/search${query({ q: words, kind: record.name, limit: MOST })}`).catch(
        () => null,
    );
    const first = ((await begins)?.items ?? []).map(option);
    const options = first.filter((one) => one.label.toLowerCase().startsWith(words.toLowerCase()));
    for (const hit of (await found)?.items ?? [])
        if (!options.some((one) => one.value === hit.id))
            options.push({ value: hit.id, label: hit.title || hit.id, aside: hit.id });
    return withAway(record, options.slice(0, MOST));
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
