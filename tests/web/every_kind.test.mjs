/* A record that the pages have never heard of, with a field of every kind: list, page and form work, and no file
   of web/ names it. The program is the real one with one room more (serve_every_kind.c). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, it } from 'node:test';
import {
    axe,
    BUILD,
    newFolder,
    openBrowser,
    openReader,
    overflowOf,
    press,
    screenshot,
    Server,
    settled,
    SIZES,
    until,
} from './ground.mjs';

const program = join(BUILD, 'serve_every_kind');
let browser, server, reader;
before(async () => {
    const store = join(newFolder(), 'kinds.db');
    const run = (...words) =>
        execFileSync(program, words, { env: { ...process.env, RONDO_STORE: store, USER: 'Ada' }, stdio: 'pipe' });
    run('init');
    run('team', 'add', '--name', 'Red');
    run('person', 'add', '--name', 'Ben');
    server = await Server.start(store, { program, env: { RONDO_AS: 'Ada' } });
    browser = await openBrowser();
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

/* Field, what is filled in, what the server must have. A pick is typed, then chosen from what is found. */
const typed = [
    ['name', 'Whistle'],
    ['serial', 'W-1'],
    ['about', 'Makes *noise*.'],
    ['amount', '12'],
    ['ratio', '0.25'],
    ['weight', '1.5'],
    ['due', '2026-12-24'],
    ['remark', 'between us'],
];
const BYTES = Buffer.from([0, 255, 10, 137, 80]);
const picture = (name, buffer = BYTES) => ({ name, mimeType: 'application/octet-stream', buffer });

it('the form has a control for every field that people fill in, and makes a row of them', async () => {
    const page = await reader.open('/gadgets/new');
    const of = (name) => page.locator(`#new-${name}`);
    const choose = (name, words) =>
        page.locator(`#new-${name}-options`).getByRole('option', { name: words }).first().click();
    for (const [name, value] of typed) await of(name).fill(value);
    await of('is_loud').selectOption('yes');
    await of('color').selectOption('green');
    await of('opened').fill('2026-11-02T08:30');
    await of('zone').fill('Europe/Berlin');
    await choose('zone', 'Europe/Berlin');
    await of('team').fill('Red');
    await choose('team', 'Red');
    await of('owner').fill('Ada');
    await press(page, 'Enter'); // before the server has answered: what is found then is chosen
    await of('helpers').fill('Ada');
    await choose('helpers', 'Ada');
    await of('tags').fill('small');
    await press(page, 'Enter');
    await of('extra').fill('{"made": ["here"]}');
    await of('picture').setInputFiles(picture('picture.bin'));
    await page.getByRole('button', { name: 'Download Picture, 5 bytes' }).waitFor();
    for (const side of ['People', 'Data'])
        await page.getByRole('group', { name: 'Dimensions' }).getByLabel(side).check();
    await screenshot(page, 'every-kind-form');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.waitForURL(/\/gadgets\/GAD-1$/);
    const row = await server.ask('GET', '/gadgets/GAD-1');
    const wanted = {
        name: 'Whistle',
        serial: 'W-1',
        about: 'Makes *noise*.',
        amount: 12,
        ratio: 0.25,
        weight: 1.5,
        is_loud: true,
        due: '2026-12-24',
        zone: 'Europe/Berlin',
        color: 'green',
        state: 'draft',
        tags: ['small'],
        extra: { made: ['here'] },
        picture: BYTES.toString('base64'),
        dimensions: ['data', 'people'],
        remark: 'between us',
    };
    for (const [name, value] of Object.entries(wanted)) assert.deepEqual(row[name], value, name);
    assert.match(row.opened, /^2026-11-02T08:30/);
    for (const name of ['team', 'owner']) assert.ok(row[name], name);
    assert.equal(row.helpers.length, 1);
});
it('the page shows every field, its states and its history', async () => {
    const page = await reader.open('/gadgets/GAD-1');
    for (const words of [
        'Whistle',
        'W-1',
        'noise',
        'Europe/Berlin',
        'between us',
        'small',
        'Red',
        'Ada',
        /^green$/i,
        '24 Dec 2026',
    ])
        await page.locator('main').getByText(words).first().waitFor();
    for (const field of [
        'amount',
        'ratio',
        'weight',
        'is_loud',
        'due',
        'zone',
        'color',
        'team',
        'owner',
        'helpers',
        'tags',
        'extra',
    ])
        assert.equal(await page.locator(`[data-field="${field}"]`).count(), 1, field);
    await screenshot(page, 'every-kind-page');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Finish' }).click();
    await until(async () => (await server.ask('GET', '/gadgets/GAD-1')).state === 'ready', 'it is ready');
});
it('every kind of field can be changed on the page', async () => {
    const page = await reader.open('/gadgets/GAD-1');
    const changes = [
        ['amount', '13', 13],
        ['ratio', '0.5', 0.5],
        ['name', 'Pipe', 'Pipe'],
        ['extra', '[1]', [1]],
        ['about', 'Quiet.', 'Quiet.'],
    ];
    for (const [name, text, value] of changes) {
        const field = page.locator(`[data-field="${name}"]`);
        if ((await field.count()) === 0) {
            assert.equal(name, 'name', `${name} has no line`);
            continue; // the title stands above, not among the fields
        }
        await field.getByRole('button', { name: /^Edit/ }).click();
        await field.locator('input, textarea').first().fill(text);
        await press(page, 'Control+Enter');
        await until(
            async () => JSON.stringify((await server.ask('GET', '/gadgets/GAD-1'))[name]) === JSON.stringify(value),
            `${name} is changed`,
        );
    }
    const serial = page.locator('[data-field="serial"]');
    assert.equal(
        await serial.getByRole('button', { name: /^Edit/ }).count(),
        0,
        'what is given for ever is not edited',
    );
});
it('bytes are had as a file, replaced, and taken away; more than fit are refused where they are chosen', async () => {
    const page = await reader.open('/gadgets/GAD-1');
    const field = page.locator('[data-field="picture"]');
    const stored = async () => (await server.ask('GET', '/gadgets/GAD-1')).picture;
    const coming = page.waitForEvent('download');
    await field.getByRole('button', { name: 'Download Picture, 5 bytes' }).click();
    assert.deepEqual(readFileSync(await (await coming).path()), BYTES);
    await field.getByRole('button', { name: 'Edit Picture' }).click();
    await field.locator('input').setInputFiles(picture('large.bin', Buffer.alloc(4097, 1)));
    await field.getByRole('alert').getByText('at most 4.1 KB').waitFor();
    assert.equal(await stored(), BYTES.toString('base64'));
    await field.locator('input').setInputFiles(picture('whole.bin', Buffer.alloc(4096, 7)));
    await field.getByText('4.1 KB', { exact: true }).waitFor();
    await field.getByRole('button', { name: 'Save' }).click();
    await until(async () => (await stored()) === Buffer.alloc(4096, 7).toString('base64'), 'the new bytes are stored');
    await field.getByRole('button', { name: 'Edit Picture' }).click();
    await field.getByRole('button', { name: 'Take away Picture' }).click();
    await field.getByRole('button', { name: 'Save' }).click();
    await until(async () => (await stored()) === null, 'the bytes are gone');
});
it('dimensions are chips that are checked by the keyboard', async () => {
    const page = await reader.open('/gadgets/GAD-1');
    const field = page.locator('[data-field="dimensions"]');
    await field.getByRole('button', { name: 'Edit Dimensions' }).click();
    assert.equal(await field.getByRole('checkbox').count(), 6);
    assert.ok(await field.getByLabel('People').isChecked());
    await screenshot(page, 'every-kind-dimensions');
    assert.deepEqual(await axe(page), []);
    await press(page, 'Space Tab Space Enter'); // the first one off, the second one on
    await until(
        async () => String((await server.ask('GET', '/gadgets/GAD-1')).dimensions) === 'ai,people',
        'they are changed',
    );
});
it('a refused neighbour is told beside its field', async () => {
    reader.expected.push(/422|400|409/);
    const page = await reader.open('/gadgets/GAD-1');
    const field = page.locator('[data-field="amount"]');
    await field.getByRole('button', { name: /^Edit/ }).click();
    await field.locator('input').fill('1001');
    await press(page, 'Enter');
    await field.getByRole('alert').waitFor();
    assert.notEqual((await server.ask('GET', '/gadgets/GAD-1')).amount, 1001);
});
it('the list shows it, filters, sorts, and fits a phone', async () => {
    await server.ask('POST', '/gadgets', { name: 'Anvil', color: 'red', amount: 3 });
    const page = await reader.open('/gadgets?sort=-amount');
    const rows = () => page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.dataset.row));
    assert.deepEqual(await rows(), ['GAD-1', 'GAD-2']);
    await page.goto('/gadgets?sort=amount');
    await settled(page);
    assert.deepEqual(await rows(), ['GAD-2', 'GAD-1']);
    await page.goto('/gadgets?color=red');
    await settled(page);
    assert.deepEqual(await rows(), ['GAD-2']);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, 'every-kind-list');
    await page.setViewportSize(SIZES.small);
    assert.equal(await overflowOf(page), null);
});
it('rows in an order of their own are moved by the keyboard', async () => {
    const first = await server.ask('POST', '/gadgets', { name: 'One', team: 'Red' });
    const page = await reader.open('/gadgets');
    const rows = () => page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.dataset.row));
    const before = await rows();
    assert.ok(before.length >= 3);
    const at = before.indexOf(first.id);
    await page.locator(`[data-row="${first.id}"]`).focus();
    await press(page, at === 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp');
    const wanted = at === 0 ? 1 : at - 1;
    await until(async () => (await rows()).indexOf(first.id) === wanted, 'the row has moved');
    await settled(page); // the server has been told
    await page.reload();
    await settled(page);
    assert.equal((await rows()).indexOf(first.id), wanted);
});
it('the palette offers to make one, and the owned record is reached from its owner', async () => {
    await server.ask('POST', '/gizmos', { gadget: 'GAD-1', name: 'Reed' });
    const page = await reader.open('/gizmos/GIZ-1');
    await page.getByText('Reed').first().waitFor();
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
    await page.keyboard.type('new gadget');
    await press(page, 'Enter');
    await page.waitForURL('**/gadgets/new');
});
