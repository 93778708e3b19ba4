/* What a first visit costs over the wire, in bytes after Brotli, against what we allow ourselves. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { WEB } from './ground.mjs';

const KB = 1000;
const FIRST_SCRIPT_MAX = 60 * KB,
    FIRST_STYLE_MAX = 8 * KB,
    CHUNK_MAX = 100 * KB;
const DIST = join(WEB, 'dist');

const packed = (path) =>
    brotliCompressSync(readFileSync(join(DIST, path)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const sum = (paths) => paths.reduce((bytes, path) => bytes + packed(path), 0);
const page = readFileSync(join(DIST, 'index.html'), 'utf8');
/* What the page names, and what that brings with it without being asked. */
const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((found) => found[1]);
const scripts = new Set();
const follow = (path) => {
    if (scripts.has(path)) return;
    scripts.add(path);
    for (const [, next] of readFileSync(join(DIST, path), 'utf8').matchAll(
        /(?:^|[;}\s])import(?:[^"'()]*from)?\s*["']\.\/([^"']+)["']/g,
    ))
        if (existsSync(join(DIST, 'assets', next))) follow(`assets/${next}`);
};
named.filter((path) => path.endsWith('.js')).forEach(follow);

it(`the first load has at most ${FIRST_SCRIPT_MAX / KB} KB of script`, () => {
    assert.ok(scripts.size >= 2, 'the page names its scripts');
    const bytes = sum([...scripts]);
    assert.ok(
        bytes <= FIRST_SCRIPT_MAX,
        `${bytes} bytes: ${[...scripts].map((path) => `${path} ${packed(path)}`).join(', ')}`,
    );
});
it(`the first load has at most ${FIRST_STYLE_MAX / KB} KB of style`, () => {
    const styles = named.filter((path) => path.endsWith('.css'));
    assert.ok(styles.length > 0, 'the page names its style');
    assert.ok(sum(styles) <= FIRST_STYLE_MAX, `${sum(styles)} bytes`);
});
it(`no part that is loaded later has more than ${CHUNK_MAX / KB} KB`, () => {
    const chunks = readdirSync(join(DIST, 'assets')).filter((name) => /\.(js|css)$/.test(name));
    assert.ok(chunks.length > 3, 'pages are loaded when they are wanted');
    const heavy = chunks.map((name) => [name, packed(`assets/${name}`)]).filter(([, bytes]) => bytes > CHUNK_MAX);
    assert.deepEqual(heavy, []);
});
it('the page runs no script and loads nothing from elsewhere', () => {
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)[^>]*>/, 'a script inside the page');
    assert.doesNotMatch(page, /\bon\w+=|\bstyle="/, 'what the policy refuses');
    assert.doesNotMatch(page, /(?:src|href)="(?!\/)/, 'an address that is not ours');
});
it('no built file names another host to load from', () => {
    const every = readdirSync(join(DIST, 'assets')).filter((name) => /\.css$/.test(name));
    for (const name of every)
        assert.doesNotMatch(
            readFileSync(join(DIST, 'assets', name), 'utf8'),
            /url\((?!\/assets|["']?data:)|@import/,
            name,
        );
});
