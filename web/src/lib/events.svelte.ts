/* Hears what others change, and what becomes of jobs, while a page is open. Many changes at once (an import)
   are told to the pages once. */
import { invalidate } from './resource.svelte';

export type Link = 'connecting' | 'live' | 'lost';
export interface Job {
    id: string;
    kind: string;
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    progress: number;
    sentence: string | null;
}

const GATHER_MS = 120;

class Live {
    link = $state<Link>('connecting');
    jobs = $state<Record<string, Job>>({});
    #source: EventSource | null = null;
    #isWanted = false;
    #isWatching = false;
    #changed = new Set<string | null>();
    #timer = 0;

    open(): void {
        this.#isWanted = true;
        this.#watch();
        if (document.visibilityState === 'hidden') return;
        this.#source?.close();
        const source = new EventSource('/api/v1/events');
        this.#source = source;
        source.onopen = () => {
            // What happened while the line was down is told again by its last id; a new line starts here.
            this.link = 'live';
        };
        source.onerror = () => {
            this.link = 'lost';
            // A refusal (503, 401) closes the line for good; a lost one is opened again by the browser.
            if (source.readyState === EventSource.CLOSED)
                setTimeout(() => this.#source === source && this.open(), 3000);
        };
        source.addEventListener('change', (event) => this.#tell(JSON.parse(event.data).record));
        source.addEventListener('reset', () => this.#tell(null));
        source.addEventListener('job', (event) => {
            const job = JSON.parse(event.data) as Job;
            this.jobs[job.id] = job;
            this.#tell('job');
        });
    }

    close(): void {
        this.#isWanted = false;
        this.#hangUp();
    }

    #hangUp(): void {
        this.#source?.close();
        this.#source = null;
        this.link = 'connecting';
    }

    /* A browser has six lines to a host, for all its windows: one that nobody looks at leaves its own to the
       others, and asks anew for everything when it is looked at again. */
    #watch(): void {
        if (this.#isWatching) return;
        this.#isWatching = true;
        document.addEventListener('visibilitychange', () => {
            if (!this.#isWanted) return;
            if (document.visibilityState === 'hidden') return this.#hangUp();
            this.open();
            this.#tell(null);
        });
    }

    #tell(record: string | null): void {
        this.#changed.add(record);
        if (this.#timer) return;
        this.#timer = window.setTimeout(() => {
            this.#timer = 0;
            const changed = this.#changed;
            this.#changed = new Set();
            if (changed.has(null)) invalidate(null);
            else for (const one of changed) invalidate(one);
        }, GATHER_MS);
    }
}

export const live = new Live();
