/* One file on its way in: read as a dry run first, then stored, perhaps undone. What is sent is the file as it
   was chosen; nothing of it is kept here. */
import { query, request, sentenceOf } from '../../lib/api';
import { size } from '../../lib/format';
import type { JobAnswer } from '../../lib/jobs.svelte';
import { invalidate } from '../../lib/resource.svelte';
import type { ImportOptions, Report } from './report';

export const MOST_BYTES = 256 * 1024 * 1024;

export type Step = 'sending' | 'reading' | 'read' | 'storing' | 'stored' | 'undone' | 'failed';

let latest = 0;

export class Importing {
    readonly number = ++latest;
    readonly file: File;
    /* The job that reads or stores it now, or did last. */
    job = $state<string | null>(null);
    isDry = $state(true);
    /* Why it did not even become a job. */
    problem = $state<string | null>(null);
    isSending = $state(false);
    /* How much of the file the server has, in percent. */
    sentPercent = $state(0);
    isUndone = $state(false);
    /* How its job stands, as whoever follows it was told last. */
    answer = $state.raw<JobAnswer<Report> | undefined>(undefined);
    #sent: AbortController | null = null;

    constructor(file: File) {
        this.file = file;
    }

    async start(options: ImportOptions, isDry: boolean): Promise<void> {
        this.#sent?.abort();
        this.job = null;
        this.answer = undefined;
        this.isUndone = false;
        this.isDry = isDry;
        this.problem = this.#refusal();
        if (this.problem) return;
        const sent = new AbortController();
        this.#sent = sent;
        this.isSending = true;
        this.sentPercent = 0;
        try {
            const path = `/imports${query({ ...options, name: this.file.name, dry_run: isDry })}`;
            const onsent = (part: number) => {
                if (this.#sent === sent) this.sentPercent = Math.floor(part * 100);
            };
            const answer = await request<{ job: string }>('POST', path, {
                body: this.file,
                signal: sent.signal,
                onsent,
            });
            this.job = answer.data.job;
        } catch (error) {
            if (sent.signal.aborted) return;
            this.problem = sentenceOf(error);
        }
        this.isSending = false;
    }

    stop(): void {
        this.#sent?.abort();
        this.isSending = false;
        this.problem = 'Sending it was stopped.';
    }

    async undo(job: JobAnswer<Report>): Promise<void> {
        await request('POST', `/undo/${job.change}`);
        this.isUndone = true;
        invalidate(null);
    }

    get step(): Step {
        const job = this.answer;
        if (this.isUndone) return 'undone';
        if (this.problem) return 'failed';
        if (this.isSending || !this.job) return 'sending';
        if (!job || job.state === 'queued' || job.state === 'running') return this.isDry ? 'reading' : 'storing';
        if (job.state !== 'done') return 'failed';
        return this.isDry ? 'read' : 'stored';
    }

    #refusal(): string | null {
        if (this.file.size === 0) return 'This file is empty: export the results again.';
        if (this.file.size > MOST_BYTES)
            return (
                `This file has ${size(this.file.size)}; the server takes 268 MB at a time. ` +
                "Pack it with gzip, which is read too, or use 'rondo import FILE' in a terminal."
            );
        return null;
    }
}

export async function cancelJob(id: string): Promise<void> {
    await request('POST', `/jobs/${id}/cancel`);
}
