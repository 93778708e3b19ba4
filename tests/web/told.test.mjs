/* What is told besides the update, in a browser: taken along as text and on paper, counted, made into cards. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

let browser, server, reader;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});
beforeEach(async () => {
    reader = await openReader(browser, server);
    await reader.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    assert.deepEqual(trouble, []);
});
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const pagesOf = async (page) => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;

it('the brief is copied as the command prints it, with and without marks', async () => {
    const brief = await server.ask('GET', '/brief');
    const page = await reader.open('/brief');
    for (const [entry, words] of [['As Markdown', brief.markdown], ['As plain text', brief.text]]) {
        await page.getByRole('button', { name: 'Copy' }).click();
        await page.getByRole('menuitem', { name: entry }).click();
        await until(async () => (await copied(page)) === words, `${entry}: the clipboard has it`);
    }
    assert.match(brief.markdown, /\]\(\/eval-runs\//);
    assert.doesNotMatch(brief.text, /\]\(|\*\*/);
});
it('the brief is one sheet of paper: the text alone', async () => {
    const page = await reader.open('/brief');
    assert.equal(await pagesOf(page), 1);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('button', { name: 'Copy' }).count(), 0);
    await page.getByRole('heading', { name: 'Three figures' }).waitFor();
});
it('a brief over its limit is counted and warned of, one within it is not', async () => {
    const page = await reader.open('/brief');
    assert.equal(await page.getByRole('status').getByText('half a page').count(), 0);
    const { update } = await server.ask('POST', '/updates/draft', {});
    const { version } = await server.ask('GET', `/updates/${update.id}`);
    const long = `- [long](/surfaces/SUR-1) ${'word '.repeat(180)}`;
    await server.ask('PATCH', `/updates/${update.id}`, { production: long }, { 'If-Match': `"${version}"` });
    await page.getByText(/It has 2\d\d words: half a page is 200\./).waitFor();
    await server.ask('PATCH', `/updates/${update.id}`, { production: null });
    await page.getByText(/half a page is 200/).waitFor({ state: 'detached' });
});
it('a figure of the brief opens its working, and is made into a card with its value of now', async () => {
    const page = await reader.open('/brief');
    await page.getByRole('article').getByRole('link', { name: '88.6 %' }).first().click();
    await page.getByRole('button', { name: 'Make an insight card' }).click();
    const dialog = page.getByRole('dialog', { name: 'New insight card' });
    await dialog.getByText('88.6 %').waitFor();
    await dialog.getByRole('button', { name: 'Keep the card' }).click();
    assert.equal((await server.ask('GET', '/insights')).items.length, 0, 'a card without a sentence is not kept');
    await dialog.getByLabel('What was learned').fill('Warranty answers fell');
    await dialog.getByLabel('So what').fill('The old prompt goes back.');
    await dialog.getByRole('button', { name: 'Keep the card' }).click();
    const { items } = await until(async () => {
        const cards = await server.ask('GET', '/insights');
        return cards.items.length ? cards : null;
    }, 'the card is kept');
    assert.deepEqual([items[0].words, items[0].so_what, items[0].part], ['88.6 %', 'The old prompt goes back.', 'eval']);
});
it('a week or a team that cannot be told of is a sentence, not an empty page', async () => {
    reader.expected.push(/40[04]|422/);
    for (const [path, words] of [['/brief?week=soon', /soon/], ['/talking-points?team=Nobody', /Nobody/]]) {
        const page = await reader.open(path);
        await page.getByRole('alert').or(page.locator('main')).getByText(words).first().waitFor();
    }
});
it("talking points of a team are its own, and Friday's page leads to all that is told", async () => {
    await server.ask('POST', '/teams', { name: 'Search' });
    const page = await reader.open('/friday');
    await page.getByRole('link', { name: 'Told besides' }).click();
    await page.getByRole('link', { name: /Talking points Search/ }).click();
    await page.waitForURL('**/talking-points?team=Search');
    await settled(page);
    assert.equal(await page.getByRole('article').getByText('support-answers').count(), 0, 'another team has it');
    await page.getByLabel('Team').selectOption({ label: 'The whole workspace' });
    await page.getByRole('article').getByText('support-answers').first().waitFor();
    await press(page, 'y');
    await until(async () => (await copied(page)).startsWith('# Talking points, the whole workspace'), 'Y copies them');
});
