/* The arithmetic of charts: values to pixels, and round numbers for an axis. */

export interface Scale {
    (value: number): number;
}

export function scale(domain: readonly [number, number], range: readonly [number, number]): Scale {
    const span = domain[1] - domain[0] || 1;
    return (value) => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
}

/* At most `most` round values inside the domain, ascending. */
export function ticks(domain: readonly [number, number], most: number): number[] {
    const span = domain[1] - domain[0];
    if (!(span > 0)) return [domain[0]];
    for (let power = Math.floor(Math.log10(span / most)); ; power++)
        for (const step of [1, 2, 5]) {
            const size = step * 10 ** power;
            const first = Math.ceil(domain[0] / size - 1e-9);
            const last = Math.floor(domain[1] / size + 1e-9);
            if (last - first + 1 <= most)
                return Array.from({ length: last - first + 1 }, (_, index) =>
                    Number(((first + index) * size).toPrecision(12)),
                );
        }
}

/*
 * Which flags of a chart have room for their label, and where its middle stands: the latest first, each inside
 * [left, right] and beside no other. `at` are the flags from left to right, `sizes` the widths of their labels.
 */
export function labelPlaces(
    at: readonly number[],
    sizes: readonly number[],
    left: number,
    right: number,
): (number | null)[] {
    const GAP = 8;
    let free = right;
    return at
        .map((here, index) => ({ here, half: (sizes[index] ?? 0) / 2 }))
        .reverse()
        .map(({ here, half }) => {
            const middle = Math.max(left + half, Math.min(here, free - half));
            if (middle + half > free || Math.abs(middle - here) > half) return null;
            free = middle - half - GAP;
            return middle;
        })
        .reverse();
}

/* The smallest domain that holds every value, with a little air, inside `limits`. */
export function domainOf(values: readonly number[], limits: readonly [number, number]): [number, number] {
    if (values.length === 0) return [limits[0], limits[1]];
    const low = Math.min(...values);
    const high = Math.max(...values);
    const air = Math.max((high - low) * 0.08, 0.005);
    return [Math.max(limits[0], low - air), Math.min(limits[1], high + air)];
}
