import { expect, test } from 'vitest';
import { changeOf, figureOf, writtenOf, type SnapshotRow } from '../src/rooms/updates/told';
import type { Figure } from '../src/rooms/updates/update';

const figure = (unit: string, value: number | null, words = '') => ({ unit, value, words, written: 'a.b' }) as Figure;

test('a change is told in the words of its unit', () => {
    expect(changeOf(figure('share', 0.886), figure('share', 0.95))).toBe('\u22126.4 points');
    expect(changeOf(figure('usd', 0.0021), figure('usd', 0.0018))).toBe('+$0.0003');
    expect(changeOf(figure('milliseconds', 800), figure('milliseconds', 840))).toBe('\u221240 ms');
    expect(changeOf(figure('count', 1200), figure('count', 3))).toBe('+1,200');
    expect(changeOf(figure('words', null, 'Worse'), figure('words', null, 'Better'))).toBe('was Better');
});
test('what did not change says so, and what is not known is no change', () => {
    expect(changeOf(figure('share', 0.5), figure('share', 0.5))).toBe('unchanged');
    expect(changeOf(figure('words', null, 'Worse'), figure('words', null, 'Worse'))).toBe('unchanged');
    expect(changeOf(figure('share', null), figure('share', 0.5))).toBeNull();
    expect(changeOf(figure('share', 0.5), figure('share', null))).toBeNull();
    expect(changeOf(figure('share', 0.5), figure('count', 5))).toBeNull();
    expect(changeOf(figure('share', 0.5), undefined)).toBeNull();
    expect(changeOf(null, figure('share', 0.5))).toBeNull();
});
test('a snapshot has the figures that it was told with', () => {
    const snapshot = { figures: [figure('share', 0.5)] } as SnapshotRow;
    expect(figureOf(snapshot, 'a.b')?.value).toBe(0.5);
    expect(figureOf(snapshot, 'a.c')).toBeUndefined();
    expect(figureOf(undefined, 'a.b')).toBeUndefined();
});
test('a figure is written without its braces', () => {
    expect(writtenOf('{{figure evals.pass_rate surface="a b"}}')).toBe('evals.pass_rate surface="a b"');
});
