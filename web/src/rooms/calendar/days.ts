/* Days of the calendar, as "2026-11-23": the server says which one it is where the person is. */

export interface CalendarEvent {
    kind: string;
    record: string;
    id: string;
    title: string;
    why: string | null;
    day: string;
    days: number;
    at: string | null;
    from: string;
    until: string;
    cancelled: boolean;
    private: boolean;
    link: string;
}
export interface CalendarData {
    zone: string;
    today: string;
    from: string;
    to: string;
    kinds: { kind: string; label: string }[];
    events: CalendarEvent[];
}
export type View = 'week' | 'month';

/* A ritual, and what it meets in a calendar of another program. */
export interface Conflict {
    id: string;
    title: string;
    from: string;
    until: string;
    link: string;
    with: {
        title: string;
        place: string | null;
        calendar: string;
        from: string;
        until: string;
        all_day: boolean;
        private: boolean;
    };
}

const DAY = 86_400_000;
const MONTHS = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
];
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const read = (day: string) => new Date(`${day}T00:00:00Z`);
const write = (date: Date) => date.toISOString().slice(0, 10);

export const plus = (day: string, days: number) => write(new Date(read(day).getTime() + days * DAY));

/* Monday is 0. */
export const weekday = (day: string) => (read(day).getUTCDay() + 6) % 7;

/* The first and the last day of the week or the month that a day is in. */
export function stretch(day: string, view: View): { from: string; to: string } {
    if (view === 'week') {
        const from = plus(day, -weekday(day));
        return { from, to: plus(from, 6) };
    }
    const date = read(day);
    return {
        from: `${day.slice(0, 7)}-01`,
        to: write(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0))),
    };
}

/* A day in the stretch before (-1) or after (1). */
export function step(day: string, view: View, by: number): string {
    if (view === 'week') return plus(day, 7 * by);
    const date = read(day);
    return write(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by, 1)));
}

export function daysOf(from: string, to: string): string[] {
    const days = [];
    for (let day = from; day <= to; day = plus(day, 1)) days.push(day);
    return days;
}

/* What is on a day: what takes several whole days is on each of them. */
export const eventsOn = (events: readonly CalendarEvent[], day: string) =>
    events.filter((event) => event.day <= day && day < plus(event.day, Math.max(1, event.days)));

/* More marks of one kind than these are one line of the day, which opens. */
const MARKS_SHOWN = 3;
export interface DayEntry {
    kind: string;
    events: CalendarEvent[]; // one, or all marks of the kind
}

/* What is on a day, line by line: an eval review makes an action of each case that broke, all due at once. */
export function entriesOn(events: readonly CalendarEvent[], day: string): DayEntry[] {
    const entries: DayEntry[] = [];
    const on = eventsOn(events, day);
    const isMark = (event: CalendarEvent, kind: string) => event.kind === kind && event.days > 0 && !event.cancelled;
    const folded = new Set<string>();
    for (const event of on) {
        if (isMark(event, event.kind) && folded.has(event.kind)) continue;
        const alike = isMark(event, event.kind) ? on.filter((other) => isMark(other, event.kind)) : [event];
        const isFolded = alike.length > MARKS_SHOWN;
        if (isFolded) folded.add(event.kind);
        entries.push({ kind: event.kind, events: isFolded ? alike : [event] });
    }
    return entries;
}

/* "Monday 23 November" is read out; the eye needs the number alone. */
export function dayWords(day: string): string {
    const date = read(day);
    return (
        `${date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })} ` +
        `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
    );
}

export function stretchWords(from: string, to: string, view: View): string {
    const first = read(from),
        last = read(to);
    if (view === 'month') return `${MONTHS[first.getUTCMonth()]} ${first.getUTCFullYear()}`;
    const start =
        first.getUTCMonth() === last.getUTCMonth()
            ? first.getUTCDate()
            : `${first.getUTCDate()} ${MONTHS[first.getUTCMonth()]}`;
    return `${start} to ${last.getUTCDate()} ${MONTHS[last.getUTCMonth()]} ${last.getUTCFullYear()}`;
}

/* An instant where the person is: "10:15", or with its day "Mon 23 10:15". */
export function clockWords(instant: string, zone: string, withDay = false): string {
    const parts = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
    })
        .formatToParts(new Date(instant))
        .reduce<Record<string, string>>((all, part) => ({ ...all, [part.type]: part.value }), {});
    const clock = `${parts.hour}:${parts.minute}`;
    return withDay
        ? `${WEEKDAYS[weekday(`${parts.year}-${parts.month}-${parts.day}`)]} ${Number(parts.day)} ${clock}`
        : clock;
}
