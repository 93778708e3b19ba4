/* What a person writes of a day or a week: the parts of it, as the form and those who read it have them. */
import type { Row } from '../../lib/catalog.svelte';

export interface Part {
    name: string;
    label: string;
    hint: string;
}
/* A standup as everybody reads it: the row, its person by name. */
export type StandupRow = Row & { person: string };

export const STANDUP_PARTS: Part[] = [
    { name: 'progress', label: 'Progress', hint: 'What moved since the last standup.' },
    { name: 'today', label: 'Today', hint: 'What is to be done today, a line for each.' },
    { name: 'blockers', label: 'Blockers', hint: 'What is in the way.' },
    { name: 'help_offered', label: 'Help offered', hint: 'What others can have help with.' },
    { name: 'learned', label: 'Learned', hint: 'What was learned.' },
];
export const WEEK_PARTS: Part[] = [
    { name: 'done', label: 'Done', hint: 'What was finished.' },
    { name: 'achievements', label: 'Achievements', hint: 'What is worth telling.' },
    { name: 'missed', label: 'Missed', hint: 'What was to be done and was not.' },
    { name: 'top_three', label: 'Top three', hint: "The next week's three, a line for each." },
];
