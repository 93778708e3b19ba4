/* What is told besides the update, as the server makes it, and what readers do with it. */
import type { Row } from '../../lib/catalog.svelte';
import { MINUS, number, points } from '../../lib/format';
import { toasts } from '../../lib/toast.svelte';
import type { Figure } from './update';

export interface ToldText {
    markdown: string;
    html: string;
    text: string;
}
export interface Brief extends ToldText {
    week: string;
    as_of: string | null;
    figures: Figure[];
    words: number;
    words_max: number;
    warnings: string[];
}
export interface InsightRow extends Row {
    title: string;
    part: 'eval' | 'user';
    figure: string | null;
    source: string | null;
    so_what: string;
    words: string | null;
}

export interface BoardReading extends ToldText {
    brief: Row & {
        title: string;
        week: string;
        state: 'draft' | 'sent';
        sent_at: string | null;
        person: string | null;
    };
    risks: Row[];
    missing: string[];
    figures: Figure[];
}
export interface Card {
    id: string;
    title: string;
    written: string;
    figure: Figure | null;
    mistake: string | null;
}
export interface ReportReading extends ToldText {
    report: Row & { title: string; owner: string | null; team: string | null };
    as_of: string;
    cards: Card[];
    figures: Figure[];
}
export interface SnapshotRow extends Row {
    as_of: string;
    person: string | null;
    figures: Figure[];
}

/* The records whose changes make what is told another one. */
export const TOLD_RECORDS = [
    'update',
    'bet',
    'eval_run',
    'action',
    'change_event',
    'waiver',
    'decision',
    'prompt_change',
    'incident',
    'metric_series',
];

export async function copyText(label: string, text: () => Promise<string> | string): Promise<void> {
    try {
        await navigator.clipboard.writeText(await text());
        toasts.say(`Copied as ${label}.`);
    } catch (error) {
        toasts.fail(error);
    }
}

/* The figures stand in the text in their order, each as the link to where it comes from; a plain click opens its
   working instead. */
export function openFigures(shown: HTMLElement, figures: readonly Figure[], open: (figure: Figure) => void): void {
    const links = [...shown.querySelectorAll<HTMLAnchorElement>('a')];
    let from = 0;
    for (const figure of figures) {
        const at = links.findIndex(
            (link, index) =>
                index >= from && link.getAttribute('href') === figure.link && link.textContent === figure.words,
        );
        const link = links[at];
        if (!link) continue;
        from = at + 1;
        link.classList.add('figure');
        link.setAttribute('aria-haspopup', 'dialog');
        link.addEventListener('click', (event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            open(figure);
        });
    }
}

export const copiesOf = (told: ToldText) => [
    { label: 'As Markdown', run: () => void copyText('Markdown', () => told.markdown) },
    { label: 'As plain text', run: () => void copyText('plain text', () => told.text) },
    { label: 'As HTML', run: () => void copyText('HTML', () => told.html) },
];

/* The figure as a snapshot has it; undefined: it was not told then. */
export function figureOf(snapshot: SnapshotRow | undefined, written: string): Figure | undefined {
    return snapshot?.figures.find((one) => one.written === written);
}

/* What became of a figure since it was told before; null: one of the two is not known, or is no number of that unit. */
export function changeOf(now: Figure | null, before: Figure | undefined): string | null {
    if (!now || !before || now.unit !== before.unit) return null;
    if (now.unit === 'words') return now.words === before.words ? 'unchanged' : `was ${before.words}`;
    if (now.value === null || before.value === null) return null;
    if (now.value === before.value) return 'unchanged';
    const delta = now.value - before.value;
    if (now.unit === 'share' || now.unit === 'points') return points(delta);
    const size = Number(Math.abs(delta).toPrecision(3));
    const words = { usd: `$${size}`, milliseconds: `${size} ms` }[now.unit] ?? number(size, 6);
    return `${delta < 0 ? MINUS : '+'}${words}`;
}

/* '{{figure evals.pass_rate surface=support}}', as the picker gives it, without its braces. */
export function writtenOf(text: string): string {
    return text.replace(/^\{\{figure /, '').replace(/\}\}$/, '');
}
