/* What is told besides the update, as the server makes it, and what readers do with it. */
import type { Row } from '../../lib/catalog.svelte';
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

/* The records whose changes make what is told another one. */
export const TOLD_RECORDS = ['update', 'bet', 'eval_run', 'action', 'change_event', 'waiver', 'decision', 'prompt_change', 'incident', 'metric_series'];

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
        const at = links.findIndex((link, index) => index >= from && link.getAttribute('href') === figure.link && link.textContent === figure.words);
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

/* '{{figure evals.pass_rate surface=support}}', as the picker gives it, without its braces. */
export function writtenOf(text: string): string {
    return text.replace(/^\{\{figure /, '').replace(/\}\}$/, '');
}
