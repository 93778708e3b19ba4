/* What is told besides the update, in a browser: taken along as text and on paper, counted, made into cards. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import { demoStore, openBrowser, openReader, press, Server, settled, until } from './ground.mjs';

let browser, server, reader;
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
    await reader.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterEach(async () => {
    const trouble = reader.trouble();
    await reader.close();
    assert.deepEqual(trouble, []);
});
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const pagesOf = async (page) =>
    (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g).length;

it('the brief is copied as the command prints it, with and without marks', async () => {
    const brief = await server.ask('GET', '/brief');
    const page = await reader.open('/brief');
    for (const [entry, words] of [
        ['As Markdown', brief.markdown],
        ['As plain text', brief.text],
    ]) {
        await page.getByRole('button', { name: 'Copy' }).click();
        await page.getByRole('menuitem', { name: entry }).click();
        await until(async () => (await copied(page)) === words, `${entry}: the clipboard has it`);
    }
    assert.match(brief.markdown, /\]\(\/eval-runs\//);
    assert.doesNotMatch(brief.text, /\]\(|\*\*/);
});
it('the brief is one sheet of paper: the text alone', async () => {
    const page = await reader.open('/brief');
    assert.equal(await pagesOf(page), 1);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('button', { name: 'Copy' }).count(), 0);
    await page.getByRole('heading', { name: 'Three figures' }).waitFor();
});
it('a brief over its limit is counted and warned of, one within it is not', async () => {
    const page = await reader.open('/brief');
    assert.equal(await page.getByRole('status').getByText('half a page').count(), 0);
    const { update } = await server.ask('POST', '/updates/draft', {});
    const { version } = await server.ask('GET', `/updates/${update.id}`);
    const long = `- [long](/surfaces/SUR-1) ${'word '.repeat(180)}`;
    await server.ask('PATCH', `/updates/${update.id}`, { production: long }, { 'If-Match': `"${version}"` });
    await page.getByText(/It has 2\d\d words: half a page is 200\./).waitFor();
    await server.ask('PATCH', `/updates/${update.id}`, { production: null });
    await page.getByText(/half a page is 200/).waitFor({ state: 'detached' });
});
it('a figure of the brief opens its working, and is made into a card with its value of now', async () => {
    const page = await reader.open('/brief');
    await page.getByRole('article').getByRole('link', { name: '88.6 %' }).first().click();
    await page.getByRole('button', { name: 'Make an insight card' }).click();
    const dialog = page.getByRole('dialog', { name: 'New insight card' });
    await dialog.getByText('88.6 %').waitFor();
    await dialog.getByRole('button', { name: 'Keep the card' }).click();
    assert.equal((await server.ask('GET', '/insights')).items.length, 0, 'a card without a sentence is not kept');
    await dialog.getByLabel('What was learned').fill('Warranty answers fell');
    await dialog.getByLabel('So what').fill('The old prompt goes back.');
    await dialog.getByRole('button', { name: 'Keep the card' }).click();
    const { items } = await until(async () => {
        const cards = await server.ask('GET', '/insights');
        return cards.items.length ? cards : null;
    }, 'the card is kept');
    assert.deepEqual(
        [items[0].words, items[0].so_what, items[0].part],
        ['88.6 %', 'The old prompt goes back.', 'eval'],
    );
});
it('a week or a team that cannot be told of is a sentence, not an empty page', async () => {
    reader.expected.push(/40[04]|422/);
    for (const [path, words] of [
        ['/brief?week=soon', /soon/],
        ['/talking-points?team=Nobody', /Nobody/],
    ]) {
        const page = await reader.open(path);
        await page.getByRole('alert').or(page.locator('main')).getByText(words).first().waitFor();
    }
});
it("talking points of a team are its own, and Friday's page leads to all that is told", async () => {
    await server.ask('POST', '/teams', { name: 'Search' });
    const page = await reader.open('/friday');
    await page.getByRole('link', { name: 'Told besides' }).click();
    await page.getByRole('link', { name: /Talking points Search/ }).click();
    await page.waitForURL('**/talking-points?team=Search');
    await settled(page);
    assert.equal(await page.getByRole('article').getByText('support-answers').count(), 0, 'another team has it');
    await page.getByLabel('Team').selectOption({ label: 'The whole workspace' });
    await page.getByRole('article').getByText('support-answers').first().waitFor();
    await press(page, 'y');
    await until(async () => (await copied(page)).startsWith('# Talking points, the whole workspace'), 'Y copies them');
});

// --- the board's ---

const boardOf = (id) => server.ask('GET', `/board-briefs/${id}/read`);

it('a board brief is written with a figure, and a risk without owner or mitigation keeps it from being sent', async () => {
    const { id } = await server.ask('POST', '/board-briefs', { title: 'Board, fourth quarter' });
    const page = await reader.open(`/board-briefs/${id}`);
    const missing = page.getByRole('region', { name: 'What is missing' });
    await missing.getByText('it tells no wins').waitFor();
    await page.getByLabel('Wins').focus();
    await page.keyboard.type('We pass ');
    await press(page, '/');
    await page.keyboard.type('pass rate');
    await page.getByRole('option', { name: 'Pass rate evals.pass_rate', exact: true }).waitFor();
    await press(page, 'Enter');
    await page.keyboard.type('support');
    await page.getByRole('option', { name: /support-answers/ }).waitFor();
    await press(page, 'Enter');
    await page.getByRole('article').getByRole('link', { name: '88.6 %' }).waitFor();
    await missing.waitFor({ state: 'detached' });
    await page.getByLabel('New risk').fill('Costs double');
    await press(page, 'Enter');
    await missing.getByText("the risk 'Costs double' has no mitigation").waitFor();
    await page.getByRole('button', { name: 'Send to the board' }).click();
    await page.getByRole('dialog').getByText("the risk 'Costs double' has no owner").waitFor();
    assert.equal(await page.getByRole('button', { name: 'Send it' }).count(), 0);
    assert.equal((await boardOf(id)).brief.state, 'draft');
});
it('sent once, it stays as it was: no field is left to write in', async () => {
    const [{ id }] = (await server.ask('GET', '/board-briefs')).items;
    const page = await reader.open(`/board-briefs/${id}`);
    await page.getByLabel('Owner 1').fill('Mina Okafor');
    await press(page, 'Tab');
    await page.getByLabel('Mitigation 1').fill('A budget for each surface.');
    await press(page, 'Tab');
    await page.getByRole('region', { name: 'What is missing' }).waitFor({ state: 'detached' });
    await press(page, 'Control+Enter');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('sent 16 Nov 2026').waitFor();
    assert.equal(await page.getByRole('textbox').count(), 0);
    await page.getByRole('article').getByText('A budget for each surface. (Mina Okafor)').waitFor();
    const sent = await boardOf(id);
    assert.deepEqual([sent.missing, sent.markdown], [[], sent.brief.markdown]);
    await assert.rejects(server.ask('PATCH', `/board-briefs/${id}`, { wins: 'More' }), /was sent/);
});

// --- reports ---

const RUN = (run, passed, when) =>
    Array.from({ length: 20 }, (_, at) =>
        JSON.stringify({ suite: 'trial', surface: 'trial', run, case: `c-${at}`, pass: at < passed, started_at: when }),
    ).join('\n');
const read = async (run, passed, when) => {
    const reply = await fetch(`${server.address}/api/v1/imports?name=${run}.jsonl`, {
        method: 'POST',
        body: RUN(run, passed, when),
    });
    assert.ok(reply.ok, await reply.text());
    await until(
        async () => (await server.ask('GET', '/eval-runs?limit=200')).items.some((one) => one.run === run),
        `${run} is read in`,
    );
};

it('a card says what became of its figure since the last snapshot, and only a figure that can be told is a card', async () => {
    reader.expected.push(/422/);
    await read('trial-1', 18, '2026-11-02T07:00:00Z');
    await read('trial-2', 10, '2026-11-16T06:00:00Z');
    await server.ask('POST', '/reports', { title: 'Trial' });
    await server.ask('POST', '/report-cards', {
        report: 'Trial',
        title: 'Answers that pass',
        figure: 'evals.pass_rate surface=trial',
    });
    const page = await reader.open('/reports/REP-1');
    await page.getByText('None yet. What is kept never changes').waitFor();
    assert.equal(await page.getByText(/ since /).count(), 0, 'there is nothing before it');
    await server.ask('POST', '/reports/REP-1/snapshot', { as_of: '2026-11-03' });
    await page.getByText('\u221240.0 points since 3 Nov 2026, 00:00').waitFor();
    await assert.rejects(
        server.ask('POST', '/report-cards', { report: 'Trial', title: 'x', figure: 'evals.nothing' }),
        /there is no figure/,
    );
});
it('what was told otherwise at the same instant is seen as corrected', async () => {
    const page = await reader.open('/reports/REP-1');
    await page.getByRole('button', { name: 'As of 3 Nov 2026, 00:00' }).click();
    await page.getByRole('button', { name: '90.0 %' }).waitFor();
    assert.equal(await page.getByText(/Corrected/).count(), 0, 'it is told as it was');
    await read('trial-1-again', 19, '2026-11-02T09:00:00Z');
    await page.reload();
    await page.getByText('Corrected: it was told as 90.0 %').waitFor();
    await page.getByRole('button', { name: '95.0 %' }).waitFor();
    assert.match((await server.ask('GET', '/report-snapshots/RSN-1')).markdown, /90\.0 %/);
});
it('a card whose surface was never measured says why it has no figure', async () => {
    await server.ask('POST', '/surfaces', { name: 'empty', suite: 'trial' });
    await server.ask('POST', '/report-cards', {
        report: 'Trial',
        title: 'Not measured',
        figure: 'evals.pass_rate surface=empty',
    });
    const page = await reader.open('/reports/REP-1');
    await page
        .getByText(/has no data/)
        .first()
        .waitFor();
    await page.getByRole('button', { name: 'Take Not measured away' }).click();
    await page.getByText('Not measured', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('Answers that pass').waitFor();
});
