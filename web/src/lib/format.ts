/* Numbers, days and weeks as people read them, alike on every page. Unknown is a dash, never 0. */

export const UNKNOWN = '–';
export const MINUS = '−';

/* 0.84 is "84.0 %", as the command line prints it. */
export function percent(share: number | null | undefined, digits = 1): string {
    return share === null || share === undefined ? UNKNOWN : `${(share * 100).toFixed(digits)} %`;
}

/* A difference of shares in points, with its sign: "−6.5 points". */
export function points(delta: number | null | undefined): string {
    if (delta === null || delta === undefined) return UNKNOWN;
    const size = Math.abs(delta * 100).toFixed(1);
    if (Number(size) === 0) return '±0.0 points';
    return `${delta < 0 ? MINUS : '+'}${size} points`;
}

export function interval(bounds: readonly [number, number] | null | undefined): string {
    return bounds ? `${(bounds[0] * 100).toFixed(1)} to ${(bounds[1] * 100).toFixed(1)}` : UNKNOWN;
}

/* A p value: three digits without the leading nought, as in papers. */
export function pValue(p: number | null | undefined): string {
    if (p === null || p === undefined) return UNKNOWN;
    if (p < 0.001) return '< .001';
    if (p >= 0.9995) return '1';
    return p.toFixed(3).replace(/^0/, '');
}

/* As it stands in a sentence. */
export function pIs(p: number | null | undefined): string {
    const words = pValue(p);
    return words.startsWith('<') ? `p ${words}` : `p = ${words}`;
}

export function number(value: number | null | undefined, digits = 3): string {
    if (value === null || value === undefined) return UNKNOWN;
    return value.toLocaleString('en', { maximumFractionDigits: digits }).replace('-', MINUS);
}

/* A whole number as it is read: "12,000". By hand, since the browser's own way has to be loaded when it
   is first asked, which took a fifth of the time in which the first page is drawn. */
export function whole(amount: number): string {
    return String(amount)
        .replace(/\B(?=(\d{3})+$)/g, ',')
        .replace('-', MINUS);
}

export function count(amount: number, one: string, many = `${one}s`): string {
    return `${whole(amount)} ${amount === 1 ? one : many}`;
}

/* "ja, de and en". */
export function list(words: readonly string[]): string {
    if (words.length < 2) return words[0] ?? '';
    return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/* '2026-W47' is "W47". */
export function shortWeek(week: string): string {
    return week.slice(week.indexOf('W'));
}

/* The Monday of an ISO week, in UTC. */
export function mondayOf(week: string): Date {
    const [year, number] = week.split('-W').map(Number) as [number, number];
    const fourth = new Date(Date.UTC(year, 0, 4));
    const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
    return new Date(monday + (number - 1) * 7 * 86_400_000);
}

/* The ISO week of an instant, in UTC. */
export function weekOf(day: Date): string {
    const thursday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()));
    thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
    const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
    const number = Math.floor((thursday.getTime() - first) / 604_800_000) + 1;
    return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`;
}

/* '2026-W47' and -1 is '2026-W46'. */
export function weekAfter(week: string, weeks: number): string {
    return weekOf(new Date(mondayOf(week).getTime() + weeks * 604_800_000));
}

/* Every calendar week from the first to the last of them: one that is not there
   is a gap, which is told as `gap` says. */
export function everyWeek<T extends { week: string }>(weeks: T[], gap: (week: string) => T): T[] {
    const found = new Map(weeks.map((one) => [one.week, one]));
    const first = weeks[0]?.week;
    const last = weeks.at(-1)?.week;
    const all: T[] = [];
    for (let week = first; week && last && week <= last; week = weekAfter(week, 1))
        all.push(found.get(week) ?? gap(week));
    return all;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/* '2026-W47' is "16–22 Nov 2026". */
export function weekDays(week: string): string {
    const from = mondayOf(week);
    const to = new Date(from.getTime() + 6 * 86_400_000);
    const month = (day: Date) => MONTHS[day.getUTCMonth()];
    const start = from.getUTCMonth() === to.getUTCMonth() ? '' : ` ${month(from)}`;
    return `${from.getUTCDate()}${start}–${to.getUTCDate()} ${month(to)} ${to.getUTCFullYear()}`;
}

/* A day or an instant, in the reader's own zone: "16 Nov 2026", "16 Nov 2026, 09:00". */
export function day(stamp: string | null | undefined): string {
    if (!stamp) return UNKNOWN;
    const when = stamp.length === 10 ? new Date(`${stamp}T00:00:00`) : new Date(stamp);
    return `${when.getDate()} ${MONTHS[when.getMonth()]} ${when.getFullYear()}`;
}
/* The zone in which `instant` says times of the day: the reader's own. */
export function zoneOfTimes(): string {
    return Intl.DateTimeFormat().resolvedOptions().timeZone || 'the zone of this device';
}
export function instant(stamp: string | null | undefined): string {
    if (!stamp) return UNKNOWN;
    const when = new Date(stamp);
    const two = (part: number) => String(part).padStart(2, '0');
    return `${day(stamp)}, ${two(when.getHours())}:${two(when.getMinutes())}`;
}

/* "Mira Kovač" is "MK". */
export function initials(name: string): string {
    const words = name.trim().split(/\s+/);
    const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
    return letters.map((word) => (word ?? '').charAt(0).toUpperCase()).join('');
}

/* A first letter in upper case: what the server says in a sentence's middle stands here at its start. */
export function sentence(words: string): string {
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/* 1,536 is "1.5 KB", as file managers count. */
export function size(bytes: number): string {
    const units = ['bytes', 'KB', 'MB', 'GB'];
    let at = 0;
    let value = bytes;
    while (value >= 1000 && at < units.length - 1) {
        value /= 1000;
        at++;
    }
    return at === 0 ? count(bytes, 'byte') : `${value.toFixed(value < 10 ? 1 : 0)} ${units[at]}`;
}
