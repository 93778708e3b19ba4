import { expect, it } from 'vitest';
import { OwnVersions } from '../src/lib/own_versions';

it('leads from the version that words were begun at over own saves, and over nobody else', () => {
    const own = new OwnVersions();
    expect(own.of('BET-1', 3)).toBe(3);
    own.note('BET-1', 3, 4);
    own.note('BET-1', 4, 5);
    own.note('BET-1', 6, 7);
    expect([2, 3, 4, 5, 6].map((version) => own.of('BET-1', version))).toEqual([2, 5, 5, 5, 7]);
    expect(own.of('BET-2', 3)).toBe(3);
    own.note('BET-2', 3, 5); // somebody else made 4
    expect(own.of('BET-2', 3)).toBe(3);
});
