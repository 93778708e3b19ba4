/* A large file on its way in: how far it is, and the ways to stop it. */
import assert from 'node:assert/strict';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, newFolder, openBrowser, openReader, Server, until } from './ground.mjs';

const BYTES_A_SECOND = 4_000_000;
/* So many that nobody is too late to stop it. */
const LINES = 1_500_000;
const path = join(newFolder(), 'load.jsonl');
function write() {
    const line = (at) => `{"suite": "load", "surface": "load", "run": "load-1", "case": "case-${at}", "pass": true}\n`;
    const out = openSync(path, 'w');
    for (let at = 0; at < LINES; at += 50_000)
        writeSync(out, Array.from({ length: 50_000 }, (_, next) => line(at + next)).join(''));
    closeSync(out);
}
let browser, server, reader, page;
before(async () => {
    write();
    server = await Server.start(demoStore());
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});
beforeEach(async () => {
    reader = await openReader(browser, server);
    page = await reader.open('/import');
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    assert.deepEqual(trouble, []);
});
/* The line of a reader far away. */
async function slowDown() {
    reader.isSpent = true;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput: BYTES_A_SECOND,
    });
}
const choose = () => page.getByLabel('Files to import').setInputFiles(path);

it('while a file is sent its percentage grows, and stopping it sends no more', async () => {
    await slowDown();
    await choose();
    const percent = async () =>
        Number(await page.getByRole('progressbar', { name: 'Sending the file' }).getAttribute('aria-valuenow'));
    const first = await until(async () => ((await percent()) > 0 ? percent() : 0), 'some of it is sent');
    await until(async () => (await percent()) > first, 'more of it is sent');
    assert.ok(first < 100);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Sending it was stopped.').waitFor();
    assert.deepEqual((await server.ask('GET', '/jobs')).items, []);
});
it('a job that runs is cancelled in the page, and nothing of it is stored', async () => {
    await choose();
    await page.getByRole('progressbar', { name: /^Reading the file/ }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled; nothing of it is stored.').waitFor();
    const [job] = (await server.ask('GET', '/jobs')).items;
    assert.equal(job.state, 'cancelled');
    assert.deepEqual((await server.ask('GET', '/surfaces?name=load')).items, []);
});
