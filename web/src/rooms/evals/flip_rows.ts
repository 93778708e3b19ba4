/* One list of all cases that changed, whatever list of the review they stand in; and their groups. */
import type { Flip, SurfaceReview, WeekOfCase } from './review';
import { mayShowLists } from './review';

export type Shown = 'all' | 'regressed' | 'fixed' | 'errors' | 'missing' | 'new';
export const SHOWN: { value: Shown; label: string }[] = [
    { value: 'all', label: 'All' },
    { value: 'regressed', label: 'Regressed' },
    { value: 'fixed', label: 'Fixed' },
    { value: 'errors', label: 'Errors' },
    { value: 'missing', label: 'Missing' },
    { value: 'new', label: 'New' },
];

export interface FlipRow {
    key: string;
    case: string;
    surface: string;
    shown: Shown;
    flip: Flip | null;
    action: string | null;
    owner: string | null;
    isLate: boolean;
    suspect: string;
    weeks: WeekOfCase[];
}

function plainRow(surface: string, name: string, shown: Shown): FlipRow {
    return {
        key: `${surface}/${shown}/${name}`,
        case: name,
        surface,
        shown,
        flip: null,
        action: null,
        owner: null,
        isLate: false,
        suspect: '',
        weeks: [],
    };
}

/* The weeks before and this one; a flip's last bar is what it did now. */
function weeksOf(flip: Flip, week: string): WeekOfCase[] {
    return flip.to === 'fail' || flip.to === 'pass'
        ? [...flip.history, { week, passed: 0, n: 1 }]
        : [...flip.history, { week, passed: 0, n: 0 }];
}

export function rowsOf(surfaces: SurfaceReview[], week: string, suspects: Map<string, string>): FlipRow[] {
    return surfaces.filter(mayShowLists).flatMap((surface) => {
        const flipped = new Set(surface.flips.map((flip) => flip.case));
        const plain = (names: string[], shown: Shown) => names.map((name) => plainRow(surface.surface, name, shown));
        return [
            ...surface.flips.map((flip) => ({
                ...plainRow(surface.surface, flip.case, flip.to === 'fail' ? 'regressed' : 'errors'),
                flip,
                action: flip.action,
                owner: flip.owner,
                isLate: flip.late ?? false,
                suspect: (flip.action && suspects.get(flip.action)) || '',
                weeks: weeksOf(flip, week),
            })),
            ...plain(surface.fixed, 'fixed'),
            ...plain(surface.errors.filter((name) => !flipped.has(name)), 'errors'),
            ...plain(surface.missing, 'missing'),
            ...plain(surface.new, 'new'),
        ];
    });
}

export interface FlipGroup {
    name: string;
    rows: FlipRow[];
}

/* By suspect, where an action names one; else flaky ones apart from the rest of their surface. */
export function groupsOf(rows: FlipRow[]): FlipGroup[] {
    const found = new Map<string, FlipRow[]>();
    for (const row of rows) {
        const name = row.suspect || (row.flip?.class === 'flaky' ? 'Flaky: they have failed and passed before' : row.surface);
        found.set(name, [...(found.get(name) ?? []), row]);
    }
    const weight = (group: FlipRow[]) => (group[0]?.suspect ? 2 : group[0]?.flip?.class === 'flaky' ? 0 : 1);
    return [...found]
        .map(([name, rows]) => ({ name, rows }))
        .sort((a, b) => weight(b.rows) - weight(a.rows) || b.rows.length - a.rows.length);
}

export function caseAddress(row: { case: string; surface: string }, week: string): string {
    return `/cases/${encodeURIComponent(row.case)}?surface=${encodeURIComponent(row.surface)}&week=${week}`;
}
