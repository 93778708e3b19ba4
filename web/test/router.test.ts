import { beforeAll, describe, expect, it } from 'vitest';
import { standIn } from './stand_in';

let match: typeof import('../src/lib/router.svelte').match;
beforeAll(async () => {
    standIn();
    ({ match } = await import('../src/lib/router.svelte'));
});

describe('match', () => {
    it('takes words out of the address', () =>
        expect(match('/:records/:id', '/eval-cases/CASE-1')).toEqual({ records: 'eval-cases', id: 'CASE-1' }));
    it('wants as many parts as the pattern has', () => {
        expect(match('/:records', '/a/b')).toBeNull();
        expect(match('/:records/:id', '/a')).toBeNull();
        expect(match('/monday', '/mondays')).toBeNull();
    });
    it('lets no part be empty', () => {
        expect(match('/:records', '/')).toBeNull();
        expect(match('/', '/')).toEqual({});
    });
    it('does not mind a slash at the end', () => expect(match('/monday', '/monday/')).toEqual({}));
    it('decodes what was encoded', () => expect(match('/:id', '/a%20b%2Fc')).toEqual({ id: 'a b/c' }));
    it('does not break at an address that nobody encoded', () => expect(match('/:id', '/50%')).toEqual({ id: '50%' }));
});
