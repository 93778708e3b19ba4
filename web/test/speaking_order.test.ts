import { describe, expect, it } from 'vitest';
import { speakingOrder } from '../src/rooms/rituals/occurrence';

describe('the order of speaking', () => {
    const names = ['Ada', 'Ben', 'Cora', 'Dana', 'Eve'];
    it('is the same for everybody, whatever order the names came in', () => {
        expect(speakingOrder('OCC-1', names)).toEqual(speakingOrder('OCC-1', [...names].reverse()));
        expect([...speakingOrder('OCC-1', names)].sort()).toEqual(names);
    });
    it('begins with somebody else on other days', () => {
        const first = new Set(Array.from({ length: 40 }, (_, at) => speakingOrder(`OCC-${at}`, names)[0]));
        expect(first.size).toBe(names.length);
    });
});
