/* Changes fields of one row. Where somebody else was faster in other fields, both changes stand; where it was
   the same field, whoever typed decides, and nothing is lost until then. */
import { get, Problem, request, type Answer, type Conflict } from './api';
import type { Row } from './catalog.svelte';

export type Saved = Answer<Row> | { conflicts: Conflict[] };

export async function saveRow(path: string, version: number, body: Record<string, unknown>): Promise<Saved> {
    try {
        return await patch(path, version, body);
    } catch (error) {
        if (!(error instanceof Problem && error.status === 412)) throw error;
        if (error.conflicts.length > 0) return { conflicts: error.conflicts };
        return patch(path, (await get<Row>(path)).version, body);
    }
}

/* Mine goes over theirs, now that both were seen. */
export async function saveOver(path: string, body: Record<string, unknown>): Promise<Answer<Row>> {
    return patch(path, (await get<Row>(path)).version, body);
}

function patch(path: string, version: number, body: Record<string, unknown>): Promise<Answer<Row>> {
    return request<Row>('PATCH', path, { version, body });
}
