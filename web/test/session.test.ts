/* Who may say what the workspace's owners alone say. */
import { describe, expect, it } from 'vitest';
import { session, type Me } from '../src/lib/session.svelte';

const ML = { id: 'TEA-1', name: 'ML' };
function withRoles(...memberships: Me['memberships']): boolean {
    session.me = { memberships } as Me;
    return session.ownsWorkspace;
}

describe('an owner of the workspace', () => {
    it('holds the role in no team', () => {
        expect(withRoles({ team: null, roles: ['member', 'owner'] })).toBe(true);
        expect(withRoles({ team: ML, roles: ['member'] }, { team: null, roles: ['owner'] })).toBe(true);
    });
    it('is nobody who owns a team alone, has other roles, or is not signed in', () => {
        expect(withRoles({ team: ML, roles: ['owner'] }, { team: null, roles: ['member'] })).toBe(false);
        expect(withRoles({ team: null, roles: ['member', 'executive'] })).toBe(false);
        session.me = null;
        expect(session.ownsWorkspace).toBe(false);
    });
});
