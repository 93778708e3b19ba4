/* The table of pages: a line here is all that it takes to hold a page to what every page keeps (pages.test.mjs).

   `seen` are words that must stand there. `by_keys` is the page's primary action by the keyboard alone, up to where
   it is seen to have worked. `before` brings about what the page shows, as another program would; `open` what lies
   over it. All pages stand on one demo, in this order: what Monday makes is there for those after it; one that is
   `alone` has a demo of its own. */
import assert from 'node:assert/strict';
import { press, settled, tabTo, until } from './ground.mjs';

const palette = async (page) => {
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor();
};

const openActions = async (server) => (await server.ask('GET', '/actions?state=open&limit=1000')).items.length;

const leadsTo = (keys, pattern) => async (page) => {
    await press(page, keys);
    await page.waitForURL(pattern);
};

const dropRituals = async (server) => {
    for (const { id } of (await server.ask('GET', '/rituals')).items) await server.ask('DELETE', `/rituals/${id}`);
};
const busyMonday = (title) =>
    `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261130T080000Z\nDURATION:PT3H\nSUMMARY:${title}\nEND:VEVENT\nEND:VCALENDAR\n`;
const readBusyMonday = async (server) => {
    const { id } = await server.ask('POST', '/outside-calendars', { name: 'Work' });
    await server.ask('POST', `/outside-calendars/${id}/file`, busyMonday('Dentist'));
};
const occurrence = (server) => server.ask('GET', '/occurrences/RIT-1@2026-11-16/run');

export const pages = [
    {
        name: 'this-week-empty',
        path: '/',
        alone: true,
        before: dropRituals,
        seen: ['fell', 'says which cases flipped', 'Install the AI product week'],
        by_keys: async (page) => {
            assert.match(await page.locator('main h2').first().textContent(), /support-answers fell/);
            await tabTo(page, 'Install the AI product week');
            await press(page, 'Enter');
            await page.getByText('Monday eval review').first().waitFor();
            await page.getByText('Tuesday prompt council').first().waitFor();
        },
    },
    {
        name: 'this-week',
        path: '/',
        seen: ['This week', 'Tuesday prompt council', 'Needs you', 'What needs somebody', 'support-answers'],
        by_keys: leadsTo('g 1', '**/monday'),
    },
    {
        name: 'this-week-late',
        path: '/',
        alone: true,
        before: async (server) => {
            for (let at = 0; at < 11; at++)
                await server.ask('POST', '/actions', { title: `Late ${at}`, due: '2026-11-10T12:00:00Z', owner: 'me' });
        },
        seen: ['Late', 'All 13'],
        by_keys: async (page) => {
            assert.equal(await page.getByRole('region', { name: 'Late' }).getByRole('listitem').count(), 11);
            await tabTo(page, 'All 13');
            await leadsTo('Enter', '**/actions?*')(page);
        },
    },
    {
        name: 'ritual-before',
        path: '/occurrences/RIT-1@2026-11-16/run',
        seen: ['Monday eval review', 'What has to come out', 'Preparation', 'scribe Mina Okafor'],
        before: async (server) => {
            await server.ask('PATCH', '/ritual-roles/RRO-2', { person: 'Mina Okafor' });
        },
        by_keys: async (page, server) => {
            await press(page, 'Control+Enter');
            await until(async () => (await occurrence(server)).state === 'open', 'the ritual is open');
            await page.waitForURL('**/occurrences/OCC-*/run');
        },
    },
    {
        name: 'ritual-open',
        path: '/occurrences/RIT-1@2026-11-16/run',
        seen: ['Paragraph for the team', 'Close incomplete'],
        by_keys: async (page, server) => {
            // Who opens it is there.
            await press(page, 'h');
            await until(async () => (await occurrence(server)).attendees.length === 0, 'nobody is here');
            await page.getByRole('button', { name: 'I am here' }).waitFor();
            await press(page, 'h');
            await until(async () => (await occurrence(server)).attendees.length === 1, 'one is here');
            await page.getByRole('button', { name: 'Next speaker' }).waitFor();
            await press(page, 'n');
            await page.getByText('has spoken').waitFor();
            await press(page, 'w');
            await page.keyboard.type('Said by keys');
            await press(page, 'Enter');
            await page.getByText('Said by keys').waitFor();
            await until(async () => (await occurrence(server)).notes.length === 1, 'the note is kept');
        },
    },
    {
        name: 'ritual-closed',
        path: '/occurrences/RIT-1@2026-11-16/run',
        seen: ['Minutes', 'MIN-13', 'Tried in the test'],
        before: async (server) => {
            if ((await occurrence(server)).state === 'open')
                await server.ask('POST', '/occurrences/RIT-1@2026-11-16/close', {
                    incomplete: true,
                    reason: 'Tried in the test',
                });
        },
        by_keys: async (page) => {
            await tabTo(page, 'MIN-13');
            await leadsTo('Enter', '**/minutes/MIN-13')(page);
        },
    },
    {
        name: 'rhythm',
        path: '/rhythm',
        seen: ['Rhythm', 'Friday roadmap and update', 'Adherence'],
        by_keys: async (page, server) => {
            await press(page, 'j p');
            await page.getByRole('dialog').waitFor();
            await page.keyboard.type('Nobody misses it');
            await page.getByLabel('Look again on').fill('2026-12-14');
            await press(page, 'Enter');
            await until(
                async () => (await server.ask('GET', '/rituals?state=paused')).items.length === 1,
                'one ritual rests',
            );
        },
    },
    {
        name: 'portfolio',
        path: '/portfolio',
        seen: ['Portfolio', 'Offered changes', 'Blue', 'Together', '11:45'],
        before: async (server) => {
            await server.ask('POST', '/teams', { name: 'Blue' });
            await server.ask('POST', '/rituals/clone', { rituals: ['RIT-1', 'RIT-3'], to_team: 'Blue' });
            await server.ask('PATCH', '/rituals/RIT-1', { at: '11:45' });
            await server.ask('PATCH', '/rituals/RIT-3', { minutes: 35 });
        },
        by_keys: async (page, server) => {
            const offered = async () => (await server.ask('GET', '/ritual-offers')).rituals.length;
            const clone = async (of) =>
                (await server.ask('GET', '/rituals?limit=100')).items.find((one) => one.clone_of === of);
            await press(page, 'j k t');
            await until(async () => (await clone('Monday eval review')).at === '11:45', 'the clone has the new time');
            await until(
                async () => (await page.getByRole('button', { name: /^Take/ }).count()) === 1,
                'one offer is left',
            );
            await press(page, 'x');
            await until(async () => (await offered()) === 0, 'the other is declined');
            assert.equal((await clone('Wednesday triage')).minutes, 45);
            await press(page, 'c');
            await page.getByRole('columnheader', { name: 'Friday roadmap and update' }).waitFor();
        },
    },
    {
        name: 'monday',
        path: '/monday',
        seen: ['Monday eval review', 'support-answers'],
        by_keys: async (page, server) => {
            // Kinds of flips of which there is none are not offered.
            assert.match(await page.getByLabel('Which cases').innerText(), /^All\s*69\s*Regressed\s*51\s*Fixed\s*18$/);
            const rows = page.locator('#flips, main').locator('li[id^="flip-"]');
            // What stands out of sight is not drawn, and says nothing by innerText.
            assert.match(await rows.first().textContent(), /score 0\.\d\d before, 0\.\d\d now/);
            // While nobody has any of them there is no column of owners.
            const { items: made } = await server.ask('GET', '/actions?week=2026-W47');
            assert.equal(await page.locator('main .head').getByText('Owner').count(), made.length ? 1 : 0);
            await page.getByLabel('Which cases').getByText('Fixed').click();
            assert.match(
                await until(async () => (await rows.first().textContent()).match(/Fixed[^]*/)?.[0], 'fixed ones'),
                /fail to pass/,
            );
            await page.getByLabel('Which cases').getByText('Regressed').click();
            await press(page, 'Control+Enter');
            await until(
                async () => (await server.ask('GET', '/actions?week=2026-W47')).items.length > 0,
                'the review is open',
            );
            // Flaky flips get theirs when somebody asks: all of a surface at once.
            const make = page.getByRole('button', { name: 'Make all actions' });
            const offered = await until(() => make.count(), 'flaky ones have none');
            await make.first().press('Enter');
            await until(async () => (await make.count()) === offered - 1, 'all flips of one surface have an action');
        },
    },
    {
        name: 'monday-table',
        path: '/monday?view=table',
        seen: ['Monday eval review'],
        by_keys: async (page) => {
            await press(page, 't');
            await page.waitForURL((url) => url.pathname === '/monday' && !url.searchParams.has('view'));
        },
    },
    {
        name: 'inbox',
        path: '/inbox',
        seen: ['Inbox'],
        by_keys: async (page, server) => {
            const before = await openActions(server);
            await press(page, 'j d');
            await until(async () => (await openActions(server)) === before - 1, 'one action is done');
            const waiting = async () => (await server.ask('GET', '/inbox')).items.length;
            const first = await waiting();
            await tabTo(page, /^Tomorrow: /);
            await press(page, 'Enter');
            await until(async () => (await waiting()) === first - 1, 'one thing is put off');
        },
    },
    {
        name: 'quick-note',
        path: '/settings',
        seen: ['New note'],
        open: (page) => press(page, 'q'),
        by_keys: async (page, server) => {
            await page.keyboard.type('Ask #legal about the prompt due:friday');
            await page.keyboard.press('Enter');
            await until(
                async () => (await server.ask('GET', '/notes')).items.some((one) => one.tags.includes('legal')),
                'the note is kept',
            );
        },
    },
    {
        name: 'standup',
        path: '/standup',
        seen: ['Standup', 'Progress', 'Help offered', "Everybody's day", 'Not yet:'],
        by_keys: async (page, server) => {
            await tabTo(page, /^Blockers/);
            await page.keyboard.type('The vendor does not answer');
            await press(page, 'Control+Enter');
            await until(
                async () =>
                    (await server.ask('GET', '/standups/day')).items.some(
                        (one) => one.blockers === 'The vendor does not answer',
                    ),
                'the standup is kept',
            );
            await page.getByRole('article').getByText('The vendor does not answer').waitFor();
        },
    },
    {
        name: 'week-review',
        path: '/week-review',
        seen: ['Week review', 'Achievements', 'Top three'],
        by_keys: async (page, server) => {
            await tabTo(page, /^Top three/);
            await page.keyboard.type('Ship the fix');
            await press(page, 'Control+Enter');
            await until(
                async () =>
                    (await server.ask('GET', '/week-reviews')).items.some(
                        (one) => one.top_three === 'Ship the fix' && one.week === '2026-W47',
                    ),
                'the week review is kept',
            );
            await page.evaluate(() => document.activeElement.blur()); // in the field [ is a letter like any other
            await press(page, '[');
            await page.waitForURL('**/week-review?week=2026-W46');
        },
    },
    {
        name: 'dimensions',
        path: '/dimensions',
        seen: ['Dimensions', 'call the bank', 'Governance'],
        before: (server) => server.ask('POST', '/notes', { body: 'call the bank' }),
        by_keys: async (page, server) => {
            const bank = async () =>
                (await server.ask('GET', '/notes')).items.find((one) => one.body === 'call the bank');
            await press(page, 'j k 4');
            await until(async () => (await bank()).dimensions.includes('governance'), 'the note is about governance');
        },
    },
    {
        name: 'prompt-used',
        path: '/prompts/search-summary/used',
        seen: [
            'search-summary: where used',
            'PCR-3 is under way and meets 2 of these',
            'search-summaries',
            'production prompt',
            'eval runs',
        ],
        by_keys: async (page) => {
            await press(page, 'j');
            await leadsTo('Enter', '**/surfaces/SUR-2')(page);
        },
    },
    {
        name: 'prompt-used-empty',
        path: '/prompts/nobodys/used',
        seen: ['Nothing uses this prompt yet'],
        before: (server) => server.ask('POST', '/prompts', { name: 'nobodys' }),
        by_keys: leadsTo('v', '**/prompts/nobodys/history'),
    },
    {
        name: 'impact',
        path: '/impact',
        seen: [
            'Expected and actual impact',
            '66.7 %',
            '2 hits, 1 partly, 0 missed of 3 scored',
            'inline-suggestion 32 to production',
            'Nobody noticed.',
        ],
        by_keys: async (page) => {
            await press(page, 'j');
            await leadsTo('Enter', '**/impact-reviews/new?prompt_change=PCR-4')(page);
        },
    },
    {
        name: 'council-served',
        path: '/council/PCR-1',
        seen: ['What happened', 'hit', 'fell from 61 to 44 a week'],
        by_keys: async (page) => {
            await press(page, 'b');
            await page.getByText('The plan: rondo prompt rollback support-answer').waitFor();
            await press(page, 'Escape');
        },
    },
    {
        name: 'prompt-history-empty',
        path: '/prompts/unwritten/history',
        seen: ['This prompt has no version yet.'],
        before: (server) => server.ask('POST', '/prompts', { name: 'unwritten' }),
        by_keys: async (page) => {
            await tabTo(page, 'New version');
            await leadsTo('Enter', '**/prompt-versions/new?prompt=*')(page);
        },
    },
    {
        name: 'prompt-history',
        path: '/prompts/search-summary/history?version=6',
        seen: ['search-summary: history', 'How it does is unknown', 'A rule about years', 'Roll test back'],
        before: (server) => server.ask('POST', '/prompts/search-summary/move', { label: 'test', version: 5 }),
        open: async (page) => {
            for (const words of ['test moved on to search-summary 5', '84.0 % of 200 cases', 'Roll test back to this'])
                await page.getByText(words).first().waitFor();
            await press(page, 'j j d');
            await page.waitForURL(
                (url) => url.searchParams.get('version') === '4' && url.searchParams.get('by') === 'lines',
            );
        },
        by_keys: async (page, server) => {
            await press(page, 'k k');
            await page.waitForURL((url) => url.searchParams.get('version') === '6');
            await press(page, 'b');
            await page.getByText('test goes from search-summary 5 back to search-summary 6').waitFor();
            await page.keyboard.type('Tried in the test');
            await press(page, 'Enter');
            await page.getByText('test serves search-summary 6').first().waitFor();
            const last = (await server.ask('GET', '/deployments?label=test&sort=-effective_at')).items[0];
            assert.equal(last.reason, 'Tried in the test');
            await page.locator('dialog[open]').waitFor({ state: 'detached' });
            await leadsTo('w', '**/prompts/search-summary/used')(page);
            await settled(page);
            await leadsTo('Escape', '**/prompts/PRM-*')(page);
        },
    },
    {
        name: 'council',
        path: '/council',
        seen: ['search-summary 6 to production', 'Needs 1 approval by', 'Rollback plan', 'Gate', 'passes'],
        before: (server) => server.ask('POST', '/memberships', { person: 'me', roles: ['council'] }),
        by_keys: async (page, server) => {
            const change = (await server.ask('GET', '/council')).items[0].change.id;
            await press(page, 'r');
            await page.getByRole('dialog').waitFor();
            await page.keyboard.type('Which claims have two sources?');
            await press(page, 'Enter');
            await page.getByText('asked for changes').first().waitFor();
            await until(
                async () => (await server.ask('GET', `/prompt-changes/${change}`)).state === 'changes_requested',
                'changes are asked for',
            );
        },
    },
    {
        name: 'council-draft',
        path: '/council/PCR-6',
        seen: ['it lacks a rollback plan', 'Shorter answers cost less', 'Broke:', 'blocks'],
        by_keys: async (page) => {
            await press(page, 'j');
            await page.waitForURL((url) => url.pathname.startsWith('/council/') && !url.pathname.endsWith('/PCR-6'));
        },
    },
    {
        name: 'calendar',
        path: '/calendar?day=2026-11-16',
        seen: ['November 2026', 'Monday eval review', 'Tuesday prompt council', 'Subscribe'],
        by_keys: async (page) => {
            await press(page, 'w');
            await page.getByText('16 to 22 November 2026').waitFor();
            await press(page, 'j');
            await page.getByText('23 to 29 November 2026').waitFor();
            await press(page, 'm');
            await press(page, 's');
            await page.getByRole('dialog', { name: 'Subscribe in a calendar program' }).waitFor();
            await page.getByRole('dialog').getByRole('combobox').selectOption('All rituals of ai-week');
            await tabTo(page, 'Make the address');
            await press(page, 'Enter');
            await page.getByLabel('The address').waitFor();
            const address = await page.getByLabel('The address').inputValue();
            const feed = await page.request.get(address);
            const words = await feed.text();
            assert.ok(
                words.includes('X-WR-CALNAME:Rondo: ai-week') && words.includes('SUMMARY:Monday eval review'),
                'the address is a calendar of the pack',
            );
        },
    },
    {
        name: 'calendar-week',
        path: '/calendar?day=2026-11-16&view=week',
        seen: ['16 to 22 November 2026', 'Thursday model-watch'],
        by_keys: leadsTo('k', '**/calendar?day=2026-11-09*'),
    },
    {
        name: 'calendar-outside',
        path: '/calendar?day=2026-11-30&view=week',
        before: readBusyMonday,
        seen: ['Rituals that meet something else', 'meets Dentist'],
        by_keys: async (page, server) => {
            await press(page, 'o');
            const dialog = page.getByRole('dialog', { name: 'Calendars of other programs' });
            await dialog.getByText('1 event, read').waitFor();
            await dialog.getByLabel('Secret address').fill('https://127.0.0.1:9/SECRET.ics');
            await dialog.getByLabel('Name').fill('Home');
            await tabTo(page, 'Read it in');
            await press(page, 'Enter');
            await dialog.getByText('Home is asked again later').waitFor();
            await dialog.getByText('Fails since').waitFor();
            assert.ok(!(await dialog.textContent()).includes('SECRET'), 'the address is not shown again');
            const isInside = async () =>
                (await server.ask('GET', '/outside-calendars')).items.find((one) => one.name === 'Home').inside;
            assert.ok(!(await isInside()), 'the own network is asked only where an owner says so');
            await dialog.getByLabel('Secret address').fill('https://127.0.0.1:9/SECRET.ics');
            await tabTo(page, /^The address lies in your own network/);
            await press(page, 'Space');
            await tabTo(page, 'Read it in');
            await press(page, 'Enter');
            await dialog.getByText('Home is asked again later').waitFor();
            await until(isInside, 'the own network is not asked though an owner said so');
            await tabTo(page, 'A file');
            await press(page, 'Enter');
            await dialog.getByLabel('File').setInputFiles({
                name: 'Home.ics',
                mimeType: 'text/calendar',
                buffer: Buffer.from(busyMonday('Plumber')),
            });
            await tabTo(page, 'Read it in');
            await press(page, 'Enter');
            await dialog.getByText('Home: 1 event in.').waitFor();
            await page.keyboard.press('Escape');
            await page.getByText('meets Plumber').first().waitFor();
        },
    },
    {
        name: 'this-week-meets',
        path: '/',
        seen: ['Rituals that meet something else', 'meets Standing in line'],
        before: async (server) => {
            const { id } = await server.ask('POST', '/outside-calendars', { name: 'Errands' });
            await server.ask(
                'POST',
                `/outside-calendars/${id}/file`,
                busyMonday('Standing in line').replaceAll('20261130', '20261116'),
            );
        },
        by_keys: leadsTo('g 1', '**/monday'),
    },
    {
        name: 'knowledge',
        path: '/knowledge',
        seen: ['Knowledge', 'Spanish glossary', 'They ask twice', 'alone: ask', 'nobody owns it'],
        before: async (server) => {
            const page = await server.ask('POST', '/knowledge-pages', {
                title: 'Spanish glossary',
                topics: ['spanish'],
                review_by: '2026-11-02',
            });
            await server.ask('PATCH', `/knowledge-pages/${page.id}`, { owner: null });
            await server.ask('POST', '/lessons', {
                title: 'They ask twice',
                topic: 'users',
                source: 'Support',
                topics: ['support'],
            });
        },
        by_keys: leadsTo('j Enter', '**/knowledge-pages/KNP-*'),
    },
    {
        name: 'incident-linked',
        path: '/incidents/INC-1',
        seen: ['Invoices in two currencies', 'Monday eval review', 'Postmortem: Invoices', 'stable'],
        by_keys: leadsTo('m', '**/knowledge-pages/KNP-*'),
    },
    {
        name: 'incident',
        path: '/incidents/INC-2',
        seen: ['Answers in Spanish broke', 'Make a page', 'History'],
        before: (server) =>
            server.ask('POST', '/incidents', { title: 'Answers in Spanish broke', impact: 'A tenth of users' }),
        by_keys: leadsTo('m', '**/knowledge-pages/KNP-*'),
    },
    { name: 'timeline', path: '/timeline', seen: ['Timeline'], by_keys: leadsTo('c', '**/change-events/new') },
    {
        name: 'timeline-steps',
        path: '/timeline?show=runs',
        seen: ['Timeline'],
        by_keys: leadsTo('j j k Enter', '**/eval-runs/*'),
    },
    {
        name: 'timeline-older',
        path: '/timeline?show=changes',
        seen: ['The newest 100 events', 'Show older'],
        before: async (server) => {
            for (let n = 0; n < 101; n++)
                await server.ask('POST', '/change-events', {
                    title: `Long ago ${n}`,
                    kind: 'config',
                    effective_at: new Date(Date.UTC(2020, 0, 1, n)).toISOString(),
                });
        },
        by_keys: async (page, server) => {
            await page.getByRole('button', { name: 'Show older' }).focus();
            await press(page, 'Enter');
            await page.getByText('Long ago 0', { exact: true }).waitFor();
            assert.equal(await page.getByRole('button', { name: 'Show older' }).count(), 0);
            // What somebody tells of comes by itself, also there.
            await server.ask('POST', '/change-events', {
                title: 'Longer ago',
                kind: 'config',
                effective_at: '2019-01-01T00:00:00Z',
            });
            await page.getByText('Longer ago', { exact: true }).waitFor();
            await page.getByText('Long ago 0', { exact: true }).waitFor();
        },
    },
    {
        name: 'friday-begin',
        path: '/friday',
        seen: ['Update of 2026-W47', 'Nobody has begun it', 'support-answers', 'Exceptions'],
        by_keys: async (page, server) => {
            await press(page, 'Control+Enter');
            await page.getByLabel('What changed in production').waitFor();
            await until(
                async () => (await server.ask('GET', '/updates?week=2026-W47')).items.length === 1,
                'the update is begun',
            );
        },
    },
    {
        name: 'friday',
        path: '/friday',
        seen: [
            'Update of 2026-W47',
            'Before it can be sent',
            'next: 3 to 5 bets',
            "Last week's bets",
            'Ask five customers',
        ],
        before: (server) => server.ask('POST', '/updates/draft', {}),
        by_keys: async (page, server) => {
            const world = async () => (await server.ask('GET', '/updates?week=2026-W47')).items[0].world;
            await tabTo(page, 'What changed in the world');
            await page.keyboard.type('One provider raised its prices.');
            await until(async () => (await world()) === 'One provider raised its prices.', 'what is typed is saved');
            await press(page, 'Control+Enter');
            await page.getByRole('dialog').getByText('It cannot be sent yet').waitFor();
        },
    },
    {
        name: 'friday-executives',
        path: '/friday?audience=executives',
        seen: ['of 200 words', 'What changed in production'],
        by_keys: leadsTo('[', '**/friday?week=2026-W46*'),
    },
    {
        name: 'friday-sent',
        path: '/updates/UPD-1',
        seen: ['Update of 2026-W46', 'sent', 'Edition 1', 'Correct it', '91.1 %'],
        by_keys: async (page) => {
            await tabTo(page, '91.1 %');
            await press(page, 'Enter');
            await page.getByRole('dialog').getByText('rondo review --week 2026-W46').waitFor();
        },
    },
    {
        name: 'updates',
        path: '/updates',
        seen: ['Updates', 'W46', 'sent 13 Nov 2026', '1 of 2 bets hit, 50 %'],
        by_keys: leadsTo('j Enter', '**/updates/UPD-*'),
    },
    {
        name: 'bets',
        path: '/bets',
        seen: ['Bets', '1 of 2 scored bets came true', 'Shorten the answers about warranty'],
        by_keys: leadsTo('t', '**/bets?view=table'),
    },
    {
        name: 'bets-table',
        path: '/bets?view=table',
        seen: ['Bets', 'Hit rate', 'Dropped'],
        by_keys: leadsTo('j Enter', '**/bets/BET-*'),
    },
    {
        name: 'actions-past',
        path: '/actions?as_of=2026-11-09T12:00:00Z',
        seen: ['Actions', 'As it was at', 'Only to be read', 'sql-119 on code-suggestions'],
        by_keys: leadsTo('j Enter', '**/actions?*peek=ACT-*'),
    },
    {
        name: 'action-past',
        path: '/actions/ACT-2?as_of=2026-11-09T12:00:00Z',
        seen: ['As it was at', 'Since then', 'Show it as it is now'],
        by_keys: leadsTo('z', (url) => !url.searchParams.has('as_of')),
    },
    {
        name: 'actions',
        path: '/actions',
        seen: ['Actions'],
        by_keys: async (page) => {
            // Open ones stand first, as the catalogue has it.
            assert.equal(await page.locator('[aria-sort]').getAttribute('aria-sort'), 'descending');
            assert.match(await page.locator('[data-row]').first().innerText(), /Open/);
            await leadsTo('j Enter', '**/actions?*peek=ACT-*')(page);
        },
    },
    {
        name: 'action-new',
        path: '/actions/new',
        seen: ['New action'],
        by_keys: async (page) => {
            await tabTo(page, /^Title/);
            await page.keyboard.type('Made by keys');
            await leadsTo('Control+Enter', '**/actions/ACT-*')(page);
        },
    },
    {
        name: 'surfaces',
        path: '/surfaces',
        seen: ['Surfaces', 'support-answers'],
        by_keys: leadsTo('j Enter', '**/surfaces?*peek=SUR-*'),
    },
    {
        name: 'surface',
        path: '/surfaces/SUR-1',
        seen: ['support-answers', 'History', 'Named by'],
        by_keys: async (page, server) => {
            const surface = () => server.ask('GET', '/surfaces/SUR-1');
            // What names it, with how many there are; of comparison overrides there are none.
            const named = page.locator('main section').filter({ hasText: 'Named by' });
            await named.getByText('11', { exact: true }).waitFor();
            assert.match(await named.innerText(), /Eval runs\s+11/);
            assert.doesNotMatch(await named.innerText(), /Comparison overrides/);
            const { floor } = await surface();
            await tabTo(page, 'Edit Floor');
            await press(page, 'e Control+a');
            await page.keyboard.type('0.5');
            await press(page, 'Enter');
            await until(async () => (await surface()).floor === 0.5, 'the floor is changed');
            await page
                .getByText(/^Floor of .* is saved/)
                .first()
                .waitFor(); // undo is offered from then on
            await press(page, 'u');
            await until(async () => (await surface()).floor === floor, 'the floor is what it was');
        },
    },
    {
        name: 'cases',
        path: '/eval-cases',
        seen: ['refunds-101'],
        by_keys: leadsTo('j Enter', '**/eval-cases?*peek=CASE-*'),
    },
    {
        name: 'metric-trend',
        path: '/metric-series/MET-1/trend',
        seen: ['acceptance rate', '31.5 %', 'n 12,316', 'since W46', 'no evidence of a trend'],
        by_keys: async (page) => {
            await press(page, 't');
            await page.getByText('95 % interval').waitFor();
            await leadsTo('Escape', '**/metric-series/MET-1')(page);
        },
    },
    {
        name: 'metric-trend-empty',
        path: '/metric-series/latency/trend',
        seen: ['Nothing was measured in these twelve weeks.'],
        before: (server) =>
            server.ask('POST', '/metric-series', {
                name: 'latency',
                surface: 'support-answers',
                kind: 'value',
                unit: 's',
            }),
        by_keys: leadsTo('Escape', '**/metric-series/MET-*'),
    },
    {
        name: 'case',
        path: '/cases/CASE-30?surface=support-answers',
        seen: ['warranty-106', 'What changed', 'Quotes the policy as it is', 'How far judge'],
        before: async (server) => {
            const line = (suite) => ({
                suite,
                surface: suite,
                run: 'twins',
                started_at: '2025-01-06',
                case: 'case-30',
                pass: true,
            });
            const lines = ['first', 'second'].map((suite) => `${JSON.stringify(line(suite))}\n`);
            await server.ask('POST', '/imports?name=twins.jsonl', lines.join(''));
        },
        by_keys: async (page, server) => {
            const { person } = await server.ask('GET', '/me');
            const said = async (id) =>
                (await server.ask('GET', `/human-verdicts?case=${id}&person=${person.name}`)).items;
            await press(page, '2');
            await page.getByText('Recorded: it fails.').waitFor();
            await page.getByText('(n = 1, one label only, so no kappa)').waitFor();
            await press(page, '1');
            await page.getByText('Recorded: it passes.').waitFor();
            await page.getByText('(n = 1, Cohen’s kappa 0.00)').waitFor();
            assert.deepEqual(
                (await said('CASE-30')).map((one) => one.verdict),
                ['pass'],
            );
            await page.goto('/cases/case-30?surface=second&week=2025-W02');
            await page.getByText('suite second').waitFor();
            const [run] = (await server.ask('GET', '/eval-runs?run=twins&surface=second')).items;
            const [twin] = (await server.ask('GET', '/eval-cases?key=case-30&suite=second')).items;
            await server.ask('POST', '/human-verdicts', { run: run.id, case: twin.id, person: person.name });
            await page.goto('/inbox');
            await tabTo(page, 'case-30');
            await press(page, 'Enter');
            await page.getByText('suite second').waitFor();
            await press(page, '3');
            await page.getByText('Recorded: you are not sure.').waitFor();
            assert.deepEqual(
                (await said(twin.id)).map((one) => one.verdict),
                ['unsure'],
            );
            await leadsTo('Escape', '**/monday*')(page);
        },
    },
    {
        name: 'records',
        path: '/records',
        seen: ['Everything'],
        by_keys: leadsTo('j Enter', (url) => url.pathname !== '/records'),
    },
    {
        name: 'search',
        path: '/search?q=refunds',
        seen: ['Search'],
        by_keys: async (page) => {
            await page.evaluate(() => document.activeElement.blur()); // in the field itself / is a letter like any other
            await press(page, '/ Control+a');
            await page.keyboard.insertText('support-answers');
            await page.getByRole('link', { name: /SUR-1$/ }).waitFor();
            await leadsTo('ArrowDown Enter', (url) => url.pathname !== '/search')(page);
        },
    },
    {
        name: 'decks',
        path: '/decks',
        seen: ['Slides of the week', 'Evals by surface', 'support-answers', 'figures'],
        by_keys: async (page) => {
            // What one can choose comes after the page.
            await page.getByRole('option', { name: 'surfaces' }).waitFor({ state: 'attached' });
            await tabTo(page, /^Template/);
            await page.keyboard.type('surfaces');
            await page.waitForURL((url) => url.searchParams.get('template') === 'surfaces');
            await page.getByRole('region', { name: /^Slide 5 of/ }).waitFor();
            const kept = page.waitForEvent('download');
            await press(page, 'Control+Enter');
            assert.match((await kept).suggestedFilename(), /^surfaces, 2026-W\d\d\.html$/);
        },
    },
    {
        name: 'decks-past',
        path: '/decks?as_of=2026-10-20',
        seen: ['As of 2026-10-20', 'exceptions are told of now only'],
        by_keys: async (page) => {
            await tabTo(page, 'Now');
            await press(page, 'Enter');
            await page.waitForURL((url) => url.search === '');
        },
    },
    {
        name: 'told',
        path: '/told',
        seen: ['What is told', 'of 200 words', 'Half of it fails', '88.6 %', 'New report'],
        before: (server) =>
            server.ask('POST', '/insights', {
                title: 'Half of it fails',
                so_what: 'We go back.',
                figure: 'evals.pass_rate surface=support-answers',
            }),
        by_keys: async (page, server) => {
            await press(page, 'c');
            await page.keyboard.type('pass rate');
            await page.getByRole('option', { name: 'Pass rate evals.pass_rate', exact: true }).waitFor();
            await press(page, 'Enter');
            await page.keyboard.type('code');
            await page.getByRole('option', { name: /code-suggestions/ }).waitFor();
            await press(page, 'Enter');
            await page.getByLabel('What was learned').waitFor();
            await page.keyboard.type('Code is cut');
            await press(page, 'Tab');
            await page.keyboard.type('No cuts.');
            await press(page, 'Enter');
            await until(
                async () =>
                    (await server.ask('GET', '/insights')).items.some(
                        (one) => one.title === 'Code is cut' && one.words,
                    ),
                'the card is kept',
            );
            await page.getByRole('link', { name: /Code is cut/ }).waitFor();
        },
    },
    {
        name: 'board-brief',
        path: '/board-briefs/BB-1',
        seen: ['Board, fourth quarter', 'Before it can be sent', "the risk 'Costs double' has no owner", '88.6 %'],
        before: async (server) => {
            const { id } = await server.ask('POST', '/board-briefs', {
                title: 'Board, fourth quarter',
                wins: 'We pass {{figure evals.pass_rate surface=support-answers}}.',
            });
            await server.ask('POST', '/board-risks', { brief: id, risk: 'Costs double', mitigation: 'A budget.' });
        },
        by_keys: async (page, server) => {
            await press(page, 'Control+Enter');
            await page.getByRole('dialog').getByText('It cannot be sent yet').waitFor();
            await press(page, 'Escape');
            await tabTo(page, 'Owner 1');
            await page.keyboard.type('Mina Okafor');
            await press(page, 'Tab');
            await page.getByText('Before it can be sent').waitFor({ state: 'detached' });
            await press(page, 'Control+Enter');
            await page.getByRole('button', { name: 'Send it' }).waitFor();
            await press(page, 'Enter');
            await until(async () => (await server.ask('GET', '/board-briefs/BB-1')).state === 'sent', 'it is sent');
        },
    },
    {
        name: 'board-brief-sent',
        path: '/board-briefs/BB-1',
        seen: ['sent 16 Nov 2026', 'A budget. (Mina Okafor)'],
        by_keys: async (page) => {
            await tabTo(page, '88.6 %');
            await press(page, 'Enter');
            await page.getByRole('dialog').getByText('As it was when it was sent').waitFor();
        },
    },
    {
        name: 'report',
        path: '/reports/REP-1',
        seen: ['Savings', 'Answers that pass', '88.6 %', 'since 20 Oct 2026', 'Snapshots'],
        before: async (server) => {
            await server.ask('POST', '/reports', { title: 'Savings' });
            await server.ask('POST', '/report-cards', {
                report: 'REP-1',
                title: 'Answers that pass',
                figure: 'evals.pass_rate surface=support-answers',
            });
            await server.ask('POST', '/reports/REP-1/snapshot', { as_of: '2026-10-20' });
        },
        by_keys: async (page, server) => {
            await press(page, 'Control+Enter');
            await until(
                async () => (await server.ask('GET', '/report-snapshots')).items.length === 2,
                'a snapshot is kept',
            );
            await press(page, 'c');
            await page.keyboard.type('pass rate');
            await page.getByRole('option', { name: 'Pass rate evals.pass_rate', exact: true }).waitFor();
            await press(page, 'Enter');
            await page.keyboard.type('code');
            await page.getByRole('option', { name: /code-suggestions/ }).waitFor();
            await press(page, 'Enter');
            await page.getByLabel('What the figure says here').waitFor();
            await page.keyboard.type('Code that compiles');
            await press(page, 'Enter');
            await page.getByText('Code that compiles').waitFor();
        },
    },
    {
        name: 'report-past',
        path: '/reports/REP-1?as_of=2026-10-20',
        seen: ['As of 20 Oct 2026'],
        by_keys: leadsTo('n', (url) => url.search === ''),
    },
    {
        name: 'brief',
        path: '/brief',
        seen: ['Brief of week 47', 'of 200 words', 'Three figures', 'Asks'],
        by_keys: leadsTo('[', '**/brief?week=2026-W46'),
    },
    {
        name: 'brief-past',
        path: '/brief?as_of=2026-10-20',
        seen: ['risks are told of now only'],
        by_keys: leadsTo(']', (url) => url.searchParams.get('week') === '2026-W44'),
    },
    {
        name: 'talking-points',
        path: '/talking-points',
        seen: ['Talking points', 'Open items', 'Blockers', 'Promises'],
        by_keys: async (page) => {
            await tabTo(page, /^Team/);
            await page.keyboard.type('Assistant');
            await page.waitForURL('**/talking-points?team=Assistant');
        },
    },
    {
        name: 'import',
        path: '/import',
        seen: ['Import results'],
        by_keys: async (page) => {
            const chooser = page.waitForEvent('filechooser');
            await settled(page); // the browser hears a moment later that somebody waits for the dialog
            await press(page, 'c');
            await chooser;
        },
    },
    {
        name: 'quarantine',
        path: '/quarantine',
        seen: ['Quarantine', 'results.jsonl'],
        before: async (server) => {
            const line = {
                suite: 'trial',
                surface: 'trial',
                run: 'trial-1',
                case: 'whole',
                pass: true,
                started_at: '2026-09-01',
            };
            const body = `${JSON.stringify(line)}\n{"case": "only half\n`;
            const reply = await fetch(`${server.address}/api/v1/imports?name=results.jsonl`, { method: 'POST', body });
            assert.ok(reply.ok, `the broken line is taken: ${await reply.text()}`);
            await until(
                async () => (await server.ask('GET', '/quarantine')).items.length > 0,
                'the broken line is kept',
            );
        },
        by_keys: async (page) => {
            await press(page, 'r');
            await page.getByText('No line can be read yet').waitFor();
            await press(page, 'j Enter');
            await page.getByRole('dialog').waitFor();
        },
    },
    {
        name: 'jobs',
        path: '/jobs',
        seen: ['Jobs', 'pair.jsonl'],
        before: (server) => {
            const line = (suite) => ({
                suite,
                surface: suite,
                run: 'pair',
                case: 'one',
                pass: true,
                started_at: '2026-09-01',
            });
            const lines = ['left', 'right'].map((suite) => `${JSON.stringify(line(suite))}\n`);
            return server.ask('POST', '/imports?name=pair.jsonl&dry_run=true', lines.join(''));
        },
        by_keys: async (page) => {
            await press(page, 'j Enter');
            await page.waitForURL('**/jobs/*');
            // Runs of two suites, by one name.
            await until(async () => (await page.getByText(/^pair new$/).count()) === 2, 'both runs are shown');
        },
    },
    {
        name: 'settings',
        path: '/settings',
        seen: ['Settings'],
        by_keys: async (page, server) => {
            const zone = async () => (await server.ask('GET', '/persons/PER-1')).zone;
            await tabTo(page, /^Zone/);
            await press(page, 'Control+a');
            await page.keyboard.type('Europe/Madrid');
            await press(page, 'Enter');
            await until(async () => (await zone()) === 'Europe/Madrid', 'the zone is saved');
        },
    },
    {
        name: 'settings-hours',
        path: '/settings/hours',
        seen: ['Working hours', 'Working days', 'Public holidays', 'You are not away.'],
        before: (server) => server.ask('POST', '/holiday-calendars', { name: 'Bavaria' }),
        by_keys: async (page, server) => {
            await tabTo(page, 'From');
            await page.keyboard.type('0900AM');
            await tabTo(page, /^Until/);
            await page.keyboard.type('0530PM');
            await tabTo(page, 'Fri');
            await press(page, 'Space Enter');
            await until(async () => {
                const one = await server.ask('GET', '/persons/PER-1');
                return one.working_until === '17:30' && one.working_days === 'MO,TU,WE,TH';
            }, 'the hours are saved');
            await tabTo(page, 'First day away');
            await page.keyboard.type('11302026');
            await press(page, 'Enter');
            await page.getByRole('link', { name: '30 Nov 2026' }).waitFor();
            await tabTo(page, 'Drop 30 Nov 2026');
            await press(page, 'Enter');
            await page.getByText('You are not away.').waitFor();
        },
    },
    {
        name: 'week-away',
        path: '/',
        seen: ['Away', 'until 20 Nov 2026'],
        before: (server) =>
            server.ask('POST', '/absences', {
                person: 'Mina Okafor',
                first_day: '2026-11-16',
                last_day: '2026-11-20',
                kind: 'illness',
            }),
        by_keys: async (page) => {
            await tabTo(page, 'Mina Okafor');
            await press(page, 'Enter');
            await page.waitForURL('**/persons/*');
            await page.getByText('away until 20 Nov 2026').waitFor();
        },
    },
    {
        name: 'assign-away',
        path: '/',
        seen: ['away until 20 Nov 2026'],
        open: async (page) => {
            await page
                .getByRole('button', { name: /^Assign ACT-/ })
                .first()
                .click();
            await page.getByText('away until 20 Nov 2026').waitFor();
        },
        by_keys: async (page) => {
            await tabTo(page, 'Find a person');
            await page.keyboard.type('mina');
            await press(page, 'Enter');
            await page.getByText(/^Mina Okafor is away until 2026-11-20/).waitFor();
        },
    },
    {
        name: 'settings-digest',
        path: '/settings/digest',
        seen: ['What you are told of', 'Quiet until', 'Updates you are asked to read', 'Sent by'],
        // Nobody listens there: what the server sends meanwhile waits.
        before: async (server) => {
            const channel = { personal: true, on: true };
            await server.ask('POST', '/channels', { ...channel, name: 'mail of all', kind: 'mail' });
            await server.ask('POST', '/channels', {
                ...channel,
                name: 'chat of one',
                kind: 'slack',
                owner: 'PER-1',
                webhook: 'http://127.0.0.1:9/',
                inside: true,
            });
        },
        by_keys: async (page, server) => {
            const setting = async () => (await server.ask('GET', '/message-settings')).items[0];
            await tabTo(page, /^Digest at/);
            await page.keyboard.type('0715AM');
            await press(page, 'Enter');
            await until(async () => (await setting())?.at === '07:15', 'the hour is saved');
            await tabTo(page, /^Also on days off/);
            await press(page, 'Space Enter');
            await until(async () => (await setting())?.days_off === false, 'days off are left out');
            await tabTo(page, 'Your notes that are due: how often');
            await press(page, 'End');
            await until(
                async () =>
                    (await server.ask('GET', '/digest-choices')).items.some(
                        (row) => row.kind === 'note' && row.frequency === 'never',
                    ),
                'the choice is saved',
            );
        },
    },
    {
        name: 'nothing-there',
        path: '/no/such/page/here',
        seen: ['There is no such page'],
        by_keys: async (page) => {
            await tabTo(page, 'Go to this week');
            await leadsTo('Enter', (url) => url.pathname === '/')(page);
        },
    },
    {
        name: 'palette',
        path: '/',
        seen: ['Monday eval review', 'This week'],
        open: palette,
        by_keys: async (page) => {
            await page.keyboard.type('all surfaces');
            await press(page, 'Enter');
            await page.waitForURL('**/surfaces');
        },
    },
    {
        name: 'keys',
        path: '/',
        seen: ['Single letters act', 'Show the keys'],
        open: (page) => press(page, '?'),
        by_keys: async (page) => {
            await tabTo(page, /Single letters act/);
            await press(page, 'Space Escape');
            await page.getByRole('dialog').waitFor({ state: 'detached' });
        },
    },
    {
        name: 'monday-not-comparable',
        path: '/monday?week=2025-W11',
        seen: ['ruled: the ruler changed.', 'The judge was j1 and is j2.', 'broken', 'Could not measure'],
        before: async (server) => {
            const rows = (run, day, judge, isBroken) =>
                Array.from({ length: 40 }, (_, at) => [
                    {
                        suite: 'ruled',
                        surface: 'ruled',
                        run,
                        started_at: day,
                        case: `r${at}`,
                        pass: isBroken ? at > 8 : true,
                        judge,
                    },
                    {
                        suite: 'broken',
                        surface: 'broken',
                        run,
                        started_at: day,
                        case: `b${at}`,
                        pass: isBroken && at < 9 ? null : true,
                        error: isBroken && at < 9 ? 'timed out' : undefined,
                    },
                ]).flat();
            const lines = [...rows('before', '2025-03-03', 'j1', false), ...rows('now', '2025-03-10', 'j2', true)];
            await server.ask(
                'POST',
                '/imports?name=ruled.jsonl',
                lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
            );
        },
        by_keys: async (page) => {
            await tabTo(page, 'Compare anyway');
            await press(page, 'Enter');
            await page.keyboard.type('both judges agree');
            await press(page, 'Enter');
            await page.getByRole('link', { name: 'r3', exact: true }).waitFor();
            await page.getByText('ruled: compared although the ruler changed.').waitFor();
            await page.getByText('Compared anyway, because: “both judges agree”').waitFor();
            await page.getByRole('link', { name: /^OVR-\d+$/ }).waitFor();
            await page.goto('/monday?week=2025-W11&show=errors');
            await page.getByRole('link', { name: 'b3', exact: true }).waitFor();
            await page.getByText('timed out').first().waitFor();
        },
    },
    {
        name: 'monday-many-flips',
        path: '/monday?week=2025-W15',
        seen: ['60 cases no longer pass', '10 more flips of many are not shown: the surest stand here.'],
        before: async (server) => {
            const rows = (run, day, pass) =>
                Array.from({ length: 60 }, (_, at) =>
                    JSON.stringify({ suite: 'many', surface: 'many', run, started_at: day, case: `m${at}`, pass }),
                );
            const lines = [...rows('before', '2025-03-31', true), ...rows('now', '2025-04-07', false)];
            await server.ask('POST', '/imports?name=many.jsonl', lines.map((line) => `${line}\n`).join(''));
        },
        by_keys: async (page) => {
            const cases = page.getByRole('link', { name: /^m\d+$/ });
            assert.equal(await cases.count(), 50);
            await tabTo(page, 'Show all flips', 200);
            await press(page, 'Enter');
            await page.waitForURL('**/monday?*flips=all*');
            await page.getByRole('link', { name: 'm59', exact: true }).waitFor();
            assert.equal(await cases.count(), 60);
            assert.equal(await page.getByText('are not shown').count(), 0);
            assert.match(page.url(), /week=2025-W15/);
        },
    },
    {
        name: 'monday-renamed',
        path: '/monday?week=2025-W20&show=renamed',
        seen: ['Renamed', 'n7', 'was o7'],
        before: async (server) => {
            const rows = (run, day, renamed) =>
                Array.from({ length: 40 }, (_, at) =>
                    JSON.stringify({
                        suite: 'named',
                        surface: 'named',
                        run,
                        started_at: day,
                        case: at === 7 ? renamed : `k${at}`,
                        pass: at !== 7 || renamed === 'o7',
                        input: `question ${at}`,
                    }),
                );
            const lines = [...rows('before', '2025-05-05', 'o7'), ...rows('now', '2025-05-12', 'n7')];
            await server.ask('POST', '/imports?name=named.jsonl', lines.map((line) => `${line}\n`).join(''));
        },
        by_keys: async (page) => {
            assert.match(
                await page.getByLabel('Which cases').innerText(),
                /^All\s*1\s*Regressed\s*0\s*Fixed\s*0\s*Renamed\s*1$/,
            );
            await press(page, 'j Enter');
            await page.waitForURL('**/cases/n7?*');
        },
    },
    {
        name: 'monday-lower',
        path: '/monday?week=2025-W24',
        seen: ['The hallucination rate of invented rose', 'hallucination rate, lower is better', 'Above ceiling'],
        before: async (server) => {
            const rows = (run, day, fails) =>
                Array.from({ length: 40 }, (_, at) =>
                    JSON.stringify({
                        suite: 'invented',
                        surface: 'invented',
                        run,
                        started_at: day,
                        case: `i${at}`,
                        pass: at >= fails,
                    }),
                );
            const lines = [...rows('before', '2025-06-02', 1), ...rows('now', '2025-06-09', 12)];
            await server.ask('POST', '/imports?name=invented.jsonl', lines.map((line) => `${line}\n`).join(''));
            const found = async () => (await server.ask('GET', '/surfaces?name=invented')).items[0];
            await until(async () => (await found()) !== undefined, 'the results are in');
            const surface = await found();
            const metric = { metric: 'hallucination rate', direction: 'lower', floor: 0.1 };
            await server.ask('PATCH', `/surfaces/${surface.id}`, metric);
        },
        by_keys: async (page) => {
            const card = page.locator('article', { hasText: 'invented' });
            assert.match(await card.innerText(), /30\.0 %[^]*\+27\.5 points/);
            assert.equal(await card.locator('.delta.bad').count(), 1);
            await tabTo(page, '30.0 %');
            await press(page, 'Enter');
            await page.getByRole('dialog').getByText('Hallucination rate of invented').waitFor();
            await press(page, 'Escape t');
            await page.getByRole('columnheader', { name: /invented.*hallucination rate/ }).waitFor();
            await page.getByRole('cell', { name: /^2\.5 %/ }).waitFor();
        },
    },
    {
        name: 'settings-team',
        path: '/settings/team',
        seen: ['Public holidays', 'The team holds no rituals on them'],
        before: async (server) => {
            await server.ask('POST', '/teams', { name: 'Violet' });
            await server.ask('POST', '/holiday-calendars', { name: 'Saxony' });
        },
        by_keys: async (page, server) => {
            await tabTo(page, /^Public holidays/);
            await page.keyboard.type('Saxony');
            await tabTo(page, 'Save');
            await press(page, 'Enter');
            await until(async () => {
                const teams = await server.ask('GET', '/teams');
                return teams.items.some((one) => one.holiday_calendar === 'Saxony');
            }, 'the team follows the calendar');
        },
    },
];
