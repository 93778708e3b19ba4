import { describe, expect, it } from 'vitest';
import {
    changeWords,
    figureWords,
    intervalWords,
    leftOutWords,
    trendWords,
    type MetricTrend,
    type MetricWeek,
} from '../src/rooms/metrics/metric';

const week = (more: Partial<MetricWeek> = {}): MetricWeek => ({
    week: '2026-W47',
    figure: 0.315,
    n: 200,
    interval: [0.254, 0.382],
    numerator: 63,
    denominator: 200,
    no_data: 0,
    infinite: 0,
    ...more,
});
const series = (more: Partial<MetricTrend> = {}): MetricTrend => ({
    series: 'MET-1',
    name: 'acceptance',
    surface: 'chat',
    kind: 'ratio',
    unit: null,
    direction: 'higher',
    zone: 'UTC',
    week: '2026-W47',
    weeks: [],
    delta: { from_week: '2026-W46', weeks_apart: 1, delta: 0.012 },
    trend: { verdict: 'no_trend', weeks: 12, p: 0.9466, slope_per_week: 0.001 },
    ...more,
});
const seconds = series({
    kind: 'value',
    unit: 's',
    direction: 'lower',
    delta: { from_week: '2026-W44', weeks_apart: 3, delta: 1.15 },
});

describe('figures of a metric', () => {
    it('are percentages where things are counted, and numbers with their unit elsewhere', () => {
        expect(figureWords(series(), week())).toBe('31.5 %');
        expect(figureWords(seconds, week({ figure: 1.25, numerator: null, denominator: null }))).toBe('1.25 s');
        expect(figureWords(seconds, week({ figure: 12345.6, numerator: null, denominator: null }))).toBe('12346 s');
    });
    it('below ten are counts, and at ten a percentage', () => {
        expect(figureWords(series(), week({ figure: 7 / 9, n: 9, numerator: 7, denominator: 9 }))).toBe('7 of 9');
        expect(figureWords(series(), week({ figure: 0.7, n: 10, numerator: 7, denominator: 10 }))).toBe('70.0 %');
    });
    it('are never 0 where nothing was measured', () =>
        expect(figureWords(series(), week({ figure: null, n: 0 }))).toBe('no data'));
    it('have an interval only where there is one', () => {
        expect(intervalWords(series(), week())).toBe('25.4 to 38.2');
        expect(intervalWords(seconds, week({ interval: [0.07938, 2.6206] }))).toBe('0.07938 to 2.621');
        expect(intervalWords(seconds, week({ interval: null }))).toBe('');
    });
    it('say what was left out', () => {
        expect(leftOutWords(week({ no_data: 3, infinite: 1 }))).toBe('3 no data, 1 infinite');
        expect(leftOutWords(week())).toBe('');
    });
});

describe('change and trend of a metric', () => {
    it('say since when', () => {
        expect(changeWords(series())).toBe('+1.2 points since W46');
        expect(changeWords(seconds)).toBe('+1.15 s since W44, 3 weeks before');
        expect(changeWords(series({ delta: null }))).toBe('no earlier week to compare with');
    });
    it('say which way is better', () => {
        const rising = { verdict: 'rising', weeks: 8, p: 0.0004, slope_per_week: 0.25 };
        expect(trendWords({ ...seconds, trend: rising })).toBe(
            'Trend: rising +0.25 s a week (worse), Mann-Kendall p < .001 over 8 weeks; indicative.',
        );
        expect(trendWords({ ...seconds, direction: 'higher', trend: rising })).toContain('(better)');
    });
    it('claim nothing without evidence', () => {
        expect(trendWords(series())).toBe(
            'Trend: no evidence of a trend, +0.1 points a week, Mann-Kendall p = .947 over 12 weeks; indicative.',
        );
        expect(
            trendWords({ ...seconds, trend: { verdict: 'no_trend', weeks: 5, p: 0.462, slope_per_week: -0.5 } }),
        ).toBe('Trend: no evidence of a trend, −0.5 s a week, Mann-Kendall p = .462 over 5 weeks; indicative.');
        expect(
            trendWords(series({ trend: { verdict: 'too_few_weeks', weeks: 2, p: null, slope_per_week: null } })),
        ).toBe('Trend: too few weeks to tell (2 of 5).');
    });
});
