/* The few things of a browser that lib/ touches while it is loaded. */
import { vi } from 'vitest';

export function standIn(): void {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
        getItem: (name: string) => kept.get(name) ?? null,
        setItem: (name: string, value: string) => void kept.set(name, value),
        removeItem: (name: string) => void kept.delete(name),
    });
    vi.stubGlobal('location', new URL('http://rondo.test/monday?week=2026-W47'));
    vi.stubGlobal('document', { querySelector: () => null });
    vi.stubGlobal('scrollTo', () => {});
    vi.stubGlobal('navigator', { platform: 'Linux' });
    vi.stubGlobal(
        'Element',
        class Element {
            constructor(readonly kind: string) {}
            closest(selector: string) {
                return selector.split(', ').includes(this.kind) ? this : null;
            }
        },
    );
}
