import { describe, expect, it } from 'vitest';
import { planMove, rankBetween, ranksBetween, type Placed } from '../src/lib/rank';

const rows = (...ranks: (string | null)[]): Placed[] => ranks.map((rank, index) => ({ id: `R-${index + 1}`, rank }));

/* The ids in the order of their words after the plan, those without a word last. */
function orderAfter(before: Placed[], plan: { id: string; rank: string }[]): string[] {
    const now = before.map((row) => ({ ...row, rank: plan.find((one) => one.id === row.id)?.rank ?? row.rank }));
    return now
        .sort(
            (a, b) =>
                (a.rank === null ? 1 : 0) - (b.rank === null ? 1 : 0) || ((a.rank ?? '') < (b.rank ?? '') ? -1 : 1),
        )
        .map((row) => row.id);
}

describe('a word between two', () => {
    it.each([
        [null, null],
        ['i', null],
        [null, 'i'],
        ['a', 'b'],
        ['a', 'c'],
        ['az', 'b'],
        ['1', '11'],
        [null, '1'],
        [null, '10'],
        ['zzz', null],
    ])('lies between %s and %s', (low, high) => {
        const word = rankBetween(low, high) as string;
        expect(word).toMatch(/^[0-9a-z]+$/);
        expect(word > (low ?? '')).toBe(true);
        if (high !== null) expect(word < high).toBe(true);
    });
    it.each([
        ['a', 'a'],
        ['b', 'a'],
        ['1', '10'],
        ['a', 'a0'],
        [null, '0'],
    ])('is not there between %s and %s', (low, high) => {
        expect(rankBetween(low, high)).toBeNull();
    });
    it('is found again and again at the same place', () => {
        let high = 'i';
        for (let times = 0; times < 300; times++) {
            const word = rankBetween('h', high) as string;
            expect(word > 'h' && word < high).toBe(true);
            high = word;
        }
    });
    it('is found for many at once, in order', () => {
        const words = ranksBetween('a', 'b', 100) as string[];
        expect(words).toHaveLength(100);
        expect([...words].sort()).toEqual(words);
        expect(new Set(words).size).toBe(100);
        expect(ranksBetween('1', '10', 1)).toBeNull();
    });
});

describe('moving a row', () => {
    it('changes that row alone where there is room', () => {
        const list = rows('b', 'd', 'f', 'h');
        for (const [from, to] of [
            [3, 0],
            [0, 3],
            [0, 1],
            [2, 1],
        ] as const) {
            const plan = planMove(list, from, to);
            expect(plan.map((one) => one.id)).toEqual([`R-${from + 1}`]);
            expect(orderAfter(list, plan)[to]).toBe(`R-${from + 1}`);
        }
    });
    it('changes nothing when it stays', () => {
        expect(planMove(rows('b', 'd'), 1, 1)).toEqual([]);
        expect(planMove(rows('b', 'd'), 5, 0)).toEqual([]);
    });
    it('gives words to those before it that have none', () => {
        const list = rows('b', null, null, null);
        const plan = planMove(list, 3, 2);
        expect(plan.map((one) => one.id)).toEqual(['R-2', 'R-4']);
        expect(orderAfter(list, plan)).toEqual(['R-1', 'R-2', 'R-4', 'R-3']);
    });
    it('moves those after it away where words leave no room', () => {
        const list = rows('1', '10', '2', 'z');
        const plan = planMove(list, 3, 1);
        expect(plan.map((one) => one.id)).toEqual(['R-4', 'R-2']);
        expect(orderAfter(list, plan)).toEqual(['R-1', 'R-4', 'R-2', 'R-3']);
    });
});
