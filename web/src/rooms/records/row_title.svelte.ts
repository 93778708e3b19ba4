/* What a row is called, by the id or the title that another row has of it. */
import { query } from '../../lib/api';
import { apiOf, looksLikeId, titleOf, type Page, type RecordType, type Row } from '../../lib/catalog.svelte';
import { resource } from '../../lib/resource.svelte';

export interface RowTitle {
    /* The title; while it is asked for, what stands in the row. */
    readonly words: string;
    /* The row, once it is known. */
    readonly row: Row | undefined;
    readonly id: string | null;
}

/* To be called while a component is made. A title names a row only when no other has it, too. */
export function rowTitle(
    record: () => RecordType | undefined,
    value: () => string | null,
    isAsked: () => boolean = () => true,
): RowTitle {
    const isId = () => {
        const target = record();
        const words = value();
        return target !== undefined && words !== null && looksLikeId(target, words);
    };
    const path = () => {
        const target = record();
        const words = value();
        if (!target || !words || !isAsked()) return null;
        return isId() ? apiOf(target, words) : apiOf(target) + query({ [target.title]: words, limit: 2 });
    };
    const found = resource<Row | Page>(path);
    const row = () => {
        const data = found.data;
        if (!data) return undefined;
        if (!('items' in data)) return data as Row;
        const items = (data as Page).items;
        return items.length === 1 ? items[0] : undefined;
    };
    return {
        get words() {
            const target = record();
            const known = row();
            return (target && known && titleOf(target, known)) || (value() ?? '');
        },
        get row() {
            return row();
        },
        get id() {
            return isId() ? value() : (row()?.id ?? null);
        },
    };
}
