/* Lists and pages of records, on the one that people make by hand: moving, editing, undo, two at once, drafts. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
let browser, server, reader;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
    for (const title of ['Look at refunds', 'Ask the vendor', 'Write the runbook'])
        await server.ask('POST', '/actions', { title });
});
after(async () => {
    await browser?.close();
    await server?.stop();
});
beforeEach(async () => {
    reader = await openReader(browser, server);
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    assert.deepEqual(trouble, []);
});
const fresh = (title, more = {}) => server.ask('POST', '/actions', { title, ...more });
const stored = (id) => server.ask('GET', `/actions/${id}`);

async function edit(page, label, text) {
    await page.getByRole('button', { name: `Edit ${label}` }).click();
    const field = page.getByLabel(label, { exact: true });
    await field.fill(text);
    return field;
}

it('a row of a past moment is only read, beside what was corrected since', async () => {
    const page = await reader.open('/actions/ACT-2?as_of=2026-11-09T12:00:00Z');
    const since = page.locator('section').filter({ hasText: 'Since then' });
    await since.waitFor();
    assert.match(await since.textContent(), /State\s*Open\s*Done/);
    assert.equal(await page.getByRole('button', { name: /^(Edit|Done|Drop|Add a link)/ }).count(), 0);
    await page.getByRole('button', { name: 'Show it as it is now' }).click();
    await page
        .getByRole('button', { name: /^Edit Title|^Edit Owner/ })
        .first()
        .waitFor();
    assert.equal(await since.count(), 0);
});
it('a list is told as it was on a day, and leads to its rows of that day', async () => {
    const page = await reader.open('/actions');
    const day = () => new URL(page.url()).searchParams.get('as_of');
    await page.getByRole('button', { name: 'As it was' }).click();
    await page.getByRole('menuitem', { name: 'A week ago' }).click();
    await page.getByText('As it was at the end of the day').waitFor();
    assert.equal((await until(day, 'the address says the day')).slice(0, 10), '2026-11-09');
    await page.getByRole('link', { name: /^sql-119/ }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Look at refunds' }).count(), 0);
    assert.equal(await page.getByRole('link', { name: /^New action/ }).count(), 0);
    assert.equal(
        new URL(await page.getByRole('link', { name: /^sql-119/ }).getAttribute('href'), page.url()).searchParams.get(
            'as_of',
        ),
        day(),
    );
    await page.getByLabel('The day that is told of').fill('2026-10-20');
    await page.getByText('No such row was there then.').waitFor();
    await page.getByRole('button', { name: 'Show the list as it is now' }).click();
    await page.getByRole('link', { name: 'Look at refunds' }).waitFor();
});
it('J and K move in a list, Enter shows the row beside it, and the address says so', async () => {
    const page = await reader.open('/actions');
    const here = () => page.evaluate(() => document.activeElement?.dataset.row);
    await press(page, 'j');
    const first = await until(here, 'a row has the focus');
    await press(page, 'j');
    const second = await until(async () => (await here()) !== first && here(), 'the next row has the focus');
    await press(page, 'k');
    await until(async () => (await here()) === first, 'the first row has the focus again');
    await press(page, 'j Enter');
    await page.getByRole('complementary', { name: new RegExp(second) }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('peek'), second);
    await page.reload();
    await page.getByRole('complementary', { name: new RegExp(second) }).waitFor();
    await press(page, 'Escape');
    await until(() => !new URL(page.url()).searchParams.has('peek'), 'Escape closes the pane');
});
it('/ leads to the filter, which is a part of the address', async () => {
    const page = await reader.open('/actions');
    await press(page, '/');
    await page.keyboard.type('vendor');
    await until(() => new URL(page.url()).search.includes('vendor'), 'the words are in the address');
    await page.getByText('Ask the vendor').waitFor();
    await page.getByText('Look at refunds').waitFor({ state: 'detached' });
});
it('a field is changed where it stands, and U takes it back', async () => {
    const { id } = await fresh('Call the hotline', { first_step: 'find the number' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'dial it');
    await press(page, 'Enter');
    await until(async () => (await stored(id)).first_step === 'dial it', 'the server has the new value');
    await page.getByText(/is saved/).waitFor();
    await until(() => page.evaluate(() => !document.activeElement?.matches('input')), 'the field is closed');
    await press(page, 'u');
    await until(async () => (await stored(id)).first_step === 'find the number', 'the server has the old value');
    await page.getByText('Undone.').waitFor();
    await page.getByText('find the number').first().waitFor();
});
it('Escape leaves a field as it was', async () => {
    const { id } = await fresh('Leave it alone', { first_step: 'breathe' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'panic');
    await press(page, 'Escape');
    await page.getByText('breathe').first().waitFor();
    assert.equal((await stored(id)).first_step, 'breathe');
});
it('of two who change the same field both values are shown, and the reader decides', async () => {
    reader.expected.push(/412/);
    const { id, version } = await fresh('Two cooks', { first_step: 'salt' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'pepper');
    // Held back, so that the window knows the old version when it saves.
    await page.route('**/api/v1/actions/*', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    reader.expected.push(/ERR_FAILED/);
    await server.ask('PATCH', `/actions/${id}`, { first_step: 'sugar' }, { 'If-Match': `"${version}"` });
    await press(page, 'Enter');
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody has changed this' });
    await conflict.waitFor();
    assert.match(await conflict.textContent(), /pepper[\s\S]*sugar/);
    assert.equal((await stored(id)).first_step, 'sugar');
    await page.unroute('**/api/v1/actions/*');
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await until(async () => (await stored(id)).first_step === 'pepper', 'mine is kept');
});
it('what others write into a field that is open is not written over unseen, though the page heard of it', async () => {
    reader.expected.push(/412/);
    const { id } = await fresh('Two bakers', { first_step: 'flour' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'water');
    await server.ask('PATCH', `/actions/${id}`, { first_step: 'milk' });
    await page.getByText('milk').first().waitFor(); // the history says so
    await page.reload();
    await settled(page);
    await page.getByLabel('First step', { exact: true }).press('Enter');
    const conflict = page.getByRole('alert').filter({ hasText: 'Somebody has changed this' });
    await conflict.waitFor();
    assert.match(await conflict.textContent(), /water[\s\S]*milk/);
    assert.equal((await stored(id)).first_step, 'milk');
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await until(async () => (await stored(id)).first_step === 'water', 'mine is kept');
});
it('two who change different fields do not disturb each other', async () => {
    reader.expected.push(/412/, /ERR_FAILED/);
    const { id, version } = await fresh('Two gardeners', { first_step: 'dig' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'water');
    await page.route('**/api/v1/actions/*', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await server.ask('PATCH', `/actions/${id}`, { title: 'Two gardeners and a dog' }, { 'If-Match': `"${version}"` });
    await press(page, 'Enter');
    await until(async () => (await stored(id)).first_step === 'water', 'mine is there');
    assert.equal((await stored(id)).title, 'Two gardeners and a dog');
});
it('what another program changes appears without a reload', async () => {
    const { id } = await fresh('Watch this');
    const page = await reader.open('/actions');
    await page.getByText('Watch this').waitFor();
    await page.evaluate(() => (window.same = true));
    await server.ask('PATCH', `/actions/${id}`, { title: 'Watched by all' });
    await page.getByText('Watched by all').waitFor();
    await server.ask('POST', '/actions', { title: 'Come from afar' });
    await page.getByText('Come from afar').waitFor();
    assert.equal(await page.evaluate(() => window.same), true);
});
it('rows that are picked are dropped by one change, and U brings all of them back', async () => {
    const made = [await fresh('Heap one'), await fresh('Heap two'), await fresh('Heap three')];
    const page = await reader.open('/actions?q=heap');
    await until(async () => (await page.locator('[data-row]').count()) === 3, 'the rows are there');
    const asked = [];
    page.on('request', (request) => ['PATCH', 'DELETE'].includes(request.method()) && asked.push(request.method()));
    await press(page, 'j x j x');
    await page.getByText('2 rows picked').waitFor();
    await page.getByRole('region', { name: 'Picked rows' }).getByRole('button', { name: 'Drop' }).click();
    await page.getByText('2 rows dropped.').waitFor();
    assert.deepEqual(asked, ['PATCH']);
    const gone = async () => (await Promise.all(made.map(({ id }) => stored(id)))).filter((row) => row.archived).length;
    assert.equal(await gone(), 2);
    await press(page, 'u');
    await until(async () => (await gone()) === 0, 'they are back');
    await until(async () => (await page.locator('[data-row]').count()) === 3, 'the list has them again');
});
it('a filter that was saved in one browser is there in another, and in the palette, until it is forgotten', async () => {
    const page = await reader.open('/actions?state=open&sort=-due');
    await page.getByRole('button', { name: 'Saved' }).click();
    await page.getByRole('menuitem', { name: 'Save this filter' }).click();
    await page.getByLabel(/^Its name/).fill('Open, late first');
    await press(page, 'Enter');
    await page.getByText('is in the palette').waitFor();
    const other = await openReader(browser, server);
    const there = await other.open('/actions');
    await there.getByRole('button', { name: 'Saved' }).click();
    await there.getByRole('menuitem', { name: 'Open, late first', exact: true }).click();
    await until(() => new URL(there.url()).search === '?state=open&sort=-due', 'it leads there');
    await press(there, 'Control+k');
    await there.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
    await there.keyboard.type('late first');
    await there.getByRole('option', { name: 'Open, late first' }).waitFor();
    await press(there, 'Escape');
    await there.getByRole('button', { name: 'Saved' }).click();
    await there.getByRole('menuitem', { name: /^Forget/ }).click();
    await until(async () => (await server.ask('GET', '/saved-filters')).items.length === 0, 'it is forgotten');
    assert.deepEqual(other.trouble(), []);
    await other.close();
});
it('a row that somebody else dropped says so where it was open', async () => {
    const { id } = await fresh('Gone tomorrow');
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'kept words');
    await server.ask('DELETE', `/actions/${id}`);
    await page
        .getByText(/dropped/i)
        .first()
        .waitFor();
    await page.getByText(/Typed, and not saved: kept words/).waitFor();
    await page.getByRole('button', { name: 'Bring it back' }).click();
    assert.equal(await page.getByLabel('First step', { exact: true }).inputValue(), 'kept words');
});
it('what is typed into a form survives a reload and goes when it is saved', async () => {
    let page = await reader.open('/actions/new');
    await page.getByLabel(/^Title/).fill('Half a thought');
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel(/^Title/).inputValue(), 'Half a thought');
    await page.getByLabel(/^Title/).focus();
    await press(page, 'Control+Enter');
    await page.waitForURL(/\/actions\/ACT-/);
    await page.getByRole('heading', { name: 'Half a thought' }).waitFor();
    page = await reader.open('/actions/new');
    assert.equal(await page.getByLabel(/^Title/).inputValue(), '');
});
it('what is typed into a field of a row survives a reload, too', async () => {
    const { id } = await fresh('Half a change', { first_step: 'before' });
    const page = await reader.open(`/actions/${id}`);
    await edit(page, 'First step', 'not yet saved');
    await page.reload();
    await settled(page);
    assert.equal(await page.getByLabel('First step', { exact: true }).inputValue(), 'not yet saved');
    assert.equal((await stored(id)).first_step, 'before');
});
it('a form says beside the field what is wrong, and keeps what was typed', async () => {
    reader.expected.push(/422|400/);
    const page = await reader.open('/actions/new');
    await page.getByLabel(/^First step/).fill('begin');
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText('This is needed.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'new-title');
    assert.equal(await page.getByLabel(/^First step/).inputValue(), 'begin');
});
it('a verb moves the row on, and only those that its state allows are there', async () => {
    const { id } = await fresh('Finish me');
    const page = await reader.open(`/actions/${id}`);
    assert.equal(await page.getByRole('button', { name: 'Reopen' }).count(), 0);
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    assert.equal((await stored(id)).state, 'done');
    await press(page, 'u');
    await page.getByRole('button', { name: 'Finish' }).waitFor();
});
it('text of users stays text: on lists, pages and in the palette', async () => {
    const { id } = await fresh(`${HOSTILE} hostile`, { first_step: HOSTILE });
    for (const path of ['/actions', `/actions/${id}`, `/actions?peek=${id}`, '/', '/inbox']) {
        const page = await reader.open(path);
        if (path.startsWith('/actions')) await page.getByText('<img src=x').first().waitFor();
        if (path === '/') {
            await press(page, 'Control+k');
            await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
            await page.keyboard.type('hostile');
            await page.getByRole('option', { name: /<img src=x/ }).waitFor();
        }
        assert.equal(await page.evaluate(() => window.hacked), undefined, path);
        assert.equal(await page.locator('img[src="x"]').count(), 0, path);
        await page.close();
    }
});
it('a page is made of what something was learned from, once, by a button, a key or the palette; of an action none is', async () => {
    const { id } = await server.ask('POST', '/decisions', {
        title: 'We keep the old prompt',
        context: 'It broke',
        decision: 'Back to 41',
        options: 'Go on; go back',
    });
    const page = await reader.open(`/decisions/${id}`);
    await page.getByRole('button', { name: 'Make a page' }).click();
    await page.waitForURL('**/knowledge-pages/KNP-*');
    const made = new URL(page.url()).pathname.split('/').pop();
    assert.equal((await server.ask('GET', `/knowledge-pages/${made}`)).source, id);
    await page
        .getByRole('link', { name: /We keep the old prompt/ })
        .first()
        .click();
    await page.waitForURL(`**/decisions/${id}`);
    await settled(page);
    await press(page, 'm');
    await page.waitForURL(`**/knowledge-pages/${made}`);
    await page.getByText(`There is ${made} of it already.`).waitFor();
    assert.equal((await server.ask('GET', '/knowledge-pages')).items.length, 1);
    assert.equal(await page.getByRole('button', { name: 'Make a page' }).count(), 0, 'no page of a page');
    const action = await fresh('Nothing to learn');
    await page.goto(`/actions/${action.id}`);
    await settled(page);
    assert.equal(await page.getByRole('button', { name: 'Make a page' }).count(), 0);
    await page.goto(`/decisions/${id}`);
    await settled(page);
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
    await page.keyboard.type('make a page');
    await page.getByRole('option', { name: new RegExp(`^Make a page of ${id}`), selected: true }).waitFor();
    await press(page, 'Enter');
    await page.waitForURL(`**/knowledge-pages/${made}`);
});
it('a filter, a row or a word that is named twice is shown twice, and the page goes on', async () => {
    const page = await reader.open('/actions?state=open&state=open');
    await until(async () => (await page.locator('.chip').count()) === 2, 'both filters are there');
    const { items } = await server.ask('GET', '/surfaces?limit=1');
    const surfaces = [items[0].id, items[0].id];
    const { id } = await server.ask('POST', '/incidents', { title: 'Twice', surfaces });
    await page.goto(`/incidents/${id}`);
    await page.getByRole('heading', { name: 'Twice' }).waitFor();
    await page.getByRole('button', { name: 'Edit Surfaces' }).click();
    const taken = page.getByRole('button', { name: /^Take .* away$/ });
    await until(async () => (await taken.count()) === 2, 'both surfaces are there');
});
it('what others write into a cell or a form of the settings that is open is not written over unseen', async () => {
    reader.expected.push(/412/);
    const [surface] = (await server.ask('GET', '/surfaces?limit=1')).items;
    const page = await reader.open('/settings/surfaces');
    const cell = page.getByLabel(`Floor of ${surface.name}`);
    await cell.fill('0.5');
    const heard = page.waitForResponse((reply) => reply.url().includes('/surfaces'));
    await server.ask('PATCH', `/surfaces/${surface.id}`, { floor: 0.25 });
    await heard;
    await cell.press('Enter');
    await page.getByText("Meanwhile it became '0.25'; you typed '0.5'.").waitFor();
    assert.equal((await server.ask('GET', `/surfaces/${surface.id}`)).floor, 0.25);

    const { person } = await server.ask('GET', '/me');
    await page.goto('/settings');
    await settled(page);
    await page.getByLabel(/^Zone/).fill('Europe/Madrid');
    await server.ask('PATCH', `/persons/${person.id}`, { zone: 'Europe/Paris' });
    await page.reload();
    await settled(page);
    await page.getByLabel(/^Zone/).press('Enter');
    await page
        .getByText(/Europe.Paris/)
        .first()
        .waitFor();
    assert.equal((await server.ask('GET', `/persons/${person.id}`)).zone, 'Europe/Paris');
});
