/* One line at the foot of the page: what was done, and ten seconds to take it back. U takes back the latest. */
import { onWarned, request, sentenceOf } from './api';
import { invalidate } from './resource.svelte';

export interface Toast {
    id: number;
    sentence: string;
    isBad: boolean;
    change: string | null;
    /* A way on: "Show", "Try again". */
    action?: { label: string; run: () => void };
}

const SHOWN_MS = 10_000;

class Toasts {
    list = $state.raw<Toast[]>([]);
    #next = 1;
    #timers = new Map<number, number>();
    #latest: string | null = null;

    say(sentence: string, more: Partial<Pick<Toast, 'change' | 'isBad' | 'action'>> = {}): void {
        const toast: Toast = { id: this.#next++, sentence, isBad: false, change: null, ...more };
        if (toast.change) this.#latest = toast.change;
        this.list = [...this.list.slice(-2), toast];
        this.start(toast);
    }
    fail(error: unknown, action?: Toast['action']): void {
        this.say(sentenceOf(error), { isBad: true, action });
    }
    drop(toast: Toast): void {
        this.hold(toast);
        this.list = this.list.filter((one) => one.id !== toast.id);
    }
    /* Its time stands still while somebody points at it, and starts anew afterwards. */
    hold(toast: Toast): void {
        clearTimeout(this.#timers.get(toast.id));
        this.#timers.delete(toast.id);
    }
    start(toast: Toast): void {
        this.hold(toast);
        this.#timers.set(
            toast.id,
            window.setTimeout(() => this.drop(toast), SHOWN_MS),
        );
    }
    async undo(change: string | null = this.#latest): Promise<void> {
        if (!change) return this.say('Nothing was changed here that could be undone.');
        for (const toast of this.list) if (toast.change === change) this.drop(toast);
        if (change === this.#latest) this.#latest = null;
        try {
            await request('POST', `/undo/${change}`);
            this.say('Undone.');
            invalidate(null);
        } catch (error) {
            this.fail(error);
        }
    }
}
export const toasts = new Toasts();
onWarned((sentence) => toasts.say(`${sentence}.`));
