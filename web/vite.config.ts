import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { icons } from './icons.ts';

/* `npx vite` serves the sources and sends what is under /api to a server of yours: RONDO_URL says which. */
const server = process.env.RONDO_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
    plugins: [icons(), svelte()],
    // Nothing is inlined and nothing polyfilled: the content security policy refuses both.
    build: {
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: 'es2022',
        rolldownOptions: {
            checks: { bundlerTimings: false },
            output: {
                codeSplitting: { groups: [{ name: 'shared', test: /\/src\/(parts|lib)\/|lucide/, minShareCount: 5 }] },
            },
        },
    },
    server: { proxy: { '/api': server } },
});
