import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/* Pure TypeScript, without a DOM: what needs one is tested in a browser (tests/web). */
export default defineConfig({
    plugins: [svelte()],
    resolve: { conditions: ['browser'] },
    test: { include: ['test/**/*.test.ts'], environment: './test/environment.ts' },
});
