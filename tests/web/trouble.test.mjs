/* The server gone, back again; the session over: a sentence, a way on, and nothing typed is lost. */
import assert from 'node:assert/strict';
import { after, afterEach, before, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, rondo, Server, settled, until } from './ground.mjs';

let browser, server, reader;
before(async () => {
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    await server.stop();
    assert.deepEqual(trouble, []);
});
async function open(path, setUp) {
    const store = demoStore();
    await setUp?.(store);
    server = await Server.start(store);
    reader = await openReader(browser, server);
    // A browser writes every failed request into the console by itself.
    reader.expected.push(/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY/);
    return reader.open(path);
}

it('a server that is gone is told in a sentence; once it is back the same click saves', async () => {
    const page = await open('/actions/new');
    await page.getByLabel(/^Title/).fill('Typed in the dark');
    await server.stop();
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText(/server does not answer/).first().waitFor();
    assert.equal(await page.getByLabel(/^Title/).inputValue(), 'Typed in the dark');
    await server.start();
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.waitForURL(/\/actions\/ACT-/);
    await page.getByRole('heading', { name: 'Typed in the dark' }).waitFor();
});
it('a field that cannot be saved keeps what was typed and shows the old value nowhere as saved', async () => {
    const page = await open('/');
    const { id } = await server.ask('POST', '/actions', { title: 'Hold on', first_step: 'old' });
    await page.goto(`/actions/${id}`);
    await settled(page);
    await page.getByRole('button', { name: 'Edit First step' }).click();
    await page.getByLabel('First step', { exact: true }).fill('new');
    await server.stop();
    await press(page, 'Enter');
    await page.getByText(/server does not answer/).first().waitFor();
    assert.equal(await page.getByLabel('First step', { exact: true }).inputValue(), 'new');
    await server.start();
    await page.getByLabel('First step', { exact: true }).focus();
    await press(page, 'Enter');
    await until(async () => (await server.ask('GET', `/actions/${id}`)).first_step === 'new', 'it is saved');
});
it('the sidebar says that the line is lost, and is silent when it is back; news come again', async () => {
    const page = await open('/actions');
    await server.stop();
    await page.getByText(/Not connected/).waitFor();
    await server.start();
    await page.getByText(/Not connected/).waitFor({ state: 'detached', timeout: 40_000 });
    await server.ask('POST', '/actions', { title: 'After the storm' });
    await page.getByText('After the storm').waitFor();
});
it('a page that cannot be loaded says so and offers to load it again', async () => {
    const page = await open('/timeline');
    await server.stop();
    await press(page, 'g 1');
    await page.getByText(/could not be loaded|does not answer/).first().waitFor();
    await server.start();
    await page.getByRole('button', { name: /again/i }).first().click();
    await settled(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
});
it('a session that is over asks for the password over the page; what was typed is still there', async () => {
    let token = '';
    const page = await open('/', (store) => {
        token = JSON.parse(rondo(store, 'person', 'invite', 'Ben', '--roles', 'member', '--json')).token;
    });
    const password = 'a long enough sentence';
    await server.ask('POST', '/invitations/accept', { token, password });
    await page.goto('/actions/new');
    const signIn = async () => {
        await page.getByLabel('Password').fill(password);
        await press(page, 'Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await page.getByLabel('Password').waitFor();
    await page.getByLabel(/^Name/).first().fill('Ben');
    await signIn();
    await page.getByLabel(/^Title/).fill('Still here');
    await reader.context.clearCookies();
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByText('Your session has ended').waitFor();
    await signIn();
    assert.equal(await page.getByLabel(/^Title/).inputValue(), 'Still here');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.waitForURL(/\/actions\/ACT-/);
});
