/* A job as it goes on: told by events, and asked for now and then while the line to the server is down. */
import { live, type Job } from './events.svelte';
import { resource, type Resource } from './resource.svelte';

export interface JobAnswer<Result = unknown> extends Job {
    result: Result | null;
    /* What undo takes back; null: nothing was stored, or it is undone already. */
    change: number | null;
    attempt: number;
    wants_cancel: boolean;
    created: string;
    started: string | null;
    ended: string | null;
}

export function hasEnded(job: Pick<Job, 'state'> | undefined): boolean {
    return job !== undefined && job.state !== 'queued' && job.state !== 'running';
}

const ASK_MS = 2000;

/* To be called while a component is made; null follows nothing. */
export function follow<Result>(id: () => string | null): Resource<JobAnswer<Result>> {
    const job = resource<JobAnswer<Result>>(() => {
        const wanted = id();
        return wanted === null ? null : `/jobs/${wanted}`;
    }, ['job']);
    $effect(() => {
        if (id() === null || hasEnded(job.data)) return;
        const timer = setInterval(() => live.link !== 'live' && void job.reload(), ASK_MS);
        return () => clearInterval(timer);
    });
    return job;
}
