/* The table of pages: a line here is all that it takes to hold a page to what every page keeps (pages.test.mjs).

   `seen` are words that must stand there. `by_keys` is the page's primary action by the keyboard alone, up to where
   it is seen to have worked. `before` brings about what the page shows, as another program would; `open` what lies
   over it. All pages stand on one demo, in this order: what Monday makes is there for those after it. */
import { press, settled, tabTo, until } from './ground.mjs';

const palette = async (page) => {
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
};

const leadsTo = (keys, pattern) => async (page) => {
    await press(page, keys);
    await page.waitForURL(pattern);
};

export const pages = [
    { name: 'this-week', path: '/', seen: ['This week', 'What needs somebody', 'support-answers'], by_keys: leadsTo('g 1', '**/monday') },
    {
        name: 'monday', path: '/monday', seen: ['Monday eval review', 'support-answers'],
        by_keys: async (page, server) => {
            await press(page, 'Control+Enter');
            await until(async () => (await server.ask('GET', '/actions?week=2026-W47')).items.length > 0, 'the review is open');
        },
    },
    { name: 'monday-table', path: '/monday?view=table', seen: ['Monday eval review'] },
    { name: 'inbox', path: '/inbox', seen: ['Inbox'] },
    { name: 'timeline', path: '/timeline', seen: ['Timeline'] },
    { name: 'friday', path: '/friday', seen: ['The week in words'] },
    { name: 'actions', path: '/actions', seen: ['Actions'], by_keys: leadsTo('j Enter', '**/actions?*peek=ACT-*') },
    {
        name: 'action-new', path: '/actions/new', seen: ['New action'],
        by_keys: async (page) => {
            await tabTo(page, /^Title/);
            await page.keyboard.type('Made by keys');
            await leadsTo('Control+Enter', '**/actions/ACT-*')(page);
        },
    },
    { name: 'surfaces', path: '/surfaces', seen: ['Surfaces', 'support-answers'], by_keys: leadsTo('j Enter', '**/surfaces?*peek=SUR-*') },
    { name: 'surface', path: '/surfaces/SUR-1', seen: ['support-answers', 'History'] },
    { name: 'cases', path: '/eval-cases', seen: ['refunds-101'] },
    { name: 'case', path: '/cases/CASE-30?surface=support-answers', seen: ['warranty-106', 'What changed', 'Quotes the policy as it is'], by_keys: leadsTo('Escape', '**/monday') },
    { name: 'records', path: '/records', seen: ['Everything'] },
    { name: 'search', path: '/search?q=refunds', seen: ['Search'] },
    {
        name: 'import', path: '/import', seen: ['Import results'],
        by_keys: async (page) => {
            const chooser = page.waitForEvent('filechooser');
            await settled(page); // the browser hears a moment later that somebody waits for the dialog
            await press(page, 'c');
            await chooser;
        },
    },
    { name: 'quarantine', path: '/quarantine', seen: ['Quarantine'] },
    { name: 'jobs', path: '/jobs', seen: ['Jobs'] },
    { name: 'settings', path: '/settings', seen: ['Settings'] },
    { name: 'nothing-there', path: '/no/such/page/here', seen: ['There is no such page'] },
    {
        name: 'palette', path: '/', seen: ['Monday eval review', 'This week'], open: palette,
        by_keys: async (page) => {
            await page.keyboard.type('all surfaces');
            await press(page, 'Enter');
            await page.waitForURL('**/surfaces');
        },
    },
    {
        name: 'keys', path: '/', seen: ['Single letters act', 'Show the keys'], open: (page) => press(page, '?'),
        by_keys: async (page) => {
            await tabTo(page, /Single letters act/);
            await press(page, 'Space Escape');
            await page.getByRole('dialog').waitFor({ state: 'detached' });
        },
    },
];
