/* Friday's update in a browser: what is typed is counted, saved and refused; figures come by a key; what was sent stays
   as it was, whatever becomes of its runs; and nobody reads what is for others. The tests go on from one another: the
   update is written in the first of them and sent in the last. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

const BETS = ['Shorten the warranty answers', 'Index the manuals again', 'Ask five customers'];
let browser, server, reader, update;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
    update = (await server.ask('POST', '/updates/draft', {})).update.id;
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
const row = () => server.ask('GET', `/updates/${update}`);
const pageOf = (audience) => server.ask('GET', `/updates/${update}/page?audience=${audience}`);

it('a third sentence about the world is counted, saved, and keeps the update from being sent', async () => {
    const page = await reader.open('/friday');
    const world = page.getByLabel('What changed in the world', { exact: true });
    await world.fill('One provider raised its prices, e.g. for long contexts. Ours did not.');
    await page.getByText('2 sentences of 2').waitFor();
    await world.press('End');
    await page.keyboard.type(' A third one.');
    await page.getByText('3 sentences of 2: say less').waitFor();
    assert.equal(await world.getAttribute('aria-invalid'), 'true');
    await page.getByText('world: two sentences max').first().waitFor();
    await press(page, 'Control+Enter');
    await page.getByRole('dialog').getByText('world: two sentences max').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Send it' }).count(), 0);
    await press(page, 'Escape');
    await world.fill('One provider raised its prices, e.g. for long contexts. Ours did not.');
    await until(
        async () => (await pageOf('engineering')).errors.every((one) => !one.includes('two sentences')),
        'two sentences are well',
    );
});
it('a slash finds a figure by some letters and asks for its surface; within a word it is a slash', async () => {
    const page = await reader.open('/friday');
    const field = page.getByLabel('One user insight', { exact: true });
    await field.fill('');
    await page.keyboard.type('Either/or at ');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await press(page, '/');
    await page.keyboard.type('pass rate');
    await page.getByRole('option', { name: 'Pass rate evals.pass_rate', exact: true }).waitFor();
    await press(page, 'Enter');
    await page.keyboard.type('document');
    await press(page, 'Enter'); // before the server has answered
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.type(' they say so.');
    const words = 'Either/or at {{figure evals.pass_rate surface=document-extraction}} they say so.';
    assert.equal(await field.inputValue(), words);
    await until(async () => (await row()).user === words, 'it is saved by itself');
    await page.getByRole('article').getByText('Either/or at').getByRole('link', { name: '80.0 %' }).click();
    const working = page.getByRole('dialog');
    await working.getByText("rondo review --week 2026-W47 --surface 'document-extraction'").waitFor();
    await working.getByText(/^n \d+$/).waitFor();
});
it('who leaves the list of figures has typed a slash', async () => {
    const page = await reader.open('/friday');
    const field = page.getByLabel('What changed in the world', { exact: true });
    const before = await field.inputValue();
    await field.press('End');
    await page.keyboard.type(' ');
    await press(page, '/');
    await page.getByRole('dialog').waitFor();
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), `${before} /`);
    await field.fill(before);
    await page.getByText('Saved.', { exact: false }).first().waitFor();
});
it('what the rooms bring comes in by a key, and a reason stands for an insight', async () => {
    const page = await reader.open('/friday');
    const cost = page.getByLabel('One cost or latency observation', { exact: true });
    const first = (await pageOf('engineering')).candidates.cost_latency[1].line;
    await cost.focus();
    await press(page, 'Alt+1');
    assert.equal(await cost.inputValue(), first, 'another candidate takes the place of the first');
    await cost.fill('');
    await page.getByLabel('No cost or latency observation this week, because').fill('no run says what it costs');
    await until(
        async () =>
            (await row()).cost_latency_none === 'no run says what it costs' && (await row()).cost_latency === null,
        'the reason is kept',
    );
});
it("bets are added, given an owner and an outcome, and last week's are scored only with evidence", async () => {
    reader.expected.push(/422/);
    const page = await reader.open('/friday');
    for (const [index, title] of BETS.entries()) {
        await page.getByLabel('New bet').fill(title);
        await press(page, 'Enter');
        await page.getByLabel(`Owner ${index + 1}`).fill('Mina Okafor');
        await press(page, 'Tab');
        await page.getByLabel(`Expected outcome ${index + 1}`).fill('Half of them pass');
        await press(page, 'Tab');
    }
    await until(
        async () => (await pageOf('engineering')).bets.filter((one) => one.owner && one.outcome).length === 3,
        'three whole bets',
    );
    const title = 'Ask five customers about summaries in Spanish';
    await page.getByRole('button', { name: `Hit: ${title}` }).click();
    await page.getByRole('alert').filter({ hasText: 'evidence' }).waitFor();
    await page.getByLabel(`Evidence of ${title}`).fill('Four of five named the same sentence');
    await page.getByRole('button', { name: `Hit: ${title}` }).click();
    await page.getByText('Four of five named the same sentence').first().waitFor();
    assert.equal((await pageOf('engineering')).last_bets.find((one) => one.title === title).state, 'hit');
});
it('an exception has no way out but an explanation', async () => {
    const page = await reader.open('/friday');
    const list = page.getByRole('region', { name: 'Exceptions' });
    assert.equal(await list.getByRole('button').count(), 0);
    await list.getByLabel('Explain ACT-3').fill('The vendor has the file.');
    await press(page, 'Enter');
    await page.getByRole('article').getByText('The vendor has the file.').waitFor();
});
it('of two who write the same part both are shown', async () => {
    reader.expected.push(/412/, /ERR_FAILED/);
    const page = await reader.open('/friday');
    await page.route(/\/(page|week)\?/, (route) => route.abort());
    await server.ask('PATCH', `/updates/${update}`, { user: 'What the other wrote' });
    const field = page.getByLabel('One user insight', { exact: true });
    await field.fill('What I wrote');
    await page.getByText('What the other wrote').waitFor();
    assert.equal((await row()).user, 'What the other wrote');
    assert.equal(await field.inputValue(), 'What I wrote');
    await page.unroute(/\/(page|week)\?/);
    await page.getByRole('button', { name: 'Use mine' }).click();
    await until(async () => (await row()).user === 'What I wrote', 'mine is kept');
});
it('what others write into a bet that is being typed into is neither shown in its place nor written over unseen', async () => {
    reader.expected.push(/412/);
    const page = await reader.open('/friday');
    const [bet] = (await pageOf('engineering')).bets;
    const stored = async () => (await server.ask('GET', `/bets/${bet.id}`)).title;
    const field = page.getByLabel('Bet 1', { exact: true });
    const article = page.getByRole('article');
    await field.fill('My bet');
    await server.ask('PATCH', `/bets/${bet.id}`, { title: 'The bet of others' });
    await article.getByText('The bet of others').waitFor();
    assert.equal(await field.inputValue(), 'My bet');
    await press(page, 'Tab');
    await page.getByText("Meanwhile it became 'The bet of others'; you typed 'My bet'.").waitFor();
    assert.equal(await stored(), 'The bet of others');
    await page.getByRole('button', { name: 'Use mine' }).click();
    await until(async () => (await stored()) === 'My bet', 'mine is kept');
    await page.getByRole('button', { name: 'Use mine' }).waitFor({ state: 'detached' });
    await field.fill(bet.title);
    await press(page, 'Tab');
    await until(async () => (await stored()) === bet.title, 'and can be changed again');
});
it('a new update is no update of the id "new"', async () => {
    const page = await reader.open('/updates/new');
    await page.getByRole('heading', { name: /^New / }).waitFor();
});
it('executives do not see what is for engineers, not even hidden', async () => {
    const page = await reader.open('/friday');
    const field = page.getByLabel('What changed in production', { exact: true });
    await field.fill(
        `${await field.inputValue()}\n::: engineering\n- The canary of engineers: no measured effect.\n:::`,
    );
    await page.getByRole('article').getByText('The canary of engineers').waitFor();
    await page.getByRole('button', { name: 'Executives' }).click();
    await page.getByText(/\d+ of 200 words/).waitFor();
    const text = page.getByRole('article', { name: 'The update as executives read it' });
    await text.getByText('The canary of engineers').waitFor({ state: 'detached' });
    assert.doesNotMatch(await text.innerHTML(), /canary/);
});
it('what was sent stays as it was when its run is gone, and is corrected by one more edition', async () => {
    const page = await reader.open('/friday');
    await press(page, 'Control+Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Then it never changes').waitFor();
    await press(page, 'Enter');
    await page.getByRole('link', { name: 'Edition 1' }).waitFor();
    const article = page.getByRole('article');
    const before = await article.innerHTML();
    assert.match(before, /88\.6 %/);
    const run = (await pageOf('engineering')).figures.find((one) => one.figure === 'evals.pass_rate');
    assert.equal(run.words, '88.6 %');
    await server.ask('DELETE', `/eval-runs/${run.id}`);
    const told = await server.ask('GET', '/figures/told?written=evals.pass_rate%20surface=support-answers');
    assert.notEqual(told.words, run.words, 'the figure itself is another one now');
    await page.reload();
    await settled(page);
    assert.equal(await article.innerHTML(), before);
    await server.ask('POST', `/eval-runs/${run.id}/undo`, {});
    await page.getByRole('button', { name: 'Correct it' }).click();
    const form = page.getByRole('form', { name: 'Correction' });
    await form.getByLabel('What is corrected').fill('They wrote more.');
    assert.ok(
        await form.getByRole('button', { name: 'Send the correction' }).isDisabled(),
        'a correction changes something',
    );
    await form.getByLabel('One user insight', { exact: true }).fill('They wrote to us');
    await form.getByRole('button', { name: 'Send the correction' }).click();
    await page.getByRole('link', { name: 'Edition 2' }).waitFor();
    await article.getByText('They wrote more.').waitFor();
    assert.equal((await pageOf('executives')).editions.length, 2);
});
