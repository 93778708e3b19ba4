/* How well letters fit a label: all of them, in order; the starts of words and runs of letters count most. */

/* Higher is better; null: the letters do not occur in this order. */
export function fit(label: string, wanted: string): number | null {
    const text = label.toLowerCase();
    let at = -1;
    let score = 0;
    for (const letter of wanted.toLowerCase()) {
        if (letter === ' ') continue;
        const next = text.indexOf(letter, at + 1);
        if (next < 0) return null;
        if (next === at + 1) score += 3;
        if (next === 0 || text[next - 1] === ' ') score += 4;
        score -= Math.min(next - at - 1, 8) * 0.5;
        at = next;
    }
    const whole = text.indexOf(wanted.toLowerCase());
    if (whole >= 0) score += whole === 0 || text[whole - 1] === ' ' ? 20 : 8;
    return score - text.length * 0.02;
}

/* Those that fit, the best first; among equals the order stays. */
export function rank<T>(items: readonly T[], wanted: string, label: (item: T) => string): T[] {
    return items
        .map((item) => ({ item, score: fit(label(item), wanted) }))
        .filter((one): one is { item: T; score: number } => one.score !== null)
        .sort((a, b) => b.score - a.score)
        .map((one) => one.item);
}
