/* A row of prose while somebody writes it: what is typed is saved by itself a moment later, outlives a reload, and
   where somebody else wrote the same part meanwhile both are shown until one decides. */
import { sentenceOf, type Conflict } from '../../lib/api';
import type { Row } from '../../lib/catalog.svelte';
import { dropDraft, readDraft, writeDraft } from '../../lib/drafts';
import { saveOver, saveRow } from '../../lib/edit';

const WAIT_MS = 700;
interface Typed {
    words: Record<string, string>;
    /* The version that the writing began from. */
    version: number;
}

export class Writing {
    private typed = $state<Typed | null>(null);
    conflicts = $state.raw<Conflict[]>([]);
    problem = $state<string | null>(null);
    isBusy = $state(false);
    private timer = 0;
    private saving: Promise<void> | null = null;

    constructor(
        /* As its addresses call it: 'updates'. */
        private readonly records: string,
        private readonly row: () => Row,
        private readonly onsaved: () => Promise<void>,
    ) {
        this.typed = readDraft<Typed>(this.kept);
    }
    private get kept(): string {
        return `${this.records}.${this.row().id}`;
    }
    private given(field: string): string {
        return String(this.row()[field] ?? '');
    }
    words(field: string): string {
        return this.typed?.words[field] ?? this.given(field);
    }
    get changed(): string[] {
        return Object.keys(this.typed?.words ?? {}).filter(
            (field) => this.words(field).trim() !== this.given(field).trim(),
        );
    }
    type(field: string, words: string): void {
        this.typed = {
            words: { ...this.typed?.words, [field]: words },
            version: this.typed?.version ?? this.row().version,
        };
        writeDraft(this.kept, this.typed);
        clearTimeout(this.timer);
        if (!this.conflicts.length) this.timer = window.setTimeout(() => void this.save(), WAIT_MS);
    }
    /* A part that nobody writes any more shows what is stored. */
    leave(field: string): void {
        if (!this.typed || this.changed.includes(field)) return;
        const words = { ...this.typed.words };
        delete words[field];
        this.keep(Object.keys(words).length ? { ...this.typed, words } : null);
    }
    private keep(typed: Typed | null): void {
        this.typed = typed;
        if (typed) writeDraft(this.kept, typed);
        else dropDraft(this.kept);
    }
    async save(isOver = false): Promise<void> {
        clearTimeout(this.timer);
        await this.saving;
        this.saving = this.send(isOver);
        await this.saving;
        this.saving = null;
    }
    private async send(isOver: boolean): Promise<void> {
        const fields = this.changed;
        if (!this.typed || !fields.length) return;
        this.isBusy = true;
        this.problem = null;
        try {
            const path = `/${this.records}/${this.row().id}`;
            const body = Object.fromEntries(
                fields.map((field) => [field, this.words(field).trim() ? this.words(field) : null]),
            );
            const saved = isOver ? await saveOver(path, body) : await saveRow(path, this.typed.version, body);
            if ('conflicts' in saved) this.conflicts = saved.conflicts;
            else {
                this.conflicts = [];
                this.keep({ words: this.typed.words, version: saved.data.version });
                await this.onsaved();
            }
        } catch (error) {
            this.problem = sentenceOf(error);
        }
        this.isBusy = false;
    }
    /* Theirs stands, and what was typed into those parts here goes. */
    async keepTheirs(): Promise<void> {
        const words = { ...this.typed?.words };
        for (const conflict of this.conflicts) delete words[conflict.field];
        this.conflicts = [];
        await this.onsaved();
        this.keep(Object.keys(words).length ? { words, version: this.row().version } : null);
        await this.save();
    }
    /* Everything is stored; false: something could not be, and why is shown. */
    async settle(): Promise<boolean> {
        await this.save();
        return this.problem === null && !this.conflicts.length;
    }
    forget(): void {
        clearTimeout(this.timer);
        this.keep(null);
    }
}
