/* What stays while pages come and go: the palette, the keys, the theme, addresses. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

let browser, server, reader, page;
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
    page = await reader.open('/timeline');
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    assert.deepEqual(trouble, []);
});
const at = (path) => page.waitForURL((url) => url.pathname === path);
const field = () => page.getByRole('combobox', { name: 'Search or jump to' });
const palette = async (words) => {
    await press(page, 'Control+k');
    await field().waitFor();
    await page.keyboard.type(words);
};

it('the palette finds a command by some of its letters and runs it', async () => {
    await palette('mon ev');
    await page.getByRole('option', { name: 'Monday eval review' }).waitFor();
    await press(page, 'Enter');
    await at('/monday');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
});
it('the palette finds a record by its words and opens it', async () => {
    await palette('support-answers');
    await page.getByRole('option', { name: /support-answers.*SUR-1/ }).click();
    await at('/surfaces/SUR-1');
});
it('the palette says so when nothing is called like that, and Escape gives the page back', async () => {
    await palette('zzqqxx');
    await page.getByText('Nothing is called').waitFor();
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).pathname, '/timeline');
});
it('the arrows choose in the palette, round the end', async () => {
    await palette('new ');
    const chosen = () => page.locator('[role=option][aria-selected=true]').textContent();
    const first = await chosen();
    await press(page, 'ArrowDown');
    assert.notEqual(await chosen(), first);
    await press(page, 'ArrowUp');
    assert.equal(await chosen(), first);
});
it('G then 1 goes to Monday, and back goes back', async () => {
    await press(page, 'g 1');
    await at('/monday');
    await page.goBack();
    await at('/timeline');
});
it('the key sheet tells what the keys do here', async () => {
    await press(page, '?');
    const line = page.getByRole('dialog').locator('div', { has: page.getByText('Monday eval review', { exact: true }) }).last();
    assert.match(await line.textContent(), /G 1/);
});
it('single letters that are switched off do nothing, also after a reload; chords go on', async () => {
    await press(page, '?');
    await page.getByRole('checkbox', { name: /Single letters act/ }).uncheck();
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const again of [false, true]) {
        if (again) await page.reload();
        await settled(page);
        await press(page, 'g 1 ? j x');
        await page.waitForTimeout(300);
        assert.equal(new URL(page.url()).pathname, '/timeline');
        assert.equal(await page.getByRole('dialog').count(), 0);
    }
    await press(page, 'Control+k');
    await field().waitFor();
});
it('letters typed into a field are text and no commands', async () => {
    await palette('g1');
    assert.equal(await field().inputValue(), 'g1');
    assert.equal(new URL(page.url()).pathname, '/timeline');
});
it('the theme that was chosen is there before the first paint of the next visit', async () => {
    await palette('theme');
    await press(page, 'Enter');
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await until(async () => (await theme()) === 'dark', 'the theme is dark');
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.body);
    assert.equal(await theme(), 'dark');
    await settled(page);
});
it('the first Tab leads past the sidebar', async () => {
    await page.reload();
    await settled(page);
    await page.evaluate(() => document.activeElement?.blur());
    const skip = page.getByRole('link', { name: 'Skip to the page' });
    await skip.focus();
    await press(page, 'Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});
it('an address that leads nowhere says so, and an id alone leads to its record', async () => {
    const nowhere = await reader.open('/no/such/page/here');
    await nowhere.getByText('There is no such page').waitFor();
    const short = await reader.open('/SUR-1');
    await short.waitForURL('**/surfaces/SUR-1');
});
it('on a phone the bar at the foot leads to the palette', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('navigation', { name: 'Main places' }).getByRole('button', { name: 'More' }).click();
    await field().waitFor();
});
