import { describe, expect, it } from 'vitest';
import { undecided, type Output, type Step } from '../src/rooms/rituals/occurrence';

describe('the question whether something was decided', () => {
    const at = (time: string) => `2026-11-16T${time}:00Z`;
    const step = (name: string, started: string | null): Step => ({
        id: `OST-${name}`,
        name,
        minutes: 10,
        started,
        version: 1,
    });
    const steps = [step('Trends', at('09:00')), step('Flips', at('09:10')), step('Decide', null)];
    const output = (kind: string, made: string, dropped = false) => ({ kind, made, dropped }) as Output;
    const asked = (time: string, outputs: Output[] = [], list = steps) =>
        undecided({ steps: list, outputs }, Date.parse(at(time)))?.name;

    it('comes when the time of the step that runs is over, and not before', () => {
        expect(asked('09:19')).toBeUndefined();
        expect(asked('09:20')).toBe('Flips');
        expect(asked('09:20', [], [step('Trends', null)])).toBeUndefined();
    });
    it('is answered by a decision or an action made since the step began, by nothing else', () => {
        for (const kind of ['decision', 'action']) expect(asked('09:30', [output(kind, at('09:15'))])).toBeUndefined();
        expect(asked('09:30', [output('incident', at('09:15'))])).toBe('Flips');
        expect(asked('09:30', [output('decision', at('09:05'))])).toBe('Flips');
        expect(asked('09:30', [output('decision', at('09:15'), true)])).toBe('Flips');
    });
});
