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
    await page
        .getByText(/server does not answer/)
        .first()
        .waitFor();
    assert.equal(await page.getByLabel(/^Title/).inputValue(), 'Typed in the dark');
    await server.start();
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.waitForURL(/\/actions\/ACT-/);
    await page.getByRole('heading', { name: 'Typed in the dark' }).waitFor();
});
it('a window that nobody looks at leaves its line to the others, and has caught up when looked at', async () => {
    const page = await open('/actions');
    const { id } = await server.ask('POST', '/actions', { title: 'Heard of at once' });
    const name = page.getByText('Heard of at once').first();
    await name.waitFor();
    let lines = 0;
    page.on('request', (request) => (lines += request.resourceType() === 'eventsource' ? 1 : 0));
    const show = (state) =>
        page.evaluate((state) => {
            Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }, state);
    await show('hidden');
    const { version } = await server.ask('GET', `/actions/${id}`);
    await server.ask('PATCH', `/actions/${id}`, { title: 'Changed meanwhile' }, { 'If-Match': `"${version}"` });
    await show('visible');
    await page.getByText('Changed meanwhile').first().waitFor();
    assert.equal(lines, 1);
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
    await page
        .getByText(/server does not answer/)
        .first()
        .waitFor();
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
    await page
        .getByText(/could not be loaded|does not answer/)
        .first()
        .waitFor();
    await server.start();
    await page.getByRole('button', { name: /again/i }).first().click();
    await settled(page);
    await page.getByRole('heading', { level: 1 }).waitFor();
});
it('a server that takes long is told of until it has answered', async () => {
    const page = await open('/timeline');
    let answer;
    const held = new Promise((done) => (answer = done));
    await page.route('**/api/v1/actions?*', async (route) => {
        await held;
        await route.continue();
    });
    await press(page, 'g 3');
    await page.getByText('Still waiting for the server.').waitFor();
    answer();
    await page.getByText('Still waiting for the server.').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^receipts-104/ }).waitFor();
});
it('a page that could read nothing says so in the words of the server, and asks again', async () => {
    const page = await open('/timeline');
    reader.expected.push(/status of 500/);
    const body = JSON.stringify({ status: 500, code: 'store', detail: 'the store is busy' });
    const refuse = (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body });
    const isRead = (url) => url.pathname.startsWith('/api/v1/') && !/(catalog|me|events)$/.test(url.pathname);
    for (const path of ['/', '/inbox', '/council', '/monday', '/cases/billing-129', '/friday', '/actions']) {
        await page.route(isRead, refuse);
        await page.goto(path);
        await page.getByText('The store is busy.').first().waitFor();
        assert.equal(await page.getByText(/no results yet|Nothing waits|Nothing is open/).count(), 0, path);
        await page.unroute(isRead, refuse);
        const again = page.getByRole('button', { name: 'Try again' });
        await until(async () => {
            // What one click brings takes the button away from under the next.
            if (await again.count())
                await again
                    .first()
                    .click({ timeout: 1000 })
                    .catch(() => {});
            return (await page.getByText('The store is busy.').count()) === 0;
        }, `${path} is there`);
        await settled(page);
    }
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
