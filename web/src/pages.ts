/* Which address shows which page. The first that matches is it; the pages of records, which know none of them
   by name, come last. A page's props are the words of its address. The first page comes with the frame, since it
   is what is opened most: it waits for no further question. The others are fetched when they are wanted. */
import type { Component } from 'svelte';
import { match } from './lib/router.svelte';
import ThisWeek from './rooms/week/ThisWeek.svelte';

export interface PageEntry {
    pattern: string;
    /* Of a page about one row besides its own: what leads to it from there, and by which keys. */
    label?: string;
    keys?: string;
    load: () => Promise<{ default: Component<any> }>;
}

export const pages: PageEntry[] = [
    { pattern: '/', load: async () => ({ default: ThisWeek }) },
    { pattern: '/inbox', load: () => import('./rooms/week/Inbox.svelte') },
    { pattern: '/friday', load: () => import('./rooms/updates/Friday.svelte') },
    // Before those of one row: nothing has the id 'new'.
    { pattern: '/:records/new', load: () => import('./rooms/records/RecordNew.svelte') },
    { pattern: '/updates', load: () => import('./rooms/updates/Updates.svelte') },
    { pattern: '/updates/:id', load: () => import('./rooms/updates/Friday.svelte') },
    { pattern: '/bets', load: () => import('./rooms/updates/BetWeeks.svelte') },
    { pattern: '/monday', load: () => import('./rooms/evals/Monday.svelte') },
    { pattern: '/council', load: () => import('./rooms/prompts/Council.svelte') },
    { pattern: '/council/:id', load: () => import('./rooms/prompts/Council.svelte') },
    {
        pattern: '/prompts/:id/history',
        label: 'History',
        keys: 'v',
        load: () => import('./rooms/prompts/History.svelte'),
    },
    { pattern: '/prompts/:id/used', label: 'Where used', keys: 'w', load: () => import('./rooms/prompts/Used.svelte') },
    { pattern: '/impact', load: () => import('./rooms/prompts/Impact.svelte') },
    {
        pattern: '/metric-series/:id/trend',
        label: 'Trend',
        keys: 'v',
        load: () => import('./rooms/metrics/MetricTrend.svelte'),
    },
    { pattern: '/cases/:id', load: () => import('./rooms/evals/CasePage.svelte') },
    { pattern: '/occurrences/:id/run', load: () => import('./rooms/rituals/OccurrencePage.svelte') },
    { pattern: '/standup', load: () => import('./rooms/day/Standup.svelte') },
    { pattern: '/week-review', load: () => import('./rooms/day/WeekReview.svelte') },
    { pattern: '/dimensions', load: () => import('./rooms/day/Dimensions.svelte') },
    { pattern: '/portfolio', load: () => import('./rooms/rituals/Portfolio.svelte') },
    { pattern: '/rhythm', load: () => import('./rooms/rituals/Rhythm.svelte') },
    { pattern: '/calendar', load: () => import('./rooms/calendar/Calendar.svelte') },
    { pattern: '/told', load: () => import('./rooms/updates/Told.svelte') },
    { pattern: '/brief', load: () => import('./rooms/updates/Brief.svelte') },
    { pattern: '/talking-points', load: () => import('./rooms/updates/TalkingPoints.svelte') },
    { pattern: '/board-briefs/:id', load: () => import('./rooms/updates/BoardBrief.svelte') },
    { pattern: '/reports/:id', load: () => import('./rooms/updates/Report.svelte') },
    { pattern: '/decks', load: () => import('./rooms/updates/Decks.svelte') },
    { pattern: '/knowledge', load: () => import('./rooms/knowledge/Knowledge.svelte') },
    { pattern: '/timeline', load: () => import('./rooms/evals/Timeline.svelte') },
    { pattern: '/import', load: () => import('./rooms/imports/Import.svelte') },
    { pattern: '/quarantine', load: () => import('./rooms/imports/Quarantine.svelte') },
    { pattern: '/jobs', load: () => import('./rooms/jobs/Jobs.svelte') },
    { pattern: '/jobs/:id', load: () => import('./rooms/jobs/JobPage.svelte') },
    { pattern: '/settings', load: () => import('./rooms/settings/Settings.svelte') },
    { pattern: '/settings/:section', load: () => import('./rooms/settings/Settings.svelte') },
    { pattern: '/sign-in', load: () => import('./rooms/people/SignIn.svelte') },
    { pattern: '/invitation', load: () => import('./rooms/people/Invitation.svelte') },
    { pattern: '/records', load: () => import('./rooms/records/RecordKinds.svelte') },
    { pattern: '/search', load: () => import('./rooms/records/SearchPage.svelte') },
    { pattern: '/:records', load: () => import('./rooms/records/RecordList.svelte') },
    { pattern: '/:records/:id', load: () => import('./rooms/records/RecordPage.svelte') },
];

/* The page of an address and the words in it; null: there is none. */
export function pageOf(path: string): { entry: PageEntry; words: Record<string, string> } | null {
    for (const entry of pages) {
        const words = match(entry.pattern, path);
        if (words) return { entry, words };
    }
    return null;
}

/* Fetches the page of an address before it is shown. */
export const loadPage = (path: string) => pageOf(path)?.entry.load();
