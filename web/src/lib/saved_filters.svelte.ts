/* Lists that somebody gave names to. The server keeps them for their author alone, so that they are there in
   every browser; which record keeps them is known here alone. */
import { query, request } from './api';
import { catalog, pathOf, type Page, type RecordType, type Row } from './catalog.svelte';
import { invalidate, resource } from './resource.svelte';
import { session } from './session.svelte';

export interface SavedFilter {
    row: Row;
    name: string;
    record: string;
    /* '/actions?state=open' */
    address: string;
}

const ADDRESS = '/saved-filters';
const RECORD = 'saved_filter';
const MOST = 500;

class SavedFilters {
    rows = $state.raw<Row[]>([]);
    readonly all: SavedFilter[] = $derived(this.rows.flatMap((row) => read(row) ?? []));

    of(record: RecordType): SavedFilter[] {
        return this.all.filter((one) => one.record === record.name);
    }
    /* One of the same name and list is replaced. */
    async save(record: RecordType, name: string, words: URLSearchParams): Promise<void> {
        const before = this.of(record).find((one) => one.name === name);
        const body = { name, record: record.name, query: words.toString() || null };
        if (before) await request('PATCH', `${ADDRESS}/${before.row.id}`, { body, version: before.row.version });
        else await request('POST', ADDRESS, { body });
        invalidate(RECORD);
    }
    /* What undo takes back. */
    async drop(filter: SavedFilter): Promise<string | null> {
        const answer = await request('DELETE', `${ADDRESS}/${filter.row.id}`, { version: filter.row.version });
        invalidate(RECORD);
        return answer.change;
    }
}
export const savedFilters = new SavedFilters();

/* Keeps them read as long as the component lives. To be called while it is made. */
export function watchSavedFilters(): void {
    const rows = resource<Page>(() => (session.me ? ADDRESS + query({ limit: MOST, sort: 'name' }) : null), [RECORD]);
    $effect(() => {
        savedFilters.rows = rows.data?.items ?? [];
    });
}

/* A record that this server does not have (any more) has no list to go to. */
function read(row: Row): SavedFilter | null {
    const record = catalog.byName.get(String(row['record']));
    if (!record) return null;
    const words = row['query'] ? `?${String(row['query'])}` : '';
    return { row, name: String(row['name']), record: record.name, address: pathOf(record) + words };
}
