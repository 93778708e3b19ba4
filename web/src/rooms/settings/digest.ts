/* The kinds of things that a digest tells of, in words. */
const KINDS: Record<string, string> = {
    decided: 'Decisions that were made, and insights',
    action: 'Your actions',
    bet: 'Bets to score',
    change: 'Changes that wait for your approval',
    conflict: 'Calendar conflicts',
    decision: 'Decisions to look at again',
    delivery: 'Messages that did not arrive',
    drill: 'Rollback drills',
    flip: 'Cases that flipped',
    impact: 'Impact to review',
    incident: 'Incidents',
    mention: 'Notes that mention you',
    note: 'Your notes that are due',
    experiment: 'Experiments',
    rollback: 'Deployments that fell below their floor',
    ritual: 'Rituals',
    update: 'Updates you are asked to read',
    outside_change: 'Changes from outside the council',
    knowledge: 'Knowledge pages to look at again',
    calendar: 'Outside calendars that are not read',
};

export const FREQUENCIES = [
    { word: 'daily', label: 'Daily' },
    { word: 'weekly', label: 'Weekly, on Mondays' },
    { word: 'never', label: 'Never' },
];

export function kindLabel(kind: string): string {
    return KINDS[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ');
}

/* Others wait for these: the server refuses "never". */
export function isOwed(kind: string): boolean {
    return kind === 'change' || kind === 'update';
}
