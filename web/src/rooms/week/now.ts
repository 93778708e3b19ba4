/* The server's clock, for what depends on today: a demo's may stand still, and a reader's may be wrong. */
import type { Me } from '../../lib/session.svelte';

const loaded = Date.now();

/* What the server said when the page was loaded, and the time since. */
export function nowOf(me: Me | null): Date {
    return me ? new Date(new Date(me.server.now).getTime() + (Date.now() - loaded)) : new Date();
}
