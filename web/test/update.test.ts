/* The writer's rules of Friday's update: sentences as the server counts them, figures as it reads them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
    boundsWords,
    CHANGED,
    figureText,
    LEARNED,
    publicWords,
    sentencesOf,
    taken,
    toldWords,
    type Candidate,
    type Figure,
} from '../src/rooms/updates/update';

/* { "Prices fell, e.g. by half. Good", 2 }: the server's own vectors. */
const server = readFileSync('../tests/engine/test_weekly_update.c', 'utf8');
const vectors = [...server.matchAll(/^ +\{ ("(?:[^"\\]|\\.)*"), (\d+) \},$/gm)].map(
    (found) => [JSON.parse(found[1]!) as string, Number(found[2])] as const,
);

it('counts sentences as the server does', () => {
    expect(vectors.length).toBeGreaterThan(15);
    for (const [words, count] of vectors) expect([words, sentencesOf(words)]).toEqual([words, count]);
});
it('counts neither fences nor what is private', () => {
    expect(publicWords('One.\n::: executives\nTwo.\n:::\n::: private\nThree.\n:::\nFour.')).toBe('One.\nTwo.\nFour.');
});
it('writes a figure with quotes only where they are needed', () => {
    expect(figureText('actions.open', [])).toBe('{{figure actions.open}}');
    expect(figureText('evals.pass_rate', [['surface', 'support-answers']])).toBe(
        '{{figure evals.pass_rate surface=support-answers}}',
    );
    expect(figureText('evals.pass_rate', [['surface', 'two words']])).toBe(
        '{{figure evals.pass_rate surface="two words"}}',
    );
    expect(figureText('evals.pass_rate', [['surface', 'a "b"']])).toBe(`{{figure evals.pass_rate surface='a "b"'}}`);
});
it('tells a text with its figures, and leaves what is not told', () => {
    const figures = [{ written: 'evals.broken surface=a', words: '16' } as Figure];
    expect(toldWords('{{figure evals.broken surface=a}} cases, {{figure evals.fixed surface=a}} fixed', figures)).toBe(
        '16 cases, {{figure evals.fixed surface=a}} fixed',
    );
});
it('takes one more line into a list, and one insight in the place of another', () => {
    const one = { line: 'first' } as Candidate;
    const two = { line: 'second' } as Candidate;
    expect(taken(CHANGED, '', 'first', [one])).toBe('- first');
    expect(taken(CHANGED, '- first\n', 'second', [one, two])).toBe('- first\n- second');
    expect(taken(LEARNED[0]!, 'first', 'second', [one, two])).toBe('second');
    expect(taken(LEARNED[0]!, 'My own words', 'second', [one, two])).toBe('My own words\nsecond');
});
it('says an interval in the unit of its figure, and nothing where there is none', () => {
    const figure = { unit: 'share', low: 0.8376, high: 0.9218 } as Figure;
    expect(boundsWords(figure)).toBe('83.8 % to 92.2 %');
    expect(boundsWords({ ...figure, unit: 'points', low: -0.05, high: 0.012 })).toBe('-5.0 to 1.2 points');
    expect(boundsWords({ ...figure, low: null })).toBe(null);
});
