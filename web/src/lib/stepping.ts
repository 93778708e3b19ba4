/* Moving through what a page lists by J and K: the focus goes from one `data-step` to the next, where Enter
   does what it does anywhere. For pages whose lines are links or buttons and nothing more. */
import type { Command } from './commands.svelte';

function step(by: number): void {
    const all = [...document.querySelectorAll<HTMLElement>('main [data-step]')];
    const here = all.indexOf(document.activeElement as HTMLElement);
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
}
/* The first line, as from a field of words above it. */
export function stepInto(): void {
    document.querySelector<HTMLElement>('main [data-step]')?.focus();
}
export function stepCommands(group: string): Command[] {
    return [
        { id: 'step next', label: 'Next line', group, keys: 'j', unlisted: true, run: () => step(1) },
        { id: 'step before', label: 'Line before', group, keys: 'k', unlisted: true, run: () => step(-1) },
    ];
}
