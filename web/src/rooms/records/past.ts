/* Pages that tell of a past moment, which their address names ('as_of'): what was known then, only to be read. */
import { query } from '../../lib/api';
import { pathOf, type RecordType } from '../../lib/catalog.svelte';
import { place } from '../../lib/router.svelte';
import { dayOfStamp, stampOfDay } from './filters';

const DAY_MS = 86_400_000;

export const momentAsked = (): string | null => place.query.get('as_of');

/* The same record where nothing can be done to a row. */
export function onlyRead(record: RecordType): RecordType {
    const transitions = record.transitions.map((step) => ({ ...step, can: false }));
    return { ...record, transitions, makes: [], can: { create: false, patch: false, delete: false } };
}

/* The page of a row, of the moment that the page before tells of. */
export const pathThen = (record: RecordType, id: string): string =>
    pathOf(record, id) + query({ as_of: momentAsked() });

/* The last moment of the reader's day that was so many days ago. */
export const endOfDayBefore = (days: number): string =>
    stampOfDay(dayOfStamp(new Date(Date.now() - days * DAY_MS).toISOString()), true);
