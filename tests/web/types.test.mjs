/* The pages' types: there is nothing to say against them, and there would be if there were. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { newFolder, WEB } from './ground.mjs';

function check(folder) {
    const words = ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'machine'];
    const done = spawnSync(join(WEB, 'node_modules/.bin/svelte-check'), words, { cwd: folder, encoding: 'utf8' });
    return { code: done.status, said: done.stdout + done.stderr };
}

it('svelte-check has nothing to say', () => {
    const { code, said } = check(WEB);
    assert.equal(code, 0, said);
});

it('svelte-check finds a planted mistake in a page and one in a module', () => {
    const folder = newFolder();
    /* The settings of the pages without the pages: those were read above, which takes long. */
    for (const name of ['package.json', 'svelte.config.js', 'tsconfig.json'])
        copyFileSync(join(WEB, name), join(folder, name));
    mkdirSync(join(folder, 'src'));
    symlinkSync(join(WEB, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'src/planted.ts'), "export const amount: number = 'many';\n");
    writeFileSync(
        join(folder, 'src/Planted.svelte'),
        '<script lang="ts">\n    let amount: number = $state("many");\n</script>\n\n{amount}\n',
    );
    const { code, said } = check(folder);
    assert.notEqual(code, 0);
    assert.match(said, /ERROR.*planted\.ts.* is not assignable/);
    assert.match(said, /ERROR.*Planted\.svelte.* is not assignable/);
});

it('only one part writes HTML, and no markup has a style of its own', () => {
    const files = readdirSync(join(WEB, 'src'), { recursive: true }).filter((path) => path.endsWith('.svelte'));
    assert.ok(files.length > 10);
    for (const path of files) {
        const source = readFileSync(join(WEB, 'src', path), 'utf8');
        const markup = source.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, '');
        if (!path.endsWith('parts/Rendered.svelte')) assert.doesNotMatch(markup, /\{@html/, path);
        assert.doesNotMatch(markup, /\sstyle=/, path);
        assert.match(source, /^<!-- .+ -->/s, `${path} does not say what it is for`);
    }
});
