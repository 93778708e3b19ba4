/* The server's clock, for what depends on today: a demo's may stand still, and a reader's may be wrong. */
import type { Me } from '../../lib/session.svelte';

const loaded = Date.now();

/* Goes on from what the server said when it was asked; `isFixed` servers say the same each time. */
export function nowOf(me: Me | null): Date {
    return me ? new Date(new Date(me.server.now).getTime() + (Date.now() - loaded)) : new Date();
}
