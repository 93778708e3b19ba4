/* A workspace in which nothing is yet: each page says so in a sentence, with the one way on. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { join } from 'node:path';
import { axe, newFolder, openBrowser, openReader, overflowOf, rondo, Server, settled } from './ground.mjs';

const store = join(newFolder(), 'empty.db');
let browser, server;
before(async () => {
    rondo(store, 'init');
    server = await Server.start(store);
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

/* What stands on the page, and what must not: buttons that lead nowhere yet. */
const pages = [
    { path: '/', seen: ['No results yet', 'rondo import results.json', 'No ritual is set up'], not: 'Start the eval' },
    { path: '/monday', seen: ['There are no results yet', 'What flipped since the week before'], not: 'Trends' },
    { path: '/monday?week=2026-W40', seen: ['There are no results of W40'], not: 'Trends' },
    { path: '/council', seen: ['There is no change request yet'] },
    { path: '/search', seen: ['in all that you may read', 'rondo search WORDS'] },
    { path: '/eval-runs', seen: ['No eval runs yet.', 'rondo import FILE'] },
    { path: '/minutes', seen: ['No minutes yet.'], not: 'rondo minutes add' },
];
for (const { path, seen, not } of pages)
    it(`${path} says what fills it`, async () => {
        const reader = await openReader(browser, server, { size: 'phone' });
        const page = await reader.open(path);
        for (const words of seen) await page.getByText(words).first().waitFor();
        if (not) assert.equal(await page.getByText(not).count(), 0);
        assert.equal(await overflowOf(page), null);
        assert.deepEqual(await axe(page), []);
        assert.deepEqual(reader.trouble(), []);
        await reader.close();
    });

it('a case that there is not leads on: to what is like it, its surface, Monday', async () => {
    const reader = await openReader(browser, server);
    reader.expected.push(/status of 404/); // the address names what is not there
    let page = await reader.open('/cases/refund-1?surface=refunds');
    await page.getByText('There is no case').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
    assert.deepEqual(await axe(page), []);
    for (const [name, address] of [
        ['Search for it', /\/search\?q=refund-1$/],
        ['Surface refunds', /\/surfaces\/refunds$/],
        ['Monday’s review', /\/monday$/],
    ]) {
        await page.getByRole('link', { name, exact: true }).click();
        await page.waitForURL(address);
        await page.goBack();
        await page.getByText('There is no case').waitFor();
    }
    page = await reader.open('/cases/refund-1');
    await page.getByRole('link', { name: 'Search for it' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Surface refunds' }).count(), 0);
    assert.deepEqual(reader.trouble(), []);
    await reader.close();
});

it('the command that an empty list shows fills it, and the list follows', async () => {
    const reader = await openReader(browser, server);
    const page = await reader.open('/actions');
    await page.getByText('No actions yet.').waitFor();
    const words = (await page.locator('.empty code').textContent()).split(' ');
    assert.equal(words.shift(), 'rondo');
    rondo(store, ...words);
    await page.getByRole('link', { name: 'TITLE' }).waitFor();
    await settled(page);
    assert.deepEqual(reader.trouble(), []);
    await reader.close();
});
