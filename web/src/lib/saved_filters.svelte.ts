/* The addresses of lists that somebody gave names to. They are kept on this machine, per person; where they are
   kept is known here alone. */
import { session } from './session.svelte';

export interface SavedFilter {
    name: string;
    /* '/actions?state=open' */
    address: string;
}

const PREFIX = 'rondo.saved_filters.';

class SavedFilters {
    #lists = $state<Record<string, SavedFilter[]>>({});

    #key(): string {
        return PREFIX + (session.me?.person.id ?? '');
    }
    get all(): SavedFilter[] {
        return this.#lists[this.#key()] ?? read(this.#key());
    }
    of(path: string): SavedFilter[] {
        return this.all.filter((one) => one.address === path || one.address.startsWith(`${path}?`));
    }
    save(filter: SavedFilter): void {
        this.#write([...this.#others(filter), filter]);
    }
    drop(filter: SavedFilter): void {
        this.#write(this.#others(filter));
    }
    #others(filter: SavedFilter): SavedFilter[] {
        const path = filter.address.split('?')[0];
        return this.all.filter((one) => one.name !== filter.name || one.address.split('?')[0] !== path);
    }
    #write(list: SavedFilter[]): void {
        this.#lists[this.#key()] = list;
        try {
            localStorage.setItem(this.#key(), JSON.stringify(list));
        } catch {
            /* No room: they last as long as the page. */
        }
    }
}

function read(key: string): SavedFilter[] {
    try {
        return JSON.parse(localStorage.getItem(key) ?? '[]') as SavedFilter[];
    } catch {
        return [];
    }
}

export const savedFilters = new SavedFilters();
