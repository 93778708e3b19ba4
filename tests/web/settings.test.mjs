/* Settings, as somebody meets them who signs in with a password. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import {
    axe,
    demoStore,
    openBrowser,
    openReader,
    overflowOf,
    press,
    rondo,
    screenshot,
    Server,
    settled,
    SIZES,
} from './ground.mjs';

const PASSWORD = 'a long enough sentence';
const OTHER = 'another long sentence';
let browser, server, reader, page;
before(async () => {
    const store = demoStore();
    const { token } = JSON.parse(rondo(store, 'person', 'invite', 'Ben', '--roles', 'member', '--json'));
    server = await Server.start(store);
    await server.ask('POST', '/invitations/accept', { token, password: PASSWORD });
    browser = await openBrowser();
    reader = await openReader(browser, server);
    reader.expected.push(/401|422/); // nobody is signed in at first, and a wrong password is typed
    page = await reader.open('/settings');
    await signIn(PASSWORD);
    await settled(page);
});
after(async () => {
    const trouble = reader?.trouble() ?? [];
    await reader?.close();
    await browser?.close();
    await server?.stop();
    assert.deepEqual(trouble, []);
});
async function signIn(password) {
    await page.getByLabel(/^Name or e-mail/).fill('Ben');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await press(page, 'Enter');
    await page.getByRole('button', { name: 'Change the password' }).waitFor();
}
async function change(old, password, again = password) {
    await page.getByLabel('Password so far').fill(old);
    await page.getByLabel('New password').fill(password);
    await page.getByLabel('The new one again').fill(again);
}

it('the form of the password is whole only when the new one is typed twice alike', async () => {
    await change(PASSWORD, OTHER, 'something else here');
    await page.getByText('This is another password than above.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Change the password' }).isDisabled());
    await screenshot(page, 'settings-password');
    assert.deepEqual(await axe(page), []);
    await page.setViewportSize(SIZES.small);
    assert.equal(await overflowOf(page), null);
    await page.setViewportSize(SIZES.desk);
});
it('a wrong password so far, and a new one that is too short, are told beside their fields', async () => {
    await change('not the password', OTHER);
    await press(page, 'Enter');
    await page.getByText('This is not your password').waitFor();
    await change(PASSWORD, 'too short');
    await press(page, 'Enter');
    await page.getByText(/a password has 10 to/i).waitFor();
});
it('by the old one the new one is made; this browser stays, another one is signed out', async () => {
    const before = await server.ask('POST', '/sign-in', { name: 'Ben', password: PASSWORD });
    assert.equal(before.door, 'session');
    await change(PASSWORD, OTHER);
    await press(page, 'Enter');
    await page.getByText('Your password is changed').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Change the password' }).waitFor();
    await page.goto('/settings/sessions');
    await page.getByText('this browser').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign it out' }).count(), 1);
    await reader.context.clearCookies();
    await page.goto('/settings');
    await signIn(OTHER);
});
it('a change is taken back from the audit log, as long as it may be', async () => {
    await page.goto('/actions/new');
    await page.getByLabel(/^Title/).fill('Seen in the log');
    await press(page, 'Control+Enter');
    await page.waitForURL(/\/actions\/ACT-/);
    const made = page.url();
    await page.goto('/settings/audit');
    await settled(page);
    await page
        .getByRole('button', { name: /^change \d+/ })
        .first()
        .click();
    await page.getByRole('button', { name: 'Undo this change' }).click();
    await page.getByText('Undone.').waitFor();
    await page.goto(made);
    await page
        .getByText(/^Dropped on/)
        .first()
        .waitFor();
});
it('what a member may do is said in words that do not run together', async () => {
    await page.goto('/settings/members');
    await settled(page);
    await page.getByText('Member in Assistant').first().waitFor();
});
