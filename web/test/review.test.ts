/* The working of a figure makes the same figure again. */
import { describe, expect, it } from 'vitest';
import { rateWorking, type SurfaceReview } from '../src/rooms/evals/review';

function surface(more: Partial<SurfaceReview>): SurfaceReview {
    return {
        surface: 'chat',
        run: 'r2',
        cases: 10,
        evaluated: 8,
        passed: 6,
        interval: [0.3, 0.9],
        trend: { weeks: [], mann_kendall: null, sen_slope_per_week: null, verdict: 'too_few_weeks' },
        ...more,
    } as SurfaceReview;
}
function week(n: number): SurfaceReview['trend'] {
    const weeks = [{ week: '2026-W47', run: 'r2', n, passed: 6, pass_rate: 6 / n, interval: null }];
    return { weeks, mann_kendall: null, sen_slope_per_week: null, verdict: 'too_few_weeks' };
}

describe('the working of a rate', () => {
    it('counts the cases that the suite counts', () => {
        expect(rateWorking(surface({ pass_rate: 0.75, trend: week(8) })).calc).toContain('"successes": 6, "n": 8,');
        expect(rateWorking(surface({ pass_rate: 0.6, trend: week(10) })).calc).toContain('"successes": 6, "n": 10,');
    });
    it('says how many have no verdict', () =>
        expect(rateWorking(surface({ pass_rate: 0.6, trend: week(10) })).inputs).toContainEqual(['Without a verdict', '2']));
});
