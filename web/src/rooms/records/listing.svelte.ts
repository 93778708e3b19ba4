/* The rows of one list as they are loaded: a page of a hundred at a time by the key after which the next one
   begins; of a search, the rows that it found. Each row is a line that knows whether it is picked, so that
   picking one of ten thousand changes one. */
import { get, Problem, query as queryOf } from '../../lib/api';
import { apiOf, type Page, type RecordType, type Row } from '../../lib/catalog.svelte';
import { apiWords, compare, passes, readFilters } from './filters';
import type { Hit } from './look_up';

export class Line {
    row = $state.raw<Row>() as Row;
    isPicked = $state(false);
    isHere = $state(false);
    constructor(row: Row) {
        this.row = row;
    }
}

export const PAGE = 100;
const MOST_AT_ONCE = 1000;
const MOST_FOUND = 50;

export class Listing {
    lines = $state.raw<Line[]>([]);
    next = $state<string | null>(null);
    problem = $state.raw<Problem | null>(null);
    isLoading = $state(false);
    /* What was asked for, once it is here. */
    shown = $state<string | null>(null);
    picked = $state.raw<Line[]>([]);
    #words = '';
    #search = '';
    #asked = 0;
    constructor(readonly record: RecordType) {}

    /* Reads the list of an address. */
    async read(query: URLSearchParams, sort: string): Promise<void> {
        const words = apiWords(this.record, query, sort).toString();
        const search = query.get('q')?.trim() ?? '';
        const key = `${words} ${search}`;
        if (key === this.shown) return;
        this.#words = words;
        this.#search = search;
        await this.#load(async () => {
            const found = search ? await this.#found(search, query, sort) : await this.#page(PAGE, null);
            return { ...found, shown: key };
        });
    }

    /* The next hundred. */
    async more(): Promise<void> {
        const after = this.next;
        if (!after || this.isLoading) return;
        await this.#load(async () => {
            const page = await this.#page(PAGE, after);
            return { ...page, shown: this.shown, isMore: true };
        });
    }

    /* Reads again what is shown: others have changed something. */
    async again(query: URLSearchParams, sort: string): Promise<void> {
        if (this.shown === null) return;
        const wanted = Math.max(PAGE, this.lines.length);
        await this.#load(async () => {
            if (this.#search) return { ...(await this.#found(this.#search, query, sort)), shown: this.shown };
            const items: Row[] = [];
            let next: string | null = null;
            do {
                const page: Page = await this.#page(Math.min(MOST_AT_ONCE, wanted - items.length), next);
                items.push(...page.items);
                next = page.next;
            } while (next && items.length < wanted);
            return { items, next, shown: this.shown };
        });
    }

    /* A row as it is now, shown where it stands. */
    put(row: Row): void {
        const line = this.lines.find((one) => one.row.id === row.id);
        if (line) line.row = row;
    }
    take(ids: ReadonlySet<string>): void {
        this.pick(
            this.picked.filter((line) => ids.has(line.row.id)),
            false,
        );
        this.lines = this.lines.filter((line) => !ids.has(line.row.id));
    }
    pick(lines: readonly Line[], isPicked: boolean): void {
        for (const line of lines) line.isPicked = isPicked;
        const others = isPicked ? this.picked : this.picked.filter((line) => line.isPicked);
        const known = new Set(others);
        this.picked = isPicked ? [...others, ...lines.filter((line) => !known.has(line))] : others;
    }
    move(from: number, to: number): void {
        const lines = this.lines.filter((_, index) => index !== from);
        const moved = this.lines[from];
        if (moved) this.lines = [...lines.slice(0, to), moved, ...lines.slice(to)];
    }

    /* All rows of the list, also those that are not loaded yet. */
    async all(): Promise<Row[]> {
        if (this.#search || !this.next) return this.lines.map((line) => line.row);
        const items: Row[] = [];
        let next: string | null = null;
        do {
            const page: Page = await this.#page(MOST_AT_ONCE, next);
            items.push(...page.items);
            next = page.next;
        } while (next);
        return items;
    }

    #page(limit: number, after: string | null): Promise<Page> {
        const rest = queryOf({ limit, after }).slice(1);
        return get<Page>(`${apiOf(this.record)}?${this.#words}${this.#words ? '&' : ''}${rest}`);
    }

    async #found(search: string, query: URLSearchParams, sort: string): Promise<Page> {
        const hits = await get<{ items: Hit[] }>(
            `/search${queryOf({ q: search, kind: this.record.name, limit: MOST_FOUND })}`,
        );
        const rows = await Promise.all(
            hits.items.map((hit) =>
                get<Row>(apiOf(this.record, hit.id) + queryOf({ as_of: query.get('as_of') })).catch(() => null),
            ),
        );
        const filters = readFilters(this.record, query);
        const items = rows.filter((row): row is Row => row !== null && passes(filters, row));
        // Without a wanted order the best come first.
        const name = query.has('sort') ? sort.replace(/^-/, '') : '';
        if (name) items.sort((a, b) => compare(a[name], b[name]) * (sort.startsWith('-') ? -1 : 1));
        return { items, next: null };
    }

    async #load(read: () => Promise<Page & { shown: string | null; isMore?: boolean }>): Promise<void> {
        const asked = ++this.#asked;
        this.isLoading = true;
        try {
            const found = await read();
            if (asked !== this.#asked) return;
            if (found.isMore) this.#append(found.items);
            else this.#take(found.items);
            this.next = found.next;
            this.shown = found.shown;
            this.problem = null;
        } catch (error) {
            if (asked !== this.#asked) return;
            this.problem = error instanceof Problem ? error : new Problem(0, 'unknown', String(error));
        }
        this.isLoading = false;
    }

    #append(rows: readonly Row[]): void {
        const known = new Set(this.lines.map((line) => line.row.id));
        this.lines = [...this.lines, ...rows.filter((row) => !known.has(row.id)).map((row) => new Line(row))];
    }

    /* Lines of rows that were there before stay what they are: picked, and where the reader is. */
    #take(rows: readonly Row[]): void {
        const known = new Map(this.lines.map((line) => [line.row.id, line]));
        this.lines = rows.map((row) => {
            const line = known.get(row.id);
            if (!line) return new Line(row);
            if (line.row.version !== row.version || line.row.archived !== row.archived) line.row = row;
            return line;
        });
        const present = new Set(this.lines);
        if (this.picked.some((line) => !present.has(line)))
            this.picked = this.picked.filter((line) => present.has(line));
    }
}
