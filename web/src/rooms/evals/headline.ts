/*
 * The headline of a surface: the share of its cases that pass, or, where better is lower, of those that do not. What
 * the review counts are passes; what a page tells as the headline comes through here.
 */
import { points } from '../../lib/format';

export interface Headline {
    metric: string;
    direction: 'higher' | 'lower';
    rate: number | null;
    interval: [number, number] | null;
    delta: number | null;
    /* The least that is acceptable; where better is lower, the most. */
    floor: number | null;
    /* null: there is no floor, or too few cases. */
    breached: boolean | null;
}
type Has = { headline: Headline };

export const isLowerBetter = ({ headline }: Has) => headline.direction === 'lower';

/* A pass rate as the headline counts it. */
export function headlineRate(surface: Has, passRate: number | null): number | null {
    return passRate !== null && isLowerBetter(surface) ? 1 - passRate : passRate;
}

export function headlineInterval(surface: Has, bounds: [number, number] | null): [number, number] | null {
    return bounds && isLowerBetter(surface) ? [1 - bounds[1], 1 - bounds[0]] : bounds;
}

/* "−2.0 points" of passes, which are two more of a share that is better lower. */
export function headlineChange(surface: Has, change: number | null): string {
    return points(change !== null && change !== 0 && isLowerBetter(surface) ? -change : change);
}

export const boundWord = (surface: Has) => (isLowerBetter(surface) ? 'ceiling' : 'floor');

/* Where better is lower a rise does not speak for itself. */
export function senseWords(surface: Has, change: number): string {
    if (!isLowerBetter(surface) || change === 0) return '';
    return change > 0 ? ', worse' : ', better';
}
