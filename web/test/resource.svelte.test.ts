import { flushSync } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { standIn } from './stand_in';

let lib: typeof import('../src/lib/resource.svelte');
let asked: { path: string; answer: (status: number, body: unknown) => Promise<void> }[];
const ends: (() => void)[] = [];

beforeAll(async () => {
    standIn();
    lib = await import('../src/lib/resource.svelte');
});
beforeEach(() => {
    asked = [];
    vi.stubGlobal(
        'fetch',
        (path: string) =>
            new Promise((resolve) =>
                asked.push({
                    path,
                    answer: async (status, body) => {
                        resolve(new Response(JSON.stringify(body), { status }));
                        await new Promise((done) => setTimeout(done, 0));
                    },
                }),
            ),
    );
});
afterEach(() => {
    ends.splice(0).forEach((end) => end());
    lib.forget();
});

/* As a component would use it; every test reads an address of its own, for answers are kept. */
function show<T>(path: string, records: string[] = []) {
    let made!: ReturnType<typeof lib.resource<T>>;
    ends.push(
        $effect.root(() => {
            made = lib.resource<T>(() => path, records);
        }),
    );
    flushSync();
    return made;
}

describe('resource', () => {
    it('reads once for all that show the same address', async () => {
        const one = show<number>('/a');
        const two = show<number>('/a');
        expect(asked.map((ask) => ask.path)).toEqual(['/api/v1/a']);
        expect(one.loading).toBe(true);
        await asked[0]!.answer(200, 7);
        expect([one.data, two.data, one.loading]).toEqual([7, 7, false]);
    });
    it('keeps what it has while it reads again, and when that fails', async () => {
        const shown = show<number>('/b', ['action']);
        await asked[0]!.answer(200, 1);
        lib.invalidate('action');
        expect(shown.data).toBe(1);
        await asked[1]!.answer(500, { code: 'store', detail: 'the store is gone' });
        expect(shown.data).toBe(1);
        expect(shown.problem?.message).toBe('the store is gone');
    });
    it('is not disturbed by other records, and by any when anything may have changed', async () => {
        show('/c', ['action']);
        await asked[0]!.answer(200, 1);
        lib.invalidate('surface');
        expect(asked).toHaveLength(1);
        lib.invalidate(null);
        expect(asked).toHaveLength(2);
    });
    it('shows what was set before the server has agreed; an answer from before does not take it back', async () => {
        const shown = show<number>('/d', ['action']);
        await asked[0]!.answer(200, 1);
        lib.invalidate('action');
        shown.set(2);
        await asked[1]!.answer(200, 1);
        expect(shown.data).toBe(2);
    });
    it('goes back to what the server has at the next reading', async () => {
        const shown = show<number>('/e');
        await asked[0]!.answer(200, 1);
        shown.set(2);
        const again = shown.reload();
        await asked[1]!.answer(200, 1);
        await again;
        expect(shown.data).toBe(1);
    });
    it('believes the answer to its latest question, whichever comes first', async () => {
        const shown = show<string>('/f', ['action']);
        lib.invalidate('action');
        await asked[1]!.answer(200, 'new');
        await asked[0]!.answer(200, 'old');
        expect(shown.data).toBe('new');
    });
});
