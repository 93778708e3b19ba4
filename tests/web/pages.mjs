/* The table of pages: a line here is all that it takes to hold a page to what every page keeps (pages.test.mjs).

   `seen` are words that must stand there. `by_keys` is the page's primary action by the keyboard alone; what it
   gives is words that must be seen afterwards. `before` brings about what the page shows, as another program would. */
import { press, tabTo } from './ground.mjs';

const palette = async (page) => {
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
};

export const pages = [
    { name: 'this-week', path: '/', seen: [] },
    { name: 'monday', path: '/monday', seen: [] },
    { name: 'inbox', path: '/inbox', seen: [] },
    { name: 'timeline', path: '/timeline', seen: [] },
    { name: 'friday', path: '/friday', seen: [] },
    { name: 'actions', path: '/actions', seen: [] },
    { name: 'action-new', path: '/actions/new', seen: [] },
    { name: 'surfaces', path: '/surfaces', seen: [] },
    { name: 'surface', path: '/surfaces/SUR-1', seen: [] },
    { name: 'cases', path: '/eval-cases', seen: [] },
    { name: 'case', path: '/cases/CASE-1', seen: [] },
    { name: 'records', path: '/records', seen: [] },
    { name: 'import', path: '/import', seen: [] },
    { name: 'settings', path: '/settings', seen: [] },
    { name: 'nothing-there', path: '/no/such/page/here', seen: [] },
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
