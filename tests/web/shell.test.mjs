/* What stays while pages come and go: the palette, the keys, the theme, addresses. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import {
    axe,
    demoStore,
    openBrowser,
    openReader,
    press,
    screenshot,
    Server,
    settled,
    tabTo,
    until,
} from './ground.mjs';

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

/* As a hand would: over the page for a moment, and let go. Told is whether the page took it. */
const dropped = (isFile) =>
    page.evaluate(async (isFile) => {
        const held = new DataTransfer();
        if (isFile) held.items.add(new File(['{}'], 'results.json', { type: 'application/json' }));
        else held.setData('text/plain', 'words');
        const act = (type) =>
            !document.body.dispatchEvent(new DragEvent(type, { dataTransfer: held, bubbles: true, cancelable: true }));
        act('dragenter');
        for (let moves = 0; moves < 100 && !act('dragover'); moves++) await new Promise((done) => setTimeout(done, 20));
        return act('drop');
    }, isFile);

it('a file that is dropped on any page is taken to where files are imported', async () => {
    assert.equal(await dropped(true), true);
    await at('/import');
    await page.getByText('results.json').first().waitFor();
});
/* As Ctrl V does where nothing is being typed. */
const pasted = (text) =>
    page.evaluate((text) => {
        const held = new DataTransfer();
        held.setData('text/plain', text);
        document.body.dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true }),
        );
    }, text);

it('a link of this Rondo that is pasted is followed, another becomes a note, words do nothing', async () => {
    await pasted(`${server.address}/actions/ACT-1`);
    await at('/actions/ACT-1');
    await pasted('no link at all');
    await pasted('https://chat.example/thread/7');
    const note = page.getByLabel('Note', { exact: true });
    await note.waitFor();
    assert.equal(await note.inputValue(), 'https://chat.example/thread/7');
    // What was begun survives a reload, and goes once it is kept.
    await page.reload();
    await settled(page);
    await press(page, 'q');
    assert.equal(await note.inputValue(), 'https://chat.example/thread/7');
    await note.press('Enter');
    await page.getByText(/^NOTE-\d+ is kept/).waitFor();
    await press(page, 'q');
    await note.waitFor();
    assert.equal(await note.inputValue(), '');
});
it('a window that opens in the moment another closes stays', async () => {
    await press(page, 'q');
    await page.getByRole('dialog').waitFor();
    await page.evaluate(() => {
        const key = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
        new MutationObserver((_, observer) => {
            if (document.querySelector('dialog')) return;
            observer.disconnect();
            key();
        }).observe(document.body, { childList: true, subtree: true });
    });
    await page.getByLabel('Note', { exact: true }).fill('Kept while the keys open');
    await press(page, 'Enter');
    await page.getByText(/^NOTE-\d+ is kept/).waitFor();
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.waitForTimeout(200); // the first window tells of its closing meanwhile
    assert.equal(await page.getByRole('dialog', { name: 'Keys' }).isVisible(), true);
});
it('words that are dropped lead nowhere', async () => {
    assert.equal(await dropped(false), false);
    assert.equal(new URL(page.url()).pathname, '/timeline');
});
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
it('the palette leads to all that was found, and from the address of a row to the row', async () => {
    await palette('warranty');
    await page.getByRole('option', { name: 'All with “warranty”' }).click();
    await at('/search');
    await page.getByText('6 rows with “warranty”').waitFor();
    await page.getByText('One user insight').waitFor(); // the field that has the word
    await palette(`${server.address}/bets/BET-1?peek=x`);
    await page.getByRole('option', { name: /^Shorten the answers/, selected: true }).waitFor();
    await press(page, 'Enter');
    await at('/bets/BET-1');
});
it('the card of a row that is pointed at goes by Escape alone', async () => {
    await page.goto('/actions/ACT-2');
    await settled(page);
    await page.getByRole('link', { name: 'code-suggestions' }).hover();
    await page.getByRole('tooltip').waitFor();
    await press(page, 'Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await at('/actions/ACT-2');
});
it('who points at a link to a row sees what it is, and nothing is in the way afterwards', async () => {
    await page.goto('/');
    await settled(page);
    const link = page.getByRole('region', { name: 'Needs you' }).getByRole('link').first();
    await link.hover();
    await link.hover({ position: { x: 6, y: 6 } });
    const card = page.getByRole('tooltip');
    await card.waitFor();
    await card.getByText(/[A-Z]+-\d+/).waitFor();
    await screenshot(page, 'link-card');
    assert.deepEqual(await axe(page), []);
    await card.hover(); // it can be read with the pointer on it
    await page.waitForTimeout(400);
    await card.waitFor();
    await page.getByRole('heading', { name: 'This week' }).hover();
    await card.waitFor({ state: 'detached' });
    await link.hover();
    await card.waitFor();
    await press(page, 'Escape');
    await card.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Inbox' }).first().hover(); // leads to no row
    await page.waitForTimeout(700);
    assert.equal(await card.count(), 0);
});
it('the card comes to a link that the keyboard is at, and Escape takes that alone away', async () => {
    const card = page.getByRole('tooltip');
    await page.goto('/');
    await settled(page);
    const link = page.getByRole('region', { name: 'Needs you' }).getByRole('link').first();
    await tabTo(page, new RegExp(await link.innerText()));
    await card.waitFor();
    await card.getByText(/[A-Z]+-\d+/).waitFor();
    assert.deepEqual(await axe(page), []);
    await press(page, 'Tab Shift+Tab');
    assert.equal(await card.count(), 0, 'a key takes it away');
    await card.waitFor();
    await press(page, 'Escape');
    await card.waitFor({ state: 'detached' });
    await page.mouse.wheel(0, 5);
    await page.waitForTimeout(700);
    assert.equal(await card.count(), 0, 'it does not come back to who sent it away');
});
it('a row of a list shows its card to who comes by J, and keeps what was picked when Escape takes it away', async () => {
    await page.goto('/actions');
    await settled(page);
    const card = page.getByRole('tooltip');
    await press(page, 'j x');
    await press(page, 'j');
    await card.waitFor();
    assert.match(
        await card.innerText(),
        new RegExp(await page.evaluate(() => `${document.activeElement.dataset.row}\\b`)),
    );
    await press(page, 'Escape');
    await card.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row', { selected: true }).count(), 1);
    await press(page, 'Escape');
    await until(
        async () => (await page.getByRole('row', { selected: true }).count()) === 0,
        'the second Escape is of the list',
    );
    // Beside the list stands more than the card has.
    await press(page, 'Enter j');
    await page.waitForTimeout(700);
    assert.equal(await card.count(), 0);
});
it('who clicks at a row or at words has no card by that', async () => {
    await page.goto('/actions');
    await settled(page);
    await page.locator('[data-row] [role=gridcell]').nth(2).click();
    await page.mouse.move(1, 1);
    await page.waitForTimeout(700);
    assert.equal(await page.getByRole('tooltip').count(), 0);
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
    const line = page
        .getByRole('dialog')
        .locator('div', { has: page.getByText('Monday eval review', { exact: true }) })
        .last();
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
