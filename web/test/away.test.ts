import { expect, it } from 'vitest';
import { awayUntil, awayWords, daysWords } from '../src/rooms/people/away';

const bert = { id: 'PER-2', person: 'Bert', first_day: '2026-11-30', last_day: '2026-12-04' };

it('an absence of one day is that day', () => {
    expect(daysWords('2026-11-30', '2026-11-30')).toBe('30 Nov 2026');
    expect(daysWords('2026-11-30', '2026-12-04')).toBe('30 Nov 2026 to 4 Dec 2026');
});
it('what has begun is told by its end, what comes by its days', () => {
    expect(awayWords(bert, '2026-11-29')).toBe('30 Nov 2026 to 4 Dec 2026');
    expect(awayWords(bert, '2026-11-30')).toBe('until 4 Dec 2026');
});
it('nothing is said of who is there, or while nobody knows', () => {
    expect(awayUntil([bert], 'PER-2')).toBe('away until 4 Dec 2026');
    expect(awayUntil([bert], 'PER-3')).toBe('');
    expect(awayUntil(undefined, 'PER-2')).toBe('');
});
