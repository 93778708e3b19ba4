import { describe, expect, it } from 'vitest';
import {
    comparedWith,
    inShort,
    measuredWords,
    moveWords,
    planWords,
    type HistoryLabel,
    type Move,
    type Version,
} from '../src/rooms/prompts/history';
import { affectedWords, type Use, type Used } from '../src/rooms/prompts/used';

const move = (label: string, from: string | null, to: string, kind: Move['kind'] = 'deploy') =>
    ({ label, from_version: from, to_version: to, kind }) as Move;
const version = (number: number, moves: Move[] = []) =>
    ({
        id: `PV-${number}`,
        title: `greet ${number}`,
        number,
        moves,
        runs: { count: 0, surfaces: [] },
    }) as unknown as Version;

describe('how a version did', () => {
    const measured = { surface: 'support', run: 'RUN-1', passed: 9, n: 10, low: 0.596, high: 0.982 };
    it('is a rate with its interval, and unknown without a verdict', () => {
        expect(measuredWords(measured)).toBe('support: 90.0 % of 10 cases (59.6 to 98.2)');
        expect(measuredWords({ ...measured, passed: 0, n: 0, low: null, high: null })).toBe('support: unknown');
    });
    it('is unknown in the list while no run measured it', () => {
        expect(inShort(version(1))).toBe('unknown');
        expect(inShort({ ...version(1), runs: { count: 2, surfaces: [measured, measured] } })).toBe(
            '90.0 % and 1 more',
        );
    });
});

describe('a move', () => {
    it('is told from the side of the version', () => {
        expect(moveWords(move('production', null, 'greet 1'), 'greet 1')).toBe('production moved here, its first');
        expect(moveWords(move('production', 'greet 1', 'greet 2'), 'greet 2')).toBe(
            'production moved here from greet 1',
        );
        expect(moveWords(move('production', 'greet 2', 'greet 1', 'rollback'), 'greet 2')).toBe(
            'production rolled back on to greet 1',
        );
    });
});

describe('what a version is compared with', () => {
    const versions = [version(5), version(4, [move('production', 'greet 2', 'greet 4')]), version(2), version(1)];
    it('is what a label left for it, else the one before, which need not be the number before', () => {
        expect(comparedWith(versions, versions[1]!)?.number).toBe(2);
        expect(comparedWith(versions, versions[0]!)?.number).toBe(4);
        expect(comparedWith(versions, versions[2]!)?.number).toBe(1);
        expect(comparedWith(versions, versions[3]!)).toBeUndefined();
    });
});

describe('the plan of the way back', () => {
    const label = {
        name: 'production',
        prompt_version: 'greet 4',
        change: 'PCR-1',
        rollback_plan: 'Watch for an hour.',
    } as HistoryLabel;
    it('is that of the change that is served, and said to be missing where there is none', () => {
        expect(planWords(label, 'greet 2')).toBe(
            'production goes from greet 4 back to greet 2, at once. The plan of PCR-1: Watch for an hour.',
        );
        expect(planWords({ ...label, change: null, rollback_plan: null }, 'greet 2')).toContain(
            'there is no written plan',
        );
    });
});

describe('what changes under way meet', () => {
    const use = (...by: string[]) => ({ affected_by: by }) as Use;
    const used = (is_open: boolean, surfaces: Use[]) =>
        ({
            changes: [{ id: 'PCR-1', is_open }],
            surfaces,
            prompts: [],
            experiments: [],
            incidents: [],
            applications: [],
        }) as unknown as Used;
    it('is counted, and nothing is said while none is', () => {
        expect(affectedWords(used(true, [use('PCR-1'), use()]))).toBe('PCR-1 is under way and meets 1 of these.');
        expect(affectedWords(used(true, [use()]))).toBe('PCR-1 is under way and meets nothing of this.');
        expect(affectedWords(used(false, [use()]))).toBe('');
    });
});
