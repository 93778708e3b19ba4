/* How a chart says its values: shares as percentages, unless its page says otherwise. */
import { interval, percent } from '../lib/format';

export interface ChartWords {
    value: (value: number) => string;
    /* On the axis, where there is little room. */
    tick: (value: number) => string;
    bounds: (bounds: [number, number]) => string;
}

export const shareWords: ChartWords = {
    value: (value) => percent(value),
    tick: (value) => String(Math.round(value * 1000) / 10),
    bounds: interval,
};
