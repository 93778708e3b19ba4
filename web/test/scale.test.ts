import { describe, expect, it } from 'vitest';
import { domainOf, labelPlaces, scale, ticks } from '../src/lib/scale';

describe('scale', () => {
    it('maps the ends of the domain to the ends of the range, also downwards', () => {
        const y = scale([0, 2], [100, 0]);
        expect([y(0), y(1), y(2)]).toEqual([100, 50, 0]);
    });
    it('goes on outside the domain instead of clamping', () => expect(scale([0, 1], [0, 10])(1.5)).toBe(15));
    it('puts a domain of one value at the start, not at infinity', () => expect(scale([3, 3], [7, 9])(3)).toBe(7));
});

describe('ticks', () => {
    it('are round values inside the domain', () => {
        expect(ticks([0, 1], 5)).toEqual([0, 0.5, 1]);
        expect(ticks([0, 1], 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
        expect(ticks([0.78, 0.93], 3)).toEqual([0.8, 0.85, 0.9]);
    });
    it('are never more than asked for', () => {
        for (const most of [2, 3, 4, 7])
            for (const [low, high] of [
                [0, 1],
                [0.7, 0.95],
                [-3, 11],
                [1e-7, 3e-7],
                [0, 123456],
            ] as const) {
                const found = ticks([low, high], most);
                expect(found.length).toBeLessThanOrEqual(most);
                for (const value of found) {
                    expect(value).toBeGreaterThanOrEqual(low - 1e-12);
                    expect(value).toBeLessThanOrEqual(high * (1 + 1e-12));
                }
            }
    });
    it('carry no rounding dust', () => expect(ticks([0, 0.7], 8)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]));
    it('of a domain without extent are its one value', () => expect(ticks([4, 4], 3)).toEqual([4]));
});

describe('domainOf', () => {
    it('holds every value with some air', () => {
        const [low, high] = domainOf([0.8, 0.9], [0, 1]);
        expect(low).toBeLessThan(0.8);
        expect(high).toBeGreaterThan(0.9);
    });
    it('does not leave the limits', () => expect(domainOf([0.001, 0.999], [0, 1])).toEqual([0, 1]));
    it('of nothing is the limits', () => expect(domainOf([], [0, 1])).toEqual([0, 1]));
    it('of one value has an extent', () => {
        const [low, high] = domainOf([0.5], [0, 1]);
        expect(high - low).toBeGreaterThan(0);
    });
});

describe('labels of flags', () => {
    it('stand over their flag where there is room', () =>
        expect(labelPlaces([50, 150], [40, 40], 0, 200)).toEqual([50, 150]));
    it('move inwards at either end, never off the chart', () =>
        expect(labelPlaces([5, 198], [40, 40], 0, 200)).toEqual([20, 180]));
    it('leave out the earlier one where two would overlap', () => {
        expect(labelPlaces([180, 196], [40, 40], 0, 200)).toEqual([null, 180]);
        expect(labelPlaces([150, 196], [40, 40], 0, 200)).toEqual([132, 180]);
    });
    it('leave out one that is wider than the chart', () => expect(labelPlaces([50], [120], 0, 100)).toEqual([null]));
});
