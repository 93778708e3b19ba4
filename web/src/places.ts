/* Where one can go from everywhere: the sidebar, the palette and the keys G + letter all read this table. A
   place of records leads to their list; one whose record this server does not have is left out. */
import type { Component } from 'svelte';
import Activity from '@lucide/svelte/icons/activity';
import ArrowUpDown from '@lucide/svelte/icons/arrow-up-down';
import BookOpen from '@lucide/svelte/icons/book-open';
import ChartLine from '@lucide/svelte/icons/chart-line';
import Inbox from '@lucide/svelte/icons/inbox';
import Lightbulb from '@lucide/svelte/icons/lightbulb';
import ListChecks from '@lucide/svelte/icons/list-checks';
import MessagesSquare from '@lucide/svelte/icons/messages-square';
import Play from '@lucide/svelte/icons/play';
import Settings from '@lucide/svelte/icons/settings';
import Upload from '@lucide/svelte/icons/upload';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarRange from '@lucide/svelte/icons/calendar-range';

export interface PlaceEntry {
    label: string;
    address: string;
    keys: string;
    day?: string;
    icon?: Component<{ size?: number }>;
    /* The record that the place needs, as its address calls it. */
    record?: string;
    /* What the palette calls it, where the label alone would not say. */
    longer?: string;
}
export interface PlaceGroup {
    label: string;
    places: PlaceEntry[];
}

export const placeGroups: PlaceGroup[] = [
    {
        label: '',
        places: [
            { label: 'This week', address: '/', keys: 'g w', icon: CalendarDays },
            { label: 'Inbox', address: '/inbox', keys: 'g i', icon: Inbox },
            { label: 'Calendar', address: '/calendar', keys: 'g a', icon: CalendarRange },
            {
                label: 'Standup',
                address: '/standup',
                keys: 'g d',
                icon: MessagesSquare,
                record: 'standups',
                longer: 'My standup',
            },
        ],
    },
    {
        label: 'The week',
        places: [
            { day: 'Mon', label: 'Eval review', address: '/monday', keys: 'g 1', longer: 'Monday eval review' },
            { day: 'Tue', label: 'Prompt council', address: '/council', keys: 'g 2', record: 'prompt-changes' },
            { day: 'Wed', label: 'Actions', address: '/actions', keys: 'g 3', record: 'actions' },
            { day: 'Thu', label: 'Model reviews', address: '/model-reviews', keys: 'g 4', record: 'model-reviews' },
            {
                day: 'Fri',
                label: 'Update',
                address: '/friday',
                keys: 'g 5',
                record: 'updates',
                longer: "Friday's update",
            },
        ],
    },
    {
        label: 'Operate',
        places: [
            { label: 'Timeline', address: '/timeline', keys: 'g t', icon: Activity },
            { label: 'Metrics', address: '/metric-series', keys: 'g m', icon: ChartLine, record: 'metric-series' },
            { label: 'Runs', address: '/eval-runs', keys: 'g r', icon: Play, record: 'eval-runs' },
            { label: 'Import', address: '/import', keys: 'g u', icon: Upload, longer: 'Import results' },
        ],
    },
    {
        label: 'Plan',
        places: [
            { label: 'Surfaces', address: '/surfaces', keys: 'g s', icon: ListChecks, record: 'surfaces' },
            { label: 'Cases', address: '/eval-cases', keys: 'g c', icon: ArrowUpDown, record: 'eval-cases' },
        ],
    },
    {
        label: 'Know',
        places: [
            { label: 'Knowledge', address: '/knowledge', keys: 'g l', icon: Lightbulb, record: 'knowledge-pages' },
            { label: 'Everything', address: '/records', keys: 'g k', icon: BookOpen, longer: 'All kinds of record' },
            { label: 'Settings', address: '/settings', keys: 'g ,', icon: Settings },
        ],
    },
];

/* Reached from other pages and from the palette; the sidebar would be no shorter way. */
export const morePlaces: { label: string; address: string }[] = [
    { label: 'Week review', address: '/week-review' },
    { label: 'Rhythm: health of the rituals', address: '/rhythm' },
    { label: 'Portfolio: rituals of teams and surfaces', address: '/portfolio' },
    { label: 'Dimensions: notes, and the balance of the week', address: '/dimensions' },
    { label: 'Decks: slides of the week', address: '/decks' },
    { label: 'What is told: brief, board, insights, reports', address: '/told' },
    { label: 'Brief: half a page for senior management', address: '/brief' },
    { label: 'Talking points for a meeting', address: '/talking-points' },
    { label: 'Reports', address: '/reports' },
    { label: 'Insight cards', address: '/insights' },
    { label: 'Board briefs', address: '/board-briefs' },
    { label: 'Updates: all that were sent', address: '/updates' },
    { label: 'Bets: what came true', address: '/bets' },
    { label: 'Change events', address: '/change-events' },
    { label: 'Prompts', address: '/prompts' },
    { label: 'Impact of prompt changes', address: '/impact' },
    { label: 'Quarantine', address: '/quarantine' },
    { label: 'My jobs', address: '/jobs' },
    { label: 'Settings: Sessions', address: '/settings/sessions' },
    { label: 'Settings: API tokens', address: '/settings/tokens' },
    { label: 'Settings: Teams', address: '/settings/team' },
    { label: 'Settings: Surfaces and floors', address: '/settings/surfaces' },
    { label: 'Settings: Members', address: '/settings/members' },
    { label: 'Settings: Audit and export', address: '/settings/audit' },
];
