import { describe, expect, it } from 'vitest';
import type { Field, RecordType, Row } from '../src/lib/catalog.svelte';
import { apiWords, dayOfStamp, filterWords, passes, readFilters, stampOfDay } from '../src/rooms/records/filters';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
    name,
    label: name,
    help: '',
    kind,
    flags: [],
    ...more,
});
const record = {
    name: 'thing',
    title: 'name',
    state: 'state',
    transitions: [],
    fields: [
        field('name', 'text'),
        field('state', 'choice', { choices: ['in_work'] }),
        field('size', 'int'),
        field('day', 'date'),
        field('words', 'tags'),
        field('who', 'ref'),
    ],
} as unknown as RecordType;
const row = {
    id: 'T-1',
    name: 'Wheel',
    state: 'in_work',
    size: 3,
    day: '2026-11-20',
    words: ['a', 'b'],
    who: null,
    archived: null,
    version: 1,
} as Row;
const read = (address: string) => readFilters(record, new URLSearchParams(address));

describe('the filters of an address', () => {
    it('are words of fields, and nothing else that stands there', () => {
        expect(
            read('state=in_work&sort=-size&peek=T-1&columns=name&q=x&nonsense=1&size.min=2').map((one) =>
                filterWords(one),
            ),
        ).toEqual(['state is In work', 'size at least 2']);
    });
    it('say that something is empty, which an empty word does', () => {
        expect(read('who=&name.not=').map((one) => filterWords(one))).toEqual(['who is empty', 'name is filled']);
    });
    it('go to the server as they are, with the order', () => {
        expect(apiWords(record, new URLSearchParams('who=&size.max=4&peek=T-1&archived=yes'), '-size').toString()).toBe(
            'who=&size.max=4&archived=yes&sort=-size',
        );
    });
});

describe('a row that a search found', () => {
    it.each([
        'state=in_work',
        'state.not=done',
        'size.min=3',
        'size.max=3',
        'day.max=2026-11-20',
        'words=a',
        'words=b,a',
        'who=',
        'name.not=',
        'name=wheel',
    ])('passes %s', (address) => {
        expect(passes(read(address), row)).toBe(true);
    });
    it.each([
        'state=done',
        'state.not=in_work',
        'size.min=4',
        'size.max=2',
        'day.max=2026-11-19',
        'words=c',
        'words=a,c',
        'who=PER-1',
        'who.not=',
        'name=',
    ])('does not pass %s', (address) => {
        expect(passes(read(address), row)).toBe(false);
    });
});

it('takes the first and the last moment of the reader’s day, and finds the day again', () => {
    for (const day of ['2026-11-18', '2026-03-29', '2026-10-25', '2026-12-31']) {
        expect(dayOfStamp(stampOfDay(day, false))).toBe(day);
        expect(dayOfStamp(stampOfDay(day, true))).toBe(day);
        expect(stampOfDay(day, true) > stampOfDay(day, false)).toBe(true);
    }
    expect(dayOfStamp('soon')).toBe('');
});
