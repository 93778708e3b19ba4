/* Days away, in words. */
import { day } from '../../lib/format';

export interface Away {
    id: string;
    person: string;
    first_day: string;
    last_day: string;
}

/* "30 Nov 2026 to 4 Dec 2026", or the one day. */
export function daysWords(first: string, last: string): string {
    return first === last ? day(first) : `${day(first)} to ${day(last)}`;
}

/* The records whose changes make who is away another answer. */
export const AWAY_RECORDS = ['absence', 'person', 'holiday', 'team', 'membership'];

/* "away until 4 Dec 2026", or nothing: of a person by id, among who is away today. */
export function awayUntil(away: Away[] | undefined, person: string): string {
    const one = away?.find((other) => other.id === person);
    return one ? `away until ${day(one.last_day)}` : '';
}

/* What a week has to say of somebody: until when, or the days where it begins later. */
export function awayWords(one: Away, today: string): string {
    return one.first_day > today ? daysWords(one.first_day, one.last_day) : `until ${day(one.last_day)}`;
}
