import { describe, expect, it } from 'vitest';
import { fit, rank } from '../src/lib/fuzzy';

const best = (words: string[], wanted: string) => rank(words, wanted, (word) => word);

describe('fit', () => {
    it('wants all letters in their order', () => {
        expect(fit('Monday eval review', 'mer')).not.toBeNull();
        expect(fit('Monday eval review', 'rem')).toBeNull();
        expect(fit('Monday', 'mondays')).toBeNull();
    });
    it('takes capitals and blanks as nothing', () => expect(fit('New action', 'NEWAC')).not.toBeNull());
    it('takes nothing as fitting everything', () => expect(fit('anything', '')).not.toBeNull());
});

describe('rank', () => {
    it('prefers the starts of words', () => {
        expect(best(['Chromatic', 'Monday eval review', 'Go to Monday'], 'mon')[0]).toBe('Monday eval review');
        expect(best(['All eval_runs', 'New action', 'Run again'], 'run')[0]).toBe('Run again');
    });
    it('prefers whole words to scattered letters', () =>
        expect(best(['A certain set of things in order now', 'New action'], 'action')[0]).toBe('New action'));
    it('keeps the order of equals and leaves out what does not fit', () =>
        expect(best(['ab 1', 'zz', 'ab 2'], 'ab')).toEqual(['ab 1', 'ab 2']));
});
