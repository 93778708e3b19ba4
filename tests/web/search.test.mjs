/* A search that has more than one page shows: the best first, the rest when it is asked for, each once. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { demoStore, openBrowser, openReader, Server, until } from './ground.mjs';

const MADE = 104; /* four more than the best 100 */
let browser, server;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
    for (let number = 0; number < MADE; number++) await server.ask('POST', '/actions', { title: `zebra ${number}` });
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

it('shows the best, reads on by the keyboard, and says when that was all', async () => {
    const reader = await openReader(browser, server);
    const page = await reader.open('/search?q=zebra');
    const shown = () => page.locator('li a[data-step]').filter({ hasText: 'zebra' }).count();
    await until(async () => (await shown()) === 100, 'the best 100 are there');
    await page.getByRole('button', { name: 'Show more' }).focus();
    await page.keyboard.press('Enter');
    await until(async () => (await shown()) === MADE, 'the rest is there');
    assert.equal(await page.getByRole('button', { name: 'Show more' }).count(), 0);
    assert.deepEqual(reader.trouble(), []);
    await reader.close();
});
