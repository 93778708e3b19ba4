import { describe, expect, it } from 'vitest';
import {
    askedFor,
    inFormWords,
    isWorthStoring,
    optionsOf,
    runsInWords,
    verdictOf,
    withoutFormats,
    type Report,
} from '../src/rooms/imports/report';
import { size } from '../src/lib/format';

function report(more: Partial<Omit<Report, 'runs'>> & { runs?: Partial<Report['runs']> } = {}): Report {
    return {
        files: [{ file: 'a.jsonl', format: 'plain', lines: 3, results: 2 }],
        suites: { new: [], known: [] },
        surfaces: { new: [], known: [] },
        quarantined: [],
        notes: [],
        dry_run: true,
        ...more,
        runs: { new: [], unchanged: [], replaced: [], refused: [], ...more.runs },
    };
}
const bad = { file: 'a.jsonl', line: 3, reason: 'no suite', text: '{}' };

describe('the words of the command line', () => {
    it('become the names of fields where there is such a field', () => {
        expect(inFormWords("the line has no 'suite': add it or give one with --suite")).toBe(
            "the line has no 'suite': add it or give one with 'Suite'",
        );
        expect(inFormWords('give --zone, or --started-at T')).toBe("give 'Zone', or 'Started at'");
        expect(inFormWords('a number needs --threshold METRIC=X')).toBe("a number needs 'Threshold'");
    });
    it('stay where there is none', () => {
        const words = "allow it with 'rondo suite set SUITE --keeps-texts yes' and import again with --replace";
        expect(inFormWords(words)).toBe(
            "allow it with 'rondo suite set SUITE --keeps-texts yes' and import again with 'Replace'",
        );
    });
    it('say which fields are asked for, each once', () => {
        expect(askedFor(['give --suite', 'give --suite or --run', 'use --map FILE'])).toEqual(['suite', 'run']);
        expect(askedFor(['nothing is wrong'])).toEqual([]);
    });
    it('leave the list of formats to the choice', () => {
        expect(
            withoutFormats("cannot tell the format of 'x': known formats are a (A), b (B); name one with --format"),
        ).toBe("cannot tell the format of 'x': choose the format it has");
        expect(
            withoutFormats(
                "cannot tell the format of 'x': name one with --format (inspect, tau-bench, junit, csv), or say with --map FILE which keys hold what",
            ),
        ).toBe("cannot tell the format of 'x': name one with --format");
    });
});

describe('the verdict of a report', () => {
    it('counts what can be imported, and says what cannot', () => {
        expect(verdictOf(report({ runs: { new: ['r1'] } }))).toEqual({
            sentence: '2 results can be imported in 1 new run.',
            tone: 'good',
        });
        expect(verdictOf(report({ runs: { new: ['r1'] }, quarantined: [bad] }))).toEqual({
            sentence: '2 results can be imported in 1 new run; 1 line cannot be read.',
            tone: 'warn',
        });
        expect(verdictOf(report({ runs: { new: ['r1'], unchanged: ['r0'] }, dry_run: false })).sentence).toBe(
            '2 results imported in 1 new run and 1 unchanged.',
        );
    });
    it('does not call good what brings nothing', () => {
        expect(verdictOf(report({ runs: { unchanged: ['r1'] } })).tone).toBe('none');
        expect(verdictOf(report({ runs: { refused: [{ run: 'r1', reason: 'x' }] } })).tone).toBe('bad');
        expect(verdictOf(report({ quarantined: [bad] })).tone).toBe('bad');
        expect(verdictOf(report()).sentence).toBe('There are no results in it.');
    });
    it('offers to store what brings runs, and nothing else', () => {
        expect(isWorthStoring(report({ runs: { new: ['r1'] } }))).toBe(true);
        expect(isWorthStoring(report({ runs: { replaced: ['r1'] } }))).toBe(true);
        expect(isWorthStoring(report({ runs: { unchanged: ['r1'] }, quarantined: [bad] }))).toBe(false);
    });
    it('names kinds of runs that there are', () => {
        expect(runsInWords(report({ runs: { new: ['a', 'b'], replaced: ['c'], unchanged: ['d'] } }))).toBe(
            '2 new runs, 1 run restated and 1 unchanged',
        );
    });
});

describe('what is in the address', () => {
    it('is read where it is an option of imports', () => {
        expect(optionsOf(new URLSearchParams('suite=bot&replace=true&line=3&run='))).toEqual({
            suite: 'bot',
            replace: 'true',
        });
    });
});

describe('the size of a file', () => {
    it('has a unit that leaves few digits', () => {
        expect([1, 999, 1000, 1536, 25_000, 3_400_000].map(size)).toEqual([
            '1 byte',
            '999 bytes',
            '1.0 KB',
            '1.5 KB',
            '25 KB',
            '3.4 MB',
        ]);
    });
});
