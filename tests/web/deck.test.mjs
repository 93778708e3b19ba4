/* The file that `rondo deck --out FILE.html` writes, opened as a reader opens it: from the disk, with no server. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { axe, demoStore, newFolder, openBrowser, rondo, screenshot } from './ground.mjs';

/* More words than fit at their full size, and every way to ask for something from elsewhere. */
const CROWDED = Array.from({ length: 24 }, (_, at) => `- line ${at + 1} of a slide that is too full`).join('\n');
const HOSTILE =
    '![x](https://elsewhere.example/x.png)\n\n<img src="https://elsewhere.example/y.png" onerror="document.title=\'taken\'">\n\n<script>document.title="taken"</script>';

describe('a deck as one file', () => {
    let browser, store, folder;
    const open = async (name, ...words) => {
        const file = join(folder, name);
        rondo(store, 'deck', '--out', file, ...words);
        const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
        const trouble = [];
        page.on('console', (said) => trouble.push(said.text()));
        page.on('pageerror', (error) => trouble.push(error.message));
        page.on('request', (asked) => asked.url().startsWith('file:') || trouble.push(asked.url()));
        await page.goto(pathToFileURL(file).href);
        return { page, trouble };
    };
    const shown = (page) => page.locator('.slide:visible').evaluateAll((slides) => slides.map((slide) => slide.id));
    before(async () => {
        store = demoStore();
        folder = newFolder();
        browser = await openBrowser();
    });
    after(() => browser?.close());

    it('shows one slide, and the keys turn it', async () => {
        const { page, trouble } = await open('keys.html');
        assert.deepEqual(await shown(page), ['1']);
        for (const [key, slide] of [
            ['ArrowRight', '2'],
            ['PageDown', '3'],
            ['ArrowLeft', '2'],
            ['End', '10'],
            ['ArrowRight', '10'],
            ['Home', '1'],
            ['ArrowLeft', '1'],
        ]) {
            await page.keyboard.press(key);
            assert.deepEqual(await shown(page), [slide], `after ${key}`);
        }
        await page.keyboard.press('End');
        assert.equal(await page.evaluate(() => location.hash), '#10');
        await page.reload();
        assert.deepEqual(await shown(page), ['10']);
        assert.deepEqual(trouble, []);
        await page.context().close();
    });
    it('shows what the speaker has when asked, and not before', async () => {
        const { page } = await open('notes.html');
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        assert.equal(await page.locator('.notes:visible').count(), 0);
        await page.keyboard.press('n');
        assert.match(
            await page.locator('.notes:visible').innerText(),
            /evals\.pass_rate surface=SUR-1 is 88\.6 %, as of /,
        );
        await page.context().close();
    });
    it('prints one slide a page, in both sizes', async () => {
        rondo(
            store,
            'deck-template',
            'add',
            '--name',
            'small',
            '--size',
            'narrow',
            '--body',
            `# A\n\n---\n\n${CROWDED}\n\n---\n\n# C\n`,
        );
        for (const [name, slides, box, ...words] of [
            ['wide.html', 10, '960 540'],
            ['narrow.html', 3, '720 540', '--template', 'small'],
        ]) {
            const { page } = await open(name, ...words);
            const printed = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
            assert.equal(printed.match(/\/Type\s*\/Page\b(?!s)/g).length, slides, name);
            assert.ok(printed.includes(`/MediaBox [0 0 ${box}]`), name);
            await page.context().close();
        }
    });
    it('sets a full slide smaller until it fits', async () => {
        const { page } = await open('full.html', '--template', 'small');
        await page.keyboard.press('ArrowRight');
        const [holds, has] = await page
            .locator('.slide.here')
            .evaluate((slide) => [slide.clientHeight, slide.scrollHeight]);
        assert.ok(has <= holds + 1, `${has} lines of ${holds}`);
        await page.context().close();
    });
    it('asks nobody for anything, whatever stands in the template', async () => {
        rondo(store, 'deck-template', 'add', '--name', 'hostile', '--body', `# Ours\n\n${HOSTILE}\n`);
        const { page, trouble } = await open('hostile.html', '--template', 'hostile');
        assert.equal(await page.locator('img').count(), 0);
        assert.match(await page.title(), /^hostile, /);
        assert.deepEqual(trouble, []);
        await page.context().close();
    });
    it('leaves axe nothing to say, in every theme', async () => {
        for (const theme of ['default', 'gaia', 'uncover']) {
            rondo(
                store,
                'deck-template',
                'add',
                '--name',
                theme,
                '--theme',
                theme,
                '--footer',
                'ours',
                '--body',
                '<!-- _class: lead -->\n# {{week}}\n\n[a link](/x)\n\n## Rates\n\n{{each surface}}\n- {{surface}}: {{figure evals.pass_rate}}\n{{end}}\n\n## Dark\n\n<!-- _class: invert -->\n\n[a link](/x)\n',
            );
            const { page } = await open(`${theme}.html`, '--template', theme);
            for (let slide = 1; slide <= 3; slide++) {
                assert.deepEqual(await axe(page), [], `${theme}, slide ${slide}`);
                await screenshot(page, `deck-${theme}-${slide}`);
                await page.keyboard.press('ArrowRight');
            }
            await page.context().close();
        }
    });
});
