/* A ritual as two people run it in a browser: its clock, what comes out of it, the words for what does not, and the
   paragraph that both write. Rituals of one demo, each test on its own part of them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, NOW, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

const MINUTE_MS = 60_000;
const MONDAY = '/occurrences/RIT-1@2026-11-16/run';
let browser, server, reader;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
    await server.ask('POST', '/occurrences/RIT-1@2026-11-16/open', {});
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
const monday = () => server.ask('GET', MONDAY);
const later = (page, minutes) => page.clock.setFixedTime(new Date(Date.parse(NOW) + minutes * MINUTE_MS));
const required = async (kind) => (await monday()).required.find((one) => one.kind === kind);
async function begin(index, minutes) {
    const started = new Date(Date.parse(NOW) + minutes * MINUTE_MS).toISOString();
    await server.ask('PATCH', `/occurrence-steps/${(await monday()).steps[index].id}`, { started });
}

it('a step counts down, is given more time, and gives way to the next by a key', async () => {
    await begin(0, 0);
    const page = await reader.open(MONDAY);
    const timer = page.getByRole('timer');
    await page.getByText('10:00 left').waitFor();
    await later(page, 4);
    await page.getByText('6:00 left').waitFor();
    await page.getByLabel('Minutes of Trends').fill('20');
    await press(page, 'Tab');
    await page.getByText('16:00 left').waitFor();
    assert.equal((await monday()).steps[0].minutes, 20);
    await later(page, 21);
    await page.getByText('1:00 over').waitFor();
    await page.evaluate(() => document.activeElement.blur());
    await press(page, 's');
    await page.getByRole('listitem').filter({ hasText: 'Flips' }).getByRole('timer').waitFor();
    assert.equal(await timer.count(), 1);
});
it('no step takes less than a minute', async () => {
    reader.expected.push(/422/);
    const page = await reader.open(MONDAY);
    const before = (await monday()).steps[3].minutes;
    await page.getByLabel('Minutes of Decide').fill('0');
    await press(page, 'Tab');
    await page.getByText(/minutes.*must be between 1 and 480/i).waitFor();
    assert.equal((await monday()).steps[3].minutes, before);
});
it('minutes that others gave a step while one types are not written over unseen', async () => {
    reader.expected.push(/412/);
    const page = await reader.open(MONDAY);
    const { id, minutes } = (await monday()).steps[3];
    const field = page.getByLabel('Minutes of Decide');
    await field.fill('7');
    const heard = page.waitForResponse((reply) => reply.url().includes('/run'));
    await server.ask('PATCH', `/occurrence-steps/${id}`, { minutes: 9 });
    await heard;
    await settled(page);
    assert.equal(await field.inputValue(), '7');
    await press(page, 'Tab');
    await page.getByText('Somebody gave Decide 9 min meanwhile.').waitFor();
    assert.equal((await monday()).steps[3].minutes, 9);
    await until(async () => (await field.inputValue()) === '9', 'theirs stands');
    await field.fill(String(minutes));
    await press(page, 'Tab');
    await until(async () => (await monday()).steps[3].minutes === minutes, 'and is changed again');
});
it('a step whose time is over without a decision asks for it, and one key records it', async () => {
    await begin(2, 30);
    const page = await reader.open(MONDAY);
    await page.getByText('10:00 left').waitFor({ state: 'detached' });
    assert.equal(await page.getByText('Decided?').count(), 0);
    await later(page, 41);
    await page.getByText('The time of Tail is over').waitFor();
    await press(page, 'd');
    await page.keyboard.type('Keep the old judge');
    await press(page, 'Enter');
    await until(
        async () =>
            (await monday()).outputs.some((one) => one.kind === 'decision' && one.title === 'Keep the old judge'),
        'the decision is made in it',
    );
});
it('who has nothing to decide is not asked again for that step', async () => {
    await begin(3, 60);
    const page = await reader.open(MONDAY);
    await later(page, 71);
    await page.getByText('The time of Decide is over').waitFor();
    await page.getByRole('button', { name: 'Nothing to decide' }).click();
    await page.getByText('Decided?').waitFor({ state: 'detached' });
    await later(page, 80);
    await page.getByText('10:00 over').waitFor();
    assert.equal(await page.getByText('Decided?').count(), 0);
});
it('an artifact is made on the page; what it lacks is said beside it and what was typed stays', async () => {
    reader.expected.push(/422/);
    const page = await reader.open(MONDAY);
    await page.getByRole('button', { name: /^Add incident/i }).click();
    const form = page.getByRole('form', { name: /incident/i });
    await form.getByLabel('Title').fill('Refund answers quote an old policy');
    await form.getByLabel('Lead').fill('Nobody at all');
    await press(page, 'Enter');
    await form.getByRole('alert').filter({ hasText: 'Nobody at all' }).waitFor();
    assert.equal(await form.getByLabel('Title').inputValue(), 'Refund answers quote an old policy');
    assert.equal((await required('incident')).met, false);
    await form.getByLabel('Lead').fill('Mina Okafor');
    await press(page, 'Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Refund answers quote an old policy' }).waitFor();
    assert.equal((await required('incident')).met, true);
});
it('an action of a ritual needs somebody and a day', async () => {
    const page = await reader.open(MONDAY);
    await page.getByRole('button', { name: 'Add an action' }).click();
    const form = page.getByRole('form', { name: 'New action' });
    await form.getByLabel('Title').fill('Ask the vendor');
    await press(page, 'Enter');
    assert.equal(
        (await monday()).outputs.some((one) => one.title === 'Ask the vendor'),
        false,
    );
    await form.getByLabel('Owner').fill('Mina Okafor');
    await form.getByLabel('Due').fill('2026-11-20');
    await press(page, 'Enter');
    await form.waitFor({ state: 'detached' });
    const made = (await monday()).outputs.find((one) => one.title === 'Ask the vendor');
    assert.equal(made.owner, 'Mina Okafor');
});
it('a reason stands for none of a kind', async () => {
    const page = await reader.open(MONDAY);
    await page.getByRole('button', { name: /^None, because….*experiment/i }).click();
    const dialog = page.getByRole('dialog');
    await press(page, 'Enter');
    assert.equal((await required('experiment')).met, false);
    await dialog.getByLabel('Reason').fill('Two are running');
    await press(page, 'Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('none, because Two are running').waitFor();
    assert.equal((await required('experiment')).met, true);
});
it('of two who write the paragraph both are shown, and nothing is lost until one decides', async () => {
    reader.expected.push(/412/, /ERR_FAILED/);
    const page = await reader.open(MONDAY);
    const { occurrence } = await monday();
    const mine = page.getByLabel('Paragraph for the team');
    await mine.fill('What I saw');
    // Held back, so that this window knows the old version when it saves.
    await page.route('**/api/v1/occurrences/**', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await server.ask('PATCH', `/occurrences/${occurrence}`, { paragraph: 'What the other saw' });
    await mine.focus();
    await press(page, 'Control+Enter');
    await page.getByText('Meanwhile somebody wrote:').waitFor();
    await page.getByText('What the other saw').waitFor();
    assert.equal(await mine.inputValue(), 'What I saw');
    assert.equal((await monday()).paragraph, 'What the other saw');
    await page.unroute('**/api/v1/occurrences/**');
    await page.getByRole('button', { name: 'Use mine' }).click();
    await until(async () => (await monday()).paragraph === 'What I saw', 'mine is kept');
    await page.getByText('Saved.', { exact: true }).waitFor();
});
it('the other paragraph is kept as well as mine', async () => {
    reader.expected.push(/412/, /ERR_FAILED/);
    const page = await reader.open(MONDAY);
    const { occurrence } = await monday();
    const mine = page.getByLabel('Paragraph for the team');
    await mine.fill('Mine again');
    await page.route('**/api/v1/occurrences/**', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await server.ask('PATCH', `/occurrences/${occurrence}`, { paragraph: 'Theirs stays' });
    await mine.focus();
    await press(page, 'Control+Enter');
    await page.getByText('Meanwhile somebody wrote:').waitFor();
    await page.unroute('**/api/v1/occurrences/**');
    await page.getByRole('button', { name: 'Keep theirs' }).click();
    await until(async () => (await mine.inputValue()) === 'Theirs stays', 'theirs is shown');
    assert.equal((await monday()).paragraph, 'Theirs stays');
});

for (const [verb, day, state] of [
    ['Skip', 'RIT-2@2026-11-17', 'skipped'],
    ['Cancel', 'RIT-3@2026-11-18', 'cancelled'],
])
    it(`${verb} needs a word, and the word is told`, async () => {
        const page = await reader.open(`/occurrences/${day}/run`);
        await page.getByRole('button', { name: verb, exact: true }).click();
        const dialog = page.getByRole('dialog');
        await press(page, 'Enter');
        const run = () => server.ask('GET', `/occurrences/${day}/run`);
        assert.equal((await run()).state, 'scheduled');
        await dialog.getByLabel('Reason').fill('The team is away');
        await press(page, 'Enter');
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(`${state} because`).waitFor();
        assert.equal((await run()).state, state);
        assert.equal((await run()).reason, 'The team is away');
    });
it('a day that is skipped, and one that is closed, is as it was by U', async () => {
    reader.expected.push(/404/); // what was stored of the day is gone for a moment
    const page = await reader.open('/occurrences/RIT-5@2026-11-20/run');
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Nobody is here');
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).click();
    await page.getByText('It is skipped.').waitFor();
    await press(page, 'u');
    await page.getByText('Undone.').waitFor();
    const friday = () => server.ask('GET', '/occurrences/RIT-5@2026-11-20/run');
    await until(async () => (await friday()).state === 'scheduled', 'it is planned again');
    await page.getByRole('button', { name: 'Skip', exact: true }).waitFor();
    await page.getByRole('button', { name: /^Open/ }).click();
    await page.getByRole('button', { name: 'Close incomplete' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The room is needed');
    await page.getByRole('dialog').getByRole('button', { name: 'Close incomplete' }).click();
    await page.getByText('It is closed incomplete').waitFor();
    await press(page, 'u');
    await until(async () => (await friday()).state === 'open', 'it is open again');
    await page.getByRole('button', { name: 'Close incomplete' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Write it' }).getAttribute('href'), '/friday');
    assert.equal(await page.getByRole('button', { name: 'Add weekly update' }).count(), 0);
});
it('Escape leaves a day as it is', async () => {
    const page = await reader.open('/occurrences/RIT-4@2026-11-19/run');
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Changed my mind');
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal((await server.ask('GET', '/occurrences/RIT-4@2026-11-19/run')).state, 'scheduled');
});
it('a day is moved to another time where the ritual is', async () => {
    const page = await reader.open('/occurrences/RIT-4@2026-11-19/run');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Held at').fill('2026-11-20T15:30');
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Fri 15:30').waitFor();
    assert.match((await server.ask('GET', '/occurrences/RIT-4@2026-11-19/run')).at, /^2026-11-20T/);
});
it('a ritual is retired with a reason and a day, leaves the list, and comes back by U', async () => {
    const page = await reader.open('/rhythm');
    await page.getByRole('button', { name: 'Retire Friday roadmap and update' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('We write instead');
    await press(page, 'Enter');
    const state = async () => (await server.ask('GET', '/rituals/RIT-5')).state;
    assert.equal(await state(), 'active');
    await dialog.getByLabel('Look again on').fill('2027-01-15');
    await dialog.getByRole('button', { name: 'Retire' }).click();
    await page.getByRole('link', { name: 'Friday roadmap and update' }).waitFor({ state: 'detached' });
    assert.equal(await state(), 'retired');
    await press(page, 'u');
    await page.getByRole('link', { name: 'Friday roadmap and update' }).waitFor();
    assert.equal(await state(), 'active');
});
it('a ritual rests until it is resumed, which leaves no reason behind', async () => {
    const page = await reader.open('/rhythm');
    await page.getByRole('button', { name: 'Pause Tuesday prompt council' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Nothing changes in December');
    await dialog.getByLabel('Look again on').fill('2027-01-04');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Nothing changes in December').waitFor();
    // In the calendar it rests from now on; the days before stay as they were.
    const calendar = await reader.open('/calendar?day=2026-11-16');
    const struck = (day) =>
        calendar
            .locator(`a[href="/occurrences/RIT-2@${day}/run"]`)
            .evaluate((link) => getComputedStyle(link).textDecorationLine === 'line-through');
    assert.deepEqual([await struck('2026-11-10'), await struck('2026-11-17')], [false, true]);
    await calendar.close();
    await page.getByRole('button', { name: 'Resume Tuesday prompt council' }).click();
    await page.getByRole('button', { name: 'Pause Tuesday prompt council' }).waitFor();
    const ritual = await server.ask('GET', '/rituals/RIT-2');
    assert.deepEqual([ritual.state, ritual.reason], ['active', null]);
});
it('a standup that another window wrote first is shown, and what was typed here is kept for it', async () => {
    reader.expected.push(/409|422/, /ERR_FAILED/);
    const page = await reader.context.newPage();
    await page.route('**/api/v1/events*', (route) => route.abort()); // so that this window hears of nothing
    await page.goto('/standup');
    await page.getByLabel(/^Blockers/).fill('The test server');
    await server.ask('POST', '/standups', { progress: 'From the other window' });
    const save = page.getByRole('button', { name: 'Save the standup' });
    await save.click();
    await page.getByRole('alert').waitFor();
    await until(
        async () => (await page.getByLabel(/^Progress/).inputValue()) === 'From the other window',
        'theirs is shown',
    );
    assert.ok(await page.getByRole('alert').isVisible());
    assert.equal(await page.getByLabel(/^Blockers/).inputValue(), 'The test server');
    await save.click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const [mine] = (await server.ask('GET', '/standups')).items;
    assert.deepEqual([mine.progress, mine.blockers], ['From the other window', 'The test server']);
});
