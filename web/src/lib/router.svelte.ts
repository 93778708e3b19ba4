/* Where the reader is. The address says everything that a page shows, so that it can be sent to somebody.
   Links are plain <a href>; what leads inside is followed without loading the page anew. */

class Place {
    path = $state(location.pathname);
    query = $state.raw(new URLSearchParams(location.search));
}
export const place = new Place();

function read(): void {
    place.path = location.pathname;
    place.query = new URLSearchParams(location.search);
}

export interface Going {
    /* The address replaces the one before, as while typing into a filter. */
    replace?: boolean;
}

export function go(address: string, going: Going = {}): void {
    if (going.replace) history.replaceState(null, '', address);
    else {
        history.pushState(null, '', address);
        scrollTo(0, 0);
    }
    read();
}

/* Changes words of the query and keeps the others; null and '' take a word away. */
export function ask(words: Record<string, string | null>, going: Going = { replace: true }): void {
    const next = new URLSearchParams(place.query);
    for (const [name, value] of Object.entries(words))
        if (value === null || value === '') next.delete(name);
        else next.set(name, value);
    const text = next.toString();
    go(place.path + (text ? `?${text}` : ''), going);
}

function isPlainClick(event: MouseEvent): boolean {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export function startRouter(): void {
    addEventListener('popstate', read);
    document.addEventListener('click', (event) => {
        if (event.defaultPrevented || !isPlainClick(event)) return;
        const link = (event.target as Element).closest('a');
        if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
        if (link.pathname.startsWith('/api/')) return;
        event.preventDefault();
        go(link.pathname + link.search);
    });
}

/* A link that has the focus through the keyboard, or a row of a list, which has it for its link. */
export const KEYED_LINK = 'main :is(a[href], [data-row]):focus-visible';

/* An address that nobody encoded means what it says: '/50%'. */
function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

/* `/cases/:id` against `/cases/CASE-1` is { id: 'CASE-1' }; null: it does not match. */
export function match(pattern: string, path: string): Record<string, string> | null {
    const wanted = pattern.split('/');
    const given = path.replace(/(.)\/+$/, '$1').split('/');
    if (wanted.length !== given.length) return null;
    const found: Record<string, string> = {};
    for (const [index, part] of wanted.entries()) {
        const value = given[index] ?? '';
        if (part.startsWith(':')) {
            if (value === '') return null;
            found[part.slice(1)] = decoded(value);
        } else if (part !== value) return null;
    }
    return found;
}
