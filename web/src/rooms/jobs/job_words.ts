/* Jobs in words, alike in the list and on a job's own page. */
import type { Job } from '../../lib/events.svelte';
import { sentence } from '../../lib/format';
import type { JobAnswer } from '../../lib/jobs.svelte';
import { inFormWords, verdictOf, withoutFormats, type Report } from '../imports/report';

const KINDS: Record<string, string> = {
    import: 'Import',
    replay: 'Quarantined lines read again',
    seal: 'Audit sealed',
};

export function titleOf(job: JobAnswer<unknown>): string {
    const file = (job.result as Report | null)?.files?.[0]?.file;
    const isDry = (job.result as Report | null)?.dry_run === true;
    const words = KINDS[job.kind] ?? sentence(job.kind);
    return `${isDry ? 'Dry run' : words}${file && file !== 'upload' ? `: ${file}` : ''}`;
}

const TONES: Record<Job['state'], string> = { queued: '', running: '', done: 'good', failed: 'bad', cancelled: '' };

export function toneOf(job: Job): string {
    return TONES[job.state];
}

/* What came of it, or how it stands. */
export function shortSentence(job: JobAnswer<unknown>): string {
    const report = job.result as Report | null;
    if (job.state === 'done' && report?.runs) return verdictOf(report).sentence;
    return sentence(inFormWords(withoutFormats(job.sentence ?? '')));
}
