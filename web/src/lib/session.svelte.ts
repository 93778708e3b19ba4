/* Who is here. A server on this machine without accounts acts as its one person; any other asks for a password. */
import { get, onSignedOut, Problem, request } from './api';
import { dropDrafts } from './drafts';
import { live } from './events.svelte';
import { forget } from './resource.svelte';

export interface Me {
    person: { id: string; name: string; email: string | null; zone: string | null };
    memberships: { team: { id: string; name: string } | null; roles: string[] }[];
    door: 'session' | 'token' | 'loopback';
    server: { version: string; now: string; zone: string | null };
}

class Session {
    me = $state.raw<Me | null>(null);
    /* True while nobody is signed in; the page beneath stays as it was, with all that was typed. */
    isAsked = $state(false);

    async read(): Promise<void> {
        try {
            this.me = await get<Me>('/me');
            this.isAsked = false;
            live.open();
        } catch (error) {
            if (!(error instanceof Problem && error.status === 401)) throw error;
            this.isAsked = true;
        }
    }
    async signIn(name: string, password: string): Promise<void> {
        const before = this.me?.person.id;
        await request('POST', '/sign-in', { body: { name, password } });
        await this.read();
        if (before !== undefined && before !== this.me?.person.id) dropDrafts();
        forget();
    }
    async signOut(): Promise<void> {
        await request('POST', '/sign-out');
        dropDrafts();
        live.close();
        this.me = null;
        this.isAsked = true;
    }
    /* In the whole workspace, not in one team alone. */
    get ownsWorkspace(): boolean {
        return this.me?.memberships.some((one) => !one.team && one.roles.includes('owner')) ?? false;
    }
    has(role: string): boolean {
        return this.me?.memberships.some((one) => one.roles.includes(role)) ?? false;
    }
}
export const session = new Session();

export function watchSession(): void {
    onSignedOut(() => {
        session.isAsked = true;
    });
}
