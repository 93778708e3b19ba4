import { describe, expect, it } from 'vitest';
import * as format from '../src/lib/format';

describe('numbers', () => {
    it('shares are percent with one digit', () => {
        expect(format.percent(0.84)).toBe('84.0 %');
        expect(format.percent(1, 0)).toBe('100 %');
    });
    it('unknown is a dash, and nought is not unknown', () => {
        for (const words of [format.percent, format.points, format.pValue, format.number, format.interval])
            expect(words(null)).toBe('–');
        expect(format.percent(0)).toBe('0.0 %');
        expect(format.number(0)).toBe('0');
    });
    it('differences carry their sign, and a real minus', () => {
        expect(format.points(-0.065)).toBe('−6.5 points');
        expect(format.points(0.02)).toBe('+2.0 points');
        expect(format.points(-0.0001)).toBe('±0.0 points');
    });
    it('p values lose the nought and never become 0', () => {
        expect(format.pValue(0.0421)).toBe('.042');
        expect(format.pValue(0.0009)).toBe('< .001');
        expect(format.pValue(0.001)).toBe('.001');
        expect(format.pValue(0.9999)).toBe('1');
        expect(format.pIs(0.0421)).toBe('p = .042');
        expect(format.pIs(0.0009)).toBe('p < .001');
        expect(format.pIs(null)).toBe(`p = ${format.UNKNOWN}`);
    });
    it('counts agree with their noun', () => {
        expect(format.count(1, 'case')).toBe('1 case');
        expect(format.count(0, 'case')).toBe('0 cases');
        expect(format.count(12000, 'entry', 'entries')).toBe('12,000 entries');
    });
    it('whole numbers are read in groups of three, and carry a real minus', () => {
        expect([0, 999, 1000, 123456, 1234567].map(format.whole)).toEqual([
            '0',
            '999',
            '1,000',
            '123,456',
            '1,234,567',
        ]);
        expect(format.whole(-123456)).toBe('−123,456');
    });
    it('intervals are in percent', () => expect(format.interval([0.861, 0.93])).toBe('86.1 to 93.0'));
});

describe('weeks', () => {
    it('begin on the Monday of ISO 8601', () => {
        expect(format.mondayOf('2026-W47').toISOString()).toBe('2026-11-16T00:00:00.000Z');
        expect(format.mondayOf('2026-W01').toISOString()).toBe('2025-12-29T00:00:00.000Z');
    });
    it('of the days around New Year belong to the year of their Thursday', () => {
        expect(format.weekOf(new Date('2027-01-03T23:59:59Z'))).toBe('2026-W53');
        expect(format.weekOf(new Date('2027-01-04T00:00:00Z'))).toBe('2027-W01');
        expect(format.weekOf(new Date('2025-12-29T00:00:00Z'))).toBe('2026-W01');
    });
    it('go there and back for ten years', () => {
        for (let week = '2020-W01', many = 0; many < 530; many++, week = format.weekAfter(week, 1)) {
            expect(format.weekOf(format.mondayOf(week))).toBe(week);
            expect(format.weekAfter(format.weekAfter(week, 1), -1)).toBe(week);
        }
    });
    it('are told by their days', () => {
        expect(format.weekDays('2026-W47')).toBe('16–22 Nov 2026');
        expect(format.weekDays('2026-W49')).toBe('30 Nov–6 Dec 2026');
        expect(format.shortWeek('2026-W47')).toBe('W47');
    });
});

describe('words', () => {
    it('lists end with "and"', () => {
        expect(format.list([])).toBe('');
        expect(format.list(['ja'])).toBe('ja');
        expect(format.list(['ja', 'de', 'en'])).toBe('ja, de and en');
    });
    it('initials are of the first and the last name', () => {
        expect(format.initials('Mira van der Kovač')).toBe('MK');
        expect(format.initials('  me ')).toBe('M');
        expect(format.initials('')).toBe('');
    });
    it('a date stays its day in every zone', () => expect(format.day('2026-11-16')).toBe('16 Nov 2026'));
    it('no day is a dash', () => {
        expect(format.day(null)).toBe('–');
        expect(format.instant(undefined)).toBe('–');
    });
    it('sentences begin with a capital, and nothing stays nothing', () => {
        expect(format.sentence('no run')).toBe('No run');
        expect(format.sentence('')).toBe('');
    });
});
