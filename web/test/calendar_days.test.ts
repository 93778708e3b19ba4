import { describe, expect, it } from 'vitest';
import {
    type CalendarEvent,
    clockWords,
    daysOf,
    dayWords,
    entriesOn,
    eventsOn,
    step,
    stretch,
    stretchWords,
    weekday,
} from '../src/rooms/calendar/days';

describe('days of the calendar', () => {
    it('a week begins on Monday, also across the year', () => {
        expect(stretch('2027-01-01', 'week')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
        expect(weekday('2026-11-29')).toBe(6);
    });
    it('a month ends on its last day', () => {
        expect(stretch('2028-02-10', 'month')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
        expect(daysOf('2028-02-27', '2028-03-01')).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']);
    });
    it('a step from the 31st leaves out no month', () => {
        expect(step('2026-10-31', 'month', 1)).toBe('2026-11-01');
        expect(step('2026-01-31', 'month', -1)).toBe('2025-12-01');
        expect(step('2026-11-30', 'week', -1)).toBe('2026-11-23');
    });
    it('what takes several days is on each of them and on no other', () => {
        const event = { day: '2026-11-20', days: 2 } as CalendarEvent;
        expect(
            ['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map((day) => eventsOn([event], day).length),
        ).toEqual([0, 1, 1, 0]);
        expect(eventsOn([{ day: '2026-11-20', days: 0 } as CalendarEvent], '2026-11-20').length).toBe(1);
    });
    it('has many marks of one kind in one line, and few of them, or times of day, each in its own', () => {
        const mark = (id: string, more = {}) =>
            ({ id, kind: 'action', day: '2026-11-16', days: 1, ...more }) as CalendarEvent;
        const counts = (events: CalendarEvent[]) => entriesOn(events, '2026-11-16').map((one) => one.events.length);
        const few = [mark('ACT-1'), mark('ACT-2'), mark('ACT-3')];
        expect(counts(few)).toEqual([1, 1, 1]);
        expect(counts([mark('RIT-1', { kind: 'ritual', days: 0 }), ...few, mark('ACT-4')])).toEqual([1, 4]);
        expect(counts([...few, mark('ACT-4', { cancelled: true })])).toEqual([1, 1, 1, 1]);
        expect(counts([...few, mark('ACT-4', { days: 0 })])).toEqual([1, 1, 1, 1]);
    });
    it('is said in words', () => {
        expect(dayWords('2026-11-23')).toBe('Monday 23 November');
        expect(stretchWords('2026-11-30', '2026-12-06', 'week')).toBe('30 November to 6 December 2026');
        expect(stretchWords('2026-11-01', '2026-11-30', 'month')).toBe('November 2026');
    });
    it('is a clock where the person is', () => {
        expect(clockWords('2026-11-22T23:15:00Z', 'Europe/Berlin', true)).toBe('Mon 23 00:15');
        expect(clockWords('2026-11-22T23:15:00Z', 'UTC')).toBe('23:15');
    });
});
