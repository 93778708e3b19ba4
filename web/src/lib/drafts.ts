/* What somebody typed and has not saved yet, kept on this machine until it is saved or thrown away, so that a
   reload, a lost session or a server that is gone loses nothing. */

const PREFIX = 'rondo.draft.';

export function readDraft<T>(name: string): T | null {
    try {
        const text = localStorage.getItem(PREFIX + name);
        return text === null ? null : (JSON.parse(text) as T);
    } catch {
        return null;
    }
}

export function writeDraft(name: string, value: unknown): void {
    try {
        localStorage.setItem(PREFIX + name, JSON.stringify(value));
    } catch {
        /* No room, or storage switched off: the form itself still holds the text. */
    }
}

export function dropDraft(name: string): void {
    localStorage.removeItem(PREFIX + name);
}

/* Whoever signs out leaves nothing behind for the next person at this machine. */
export function dropDrafts(): void {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
