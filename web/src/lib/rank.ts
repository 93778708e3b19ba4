/* Places in an order made by hand: words of the characters 0-9 and a-z that sort by bytes. Moving a row gives
   it a word between those of its new neighbours, so that nobody else is changed. */

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const digit = (word: string, at: number): number => (at < word.length ? DIGITS.indexOf(word.charAt(at)) : 0);

/* A word above `low` and below `high` (null: no bound), as short as may be; null: there is none. */
export function rankBetween(low: string | null, high: string | null): string | null {
    const from = low ?? '';
    if (high !== null && from >= high) return null;
    let word = '';
    let isBounded = high !== null;
    for (let at = 0; ; at++) {
        const least = digit(from, at);
        const most = isBounded ? digit(high as string, at) : DIGITS.length;
        // The end of `high` is reached with nothing left between: '1' and '10' have no word between them.
        if (isBounded && at >= (high as string).length) return null;
        if (most - least > 1) return word + DIGITS.charAt(Math.floor((least + most) / 2));
        word += DIGITS.charAt(least);
        if (most > least) isBounded = false;
    }
}

/* `count` words in order between two, evenly apart; null: there is no room for them. */
export function ranksBetween(low: string | null, high: string | null, count: number): string[] | null {
    if (count === 0) return [];
    const middle = rankBetween(low, high);
    if (middle === null) return null;
    const half = Math.floor((count - 1) / 2);
    const before = ranksBetween(low, middle, half);
    const after = ranksBetween(middle, high, count - 1 - half);
    return before && after ? [...before, middle, ...after] : null;
}

export interface Placed {
    id: string;
    rank: string | null;
}
/* Which rows get which words when the row at `from` goes to `to`. It is one row, but where its neighbours have
   no words yet, or words that leave no room. */
export function planMove(rows: readonly Placed[], from: number, to: number): { id: string; rank: string }[] {
    const moved = rows[from];
    if (!moved || from === to) return [];
    const order = rows.filter((_, index) => index !== from);
    order.splice(to, 0, moved);
    let first = to;
    while (first > 0 && order[first - 1]?.rank == null) first--;
    const low = order[first - 1]?.rank ?? null;
    for (let end = to + 1; ; end++) {
        const next = order[end]?.rank ?? null;
        const words = ranksBetween(low, next, end - first);
        if (words) return words.map((rank, index) => ({ id: (order[first + index] as Placed).id, rank }));
    }
}
