/* Which row a link leads to, by its address: '/actions/ACT-1', '/ACT-1', '/occurrences/OCC-3/run'. */
import { looksLikeId, type RecordType } from '../../lib/catalog.svelte';

export interface Linked {
    record: RecordType;
    id: string;
}

/* Ids stand first or second. Null: it leads to no row, or elsewhere. */
export function linkedRow(address: string, origin: string, records: readonly RecordType[]): Linked | null {
    if (!URL.canParse(address, origin)) return null;
    const url = new URL(address, origin);
    if (url.origin !== origin) return null;
    for (const word of url.pathname.split('/').slice(1, 3)) {
        const id = decodeURIComponent(word);
        const record = records.find((one) => looksLikeId(one, id));
        if (record) return { record, id };
    }
    return null;
}
