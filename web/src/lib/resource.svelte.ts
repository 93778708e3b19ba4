/* What pages read from the server, kept by its address: pages that show the same address share one answer,
   show the kept one at once and ask anew behind it. A change that the server tells of makes what depends on
   that record stale; what is on a page is then read again, the rest when it is next shown. */
import { get, Problem } from './api';

class Kept {
    data = $state.raw<unknown>(undefined);
    problem = $state.raw<Problem | null>(null);
    loading = $state(false);
    stale = true;
    shown = 0;
    asked = 0;
    constructor(
        readonly path: string,
        readonly records: readonly string[],
    ) {}

    async read(): Promise<void> {
        const asked = ++this.asked;
        this.loading = true;
        this.stale = false;
        try {
            const data = await get<unknown>(this.path);
            if (asked !== this.asked) return;
            this.data = data;
            this.problem = null;
        } catch (error) {
            if (asked !== this.asked) return;
            this.problem = error instanceof Problem ? error : new Problem(0, 'unknown', String(error));
            this.stale = true;
        }
        this.loading = false;
    }
}

const MOST_KEPT = 200;
const kept = new Map<string, Kept>();

function keep(path: string, records: readonly string[]): Kept {
    const key = `${path} ${records.join(' ')}`;
    let entry = kept.get(key);
    if (!entry) {
        for (const [old, other] of kept) {
            if (kept.size < MOST_KEPT) break;
            if (other.shown === 0) kept.delete(old);
        }
        entry = new Kept(path, records);
        kept.set(key, entry);
    }
    return entry;
}

export interface Resource<T> {
    readonly data: T | undefined;
    readonly problem: Problem | null;
    readonly loading: boolean;
    /* Reads again, and is done when the answer is here. */
    reload(): Promise<void>;
    /* Shows a value before the server has agreed; the next reading replaces it. */
    set(data: T): void;
}

/* Reads `path` as long as the component lives, anew when the path changes; null reads nothing. `records` are
   the records whose changes make the answer stale. To be called while a component is made. */
export function resource<T>(path: () => string | null, records: readonly string[] = []): Resource<T> {
    const entry = $derived.by(() => {
        const wanted = path();
        return wanted === null ? null : keep(wanted, records);
    });
    $effect(() => {
        const now = entry;
        if (!now) return;
        now.shown++;
        if (now.stale) void now.read();
        return () => {
            now.shown--;
        };
    });
    return {
        get data() {
            return entry?.data as T | undefined;
        },
        get problem() {
            return entry?.problem ?? null;
        },
        get loading() {
            return entry?.loading ?? false;
        },
        async reload() {
            await entry?.read();
        },
        set(data: T) {
            if (!entry) return;
            entry.asked++;
            entry.loading = false;
            entry.data = data;
        },
    };
}

/* Those who keep pages of their own hear of changes here, as long as the component lives. */
const listeners = new Set<(record: string | null) => void>();
export function hear(tell: (record: string | null) => void): void {
    $effect(() => {
        listeners.add(tell);
        return () => listeners.delete(tell);
    });
}

/* A record has changed (null: anything may have). */
export function invalidate(record: string | null): void {
    for (const entry of kept.values()) {
        if (record !== null && !entry.records.includes(record)) continue;
        entry.stale = true;
        if (entry.shown > 0) void entry.read();
    }
    for (const tell of listeners) tell(record);
}

/* Forgets everything, as when somebody else signs in. */
export function forget(): void {
    for (const [key, entry] of kept)
        if (entry.shown === 0) kept.delete(key);
        else {
            entry.data = undefined;
            void entry.read();
        }
    for (const tell of listeners) tell(null);
}
