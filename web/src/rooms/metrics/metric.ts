/* The weeks of a metric series as people read them: the words of `rondo metric show`. */
import { MINUS, count, pIs, points, shortWeek } from '../../lib/format';
import { shareWords, type ChartWords } from '../../parts/chart_words';

export interface MetricWeek {
    week: string;
    figure: number | null;
    n: number;
    interval: [number, number] | null;
    numerator: number | null;
    denominator: number | null;
    no_data: number;
    infinite: number;
}
export interface MetricTrend {
    series: string;
    name: string;
    surface: string;
    kind: 'ratio' | 'value';
    unit: string | null;
    direction: 'higher' | 'lower';
    zone: string;
    week: string;
    weeks: MetricWeek[];
    delta: { from_week: string; weeks_apart: number; delta: number } | null;
    trend: { verdict: string; weeks: number; p: number | null; slope_per_week: number | null };
}

export const isShare = (trend: MetricTrend) => trend.kind === 'ratio' && !trend.unit;

/* Four digits tell enough; large numbers stay whole. */
function plain(value: number): string {
    const words = Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
    return words.replace('-', MINUS);
}

/* How a chart of this series says its values. */
export function wordsOf(trend: MetricTrend): ChartWords {
    if (isShare(trend)) return shareWords;
    const unit = trend.unit ? ` ${trend.unit}` : '';
    return {
        value: (value) => plain(value) + unit,
        tick: plain,
        bounds: ([low, high]) => `${plain(low)} to ${plain(high)}`,
    };
}

/* "31.5 %", "7 of 9", "1.25 s". */
export function figureWords(trend: MetricTrend, week: MetricWeek): string {
    const { figure, numerator, denominator } = week;
    if (figure === null) return 'no data';
    const isSmall = isShare(trend) && numerator !== null && Number.isInteger(numerator) && week.n < 10;
    return isSmall ? `${numerator} of ${denominator}` : wordsOf(trend).value(figure);
}

export function intervalWords(trend: MetricTrend, week: MetricWeek): string {
    if (!week.interval) return '';
    return wordsOf(trend).bounds(week.interval);
}

export function leftOutWords(week: MetricWeek): string {
    return [week.no_data ? `${week.no_data} no data` : '', week.infinite ? `${week.infinite} infinite` : '']
        .filter(Boolean)
        .join(', ');
}

const sized = (trend: MetricTrend, change: number) =>
    isShare(trend) ? points(change) : `${change > 0 ? '+' : ''}${wordsOf(trend).value(change)}`;

/* What changed since the nearest week that has a figure; it does not say whether that is more than chance. */
export function changeWords(trend: MetricTrend): string {
    const { delta } = trend;
    if (!delta) return 'no earlier week to compare with';
    const before = delta.weeks_apart > 1 ? `, ${delta.weeks_apart} weeks before` : '';
    const since = `since ${shortWeek(delta.from_week)}${before}`;
    return delta.delta === 0 ? `unchanged ${since}` : `${sized(trend, delta.delta)} ${since}`;
}

export function trendWords(trend: MetricTrend): string {
    const { verdict, weeks, p, slope_per_week: slope } = trend.trend;
    if (verdict === 'too_few_weeks') return `Trend: too few weeks to tell (${weeks} of 5).`;
    const tested = `Mann-Kendall ${pIs(p)} over ${count(weeks, 'week')}; indicative.`;
    const speed = slope === null ? '' : ` ${sized(trend, slope)} a week`;
    if (verdict === 'no_trend') return `Trend: no evidence of a trend${speed && ','}${speed}, ${tested}`;
    const isBetter = (verdict === 'rising') === (trend.direction === 'higher');
    return `Trend: ${verdict}${speed} (${isBetter ? 'better' : 'worse'}), ${tested}`;
}
