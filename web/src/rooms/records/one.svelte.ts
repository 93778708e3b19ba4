/* One row that is looked at and changed: fields one at a time, shown before the server has agreed; verbs; and
   what to do when somebody else was faster. */
import { Problem, query, request, type Conflict } from '../../lib/api';
import {
    apiOf,
    choiceLabel,
    titleOf,
    type Field,
    type RecordType,
    type Row,
    type Transition,
} from '../../lib/catalog.svelte';
import { sentence } from '../../lib/format';
import { resource, type Resource } from '../../lib/resource.svelte';
import { toasts } from '../../lib/toast.svelte';

export class OneRow {
    readonly record: RecordType;
    readonly id: string;
    #kept: Resource<Row>;
    conflicts = $state.raw<Record<string, Conflict>>({});
    problems = $state.raw<Record<string, string>>({});
    isBusy = $state(false);
    #theirs = 0;

    /* To be made while a component is made. With a moment it is the row as it was then. */
    constructor(record: RecordType, id: string, moment: string | null = null) {
        this.record = record;
        this.id = id;
        this.#kept = resource<Row>(() => apiOf(record, id) + query({ as_of: moment }), [record.name]);
    }
    get row(): Row | undefined {
        return this.#kept.data;
    }
    get problem(): Problem | null {
        return this.#kept.problem;
    }
    reload(): Promise<void> {
        return this.#kept.reload();
    }
    get title(): string {
        return this.row ? titleOf(this.record, this.row) : this.id;
    }
    get verbs(): Transition[] {
        const state = this.record.state ? this.row?.[this.record.state] : null;
        if (!this.row || this.row.archived) return [];
        return this.record.transitions.filter(
            (step) => (step.from === null || step.from === state) && step.can !== false,
        );
    }

    /* True: it is saved. */
    async save(field: Field, value: unknown, version = this.row?.version): Promise<boolean> {
        const before = this.row;
        if (!before) return false;
        this.#clear(field.name);
        this.#kept.set({ ...before, [field.name]: value });
        try {
            const answer = await request<Row>('PATCH', apiOf(this.record, this.id), {
                body: { [field.name]: value },
                version,
            });
            this.#kept.set(answer.data);
            if (answer.change) toasts.say(`${field.label} of ${this.title} is saved.`, { change: answer.change });
            return true;
        } catch (error) {
            this.#kept.set(before);
            return this.#refused(error, field, value);
        }
    }
    async #refused(error: unknown, field: Field, value: unknown): Promise<boolean> {
        const problem = error instanceof Problem ? error : null;
        if (problem?.status === 412) {
            const conflict = problem.conflicts.find((one) => one.field === field.name);
            this.#theirs = problem.body.version ?? 0;
            // Somebody has changed something else: there is nothing to choose between.
            if (!conflict) return this.save(field, value, this.#theirs);
            this.conflicts = { ...this.conflicts, [field.name]: conflict };
            return false;
        }
        if (problem && problem.status >= 400 && problem.status < 500)
            this.problems = { ...this.problems, [field.name]: sentence(problem.message) };
        else toasts.fail(error);
        return false;
    }
    keepMine(field: Field): Promise<boolean> {
        const conflict = this.conflicts[field.name];
        return conflict ? this.save(field, conflict.yours, this.#theirs) : Promise.resolve(false);
    }
    async keepTheirs(field: Field): Promise<void> {
        this.#clear(field.name);
        await this.reload();
    }
    forget(field: Field): void {
        this.#clear(field.name);
    }
    #clear(name: string): void {
        const { [name]: _conflict, ...conflicts } = this.conflicts;
        const { [name]: _problem, ...problems } = this.problems;
        this.conflicts = conflicts;
        this.problems = problems;
    }

    async act(step: Transition): Promise<void> {
        const field = this.record.fields.find((one) => one.name === this.record.state);
        const state = field ? choiceLabel(field, step.to).toLowerCase() : step.to;
        await this.#do(`is now ${state}`, async () => {
            const answer = await request<Row>('POST', `${apiOf(this.record, this.id)}/${step.verb}`, {
                body: {},
                version: this.row?.version,
            });
            this.#kept.set(answer.data);
            return answer.change;
        });
    }
    async drop(): Promise<boolean> {
        return this.#do(
            'is dropped',
            async () => (await request('DELETE', apiOf(this.record, this.id), { version: this.row?.version })).change,
        );
    }
    /* Takes back the latest change, which is the one that dropped it. */
    async bringBack(): Promise<void> {
        await this.#do('is back', async () => {
            const answer = await request<Row>('POST', `${apiOf(this.record, this.id)}/undo`);
            this.#kept.set(answer.data);
            return null;
        });
    }
    async #do(what: string, run: () => Promise<string | null>): Promise<boolean> {
        this.isBusy = true;
        let isDone = false;
        try {
            const change = await run();
            toasts.say(`${this.title} ${what}.`, { change });
            isDone = true;
        } catch (error) {
            const missing = error instanceof Problem ? (error.body.missing ?? []) : [];
            this.problems = {
                ...this.problems,
                ...Object.fromEntries(missing.map((name) => [name, 'This is needed first.'])),
            };
            toasts.fail(error);
            if (error instanceof Problem && error.status === 412) void this.reload();
        }
        this.isBusy = false;
        return isDone;
    }
}

/* 'give-up' is "Give up". */
export function verbWords(verb: string): string {
    return sentence(verb.replaceAll(/[-_]/g, ' '));
}
