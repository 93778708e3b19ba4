/* One list of all cases that changed, whatever list of the review they stand in; and their groups. */
import type { Flip, SurfaceReview, WeekOfCase } from './review';
import { count } from '../../lib/format';
import { mayShowLists } from './review';

export type Shown = 'all' | 'regressed' | 'fixed' | 'slid' | 'errors' | 'missing' | 'new' | 'renamed';
export const SHOWN: { value: Shown; label: string }[] = [
    { value: 'all', label: 'All' },
    { value: 'regressed', label: 'Regressed' },
    { value: 'fixed', label: 'Fixed' },
    { value: 'slid', label: 'Slid' },
    { value: 'errors', label: 'Errors' },
    { value: 'missing', label: 'Missing' },
    { value: 'new', label: 'New' },
    { value: 'renamed', label: 'Renamed' },
];

export interface FlipRow {
    key: string;
    case: string;
    surface: string;
    suite: string;
    shown: Shown;
    flip: Flip | null;
    action: string | null;
    owner: string | null;
    isLate: boolean;
    suspect: string;
    /* Of a case without a verdict: what it ended in; of one that was renamed: its key before. */
    why: string;
    weeks: WeekOfCase[];
}

function plainRow({ surface, suite }: SurfaceReview, name: string, shown: Shown): FlipRow {
    return {
        key: `${surface}/${shown}/${name}`,
        case: name,
        surface,
        suite,
        shown,
        flip: null,
        action: null,
        owner: null,
        isLate: false,
        suspect: '',
        why: '',
        weeks: [],
    };
}

/* The weeks before and this one; a flip's last bar is what it did now. */
function weeksOf(flip: Flip, week: string): WeekOfCase[] {
    return flip.to === 'fail' || flip.to === 'pass'
        ? [...flip.history, { week, passed: 0, n: 1 }]
        : [...flip.history, { week, passed: 0, n: 0 }];
}

/* How many flips the server kept back, as a sentence; empty when every one is here. */
export function flipsLeftOut(surfaces: SurfaceReview[]): string {
    const short = surfaces.filter((one) => mayShowLists(one) && one.flips_left_out);
    const more = short.reduce((sum, one) => sum + (one.flips_left_out ?? 0), 0);
    if (more === 0) return '';
    const where = short.length === 1 ? short[0]!.surface : count(short.length, 'surface');
    return `${count(more, 'more flip')} of ${where} ${more === 1 ? 'is' : 'are'} not shown: the surest stand here.`;
}

export function rowsOf(surfaces: SurfaceReview[], week: string, suspects: Map<string, string>): FlipRow[] {
    return surfaces.filter(mayShowLists).flatMap((surface) => {
        const flipped = new Set(surface.flips.map((flip) => flip.case));
        const reasons = new Map(surface.errors.map((one) => [one.case, one.reason ?? one.kind]));
        const plain = (names: string[], shown: Shown) => names.map((name) => plainRow(surface, name, shown));
        return [
            ...surface.flips.map((flip) => ({
                ...plainRow(surface, flip.case, flip.to === 'fail' ? 'regressed' : 'errors'),
                flip,
                action: flip.action,
                owner: flip.owner,
                isLate: flip.late ?? false,
                why: reasons.get(flip.case) ?? '',
                suspect: (flip.action && suspects.get(flip.action)) || '',
                weeks: weeksOf(flip, week),
            })),
            ...plain(surface.fixed, 'fixed'),
            ...(surface.slid ?? []).map(({ case: name, before, now }) => ({
                ...plainRow(surface, name, 'slid'),
                why: `${now.passed} of ${now.n} tries, was ${before.passed} of ${before.n}`,
            })),
            ...surface.errors
                .filter((one) => !flipped.has(one.case))
                .map((one) => ({ ...plainRow(surface, one.case, 'errors'), why: one.reason ?? one.kind })),
            ...plain(surface.missing, 'missing'),
            ...plain(surface.new, 'new'),
            ...surface.renamed.map(({ from, to }) => ({ ...plainRow(surface, to, 'renamed'), why: `was ${from}` })),
        ];
    });
}

export interface FlipGroup {
    key: string;
    name: string;
    /* Of all its rows; null: one change touched several. */
    surface: string | null;
    rows: FlipRow[];
}

/* By suspect, where an action names one; else by surface, flaky ones apart from the rest. */
export function groupsOf(rows: FlipRow[]): FlipGroup[] {
    const found = new Map<string, FlipRow[]>();
    const nameOf = (row: FlipRow) =>
        row.suspect || (row.flip?.class === 'flaky' ? 'Flaky: failed and passed before' : row.surface);
    for (const row of rows) {
        const key = row.suspect || `${row.surface}/${nameOf(row)}`;
        found.set(key, [...(found.get(key) ?? []), row]);
    }
    const weight = (group: FlipRow[]) => (group[0]?.suspect ? 2 : group[0]?.flip?.class === 'flaky' ? 0 : 1);
    return [...found]
        .map(([key, rows]) => {
            const first = rows[0]!;
            const isOfOne = rows.every((row) => row.surface === first.surface);
            return { key, name: nameOf(first), surface: isOfOne ? first.surface : null, rows };
        })
        .sort((a, b) => weight(b.rows) - weight(a.rows) || b.rows.length - a.rows.length);
}

/* The verdicts before and now as words; of a case that is only there once, none. */
export function verdictsOf(row: FlipRow): string {
    if (row.flip) return `${row.flip.from} to ${row.flip.to}`;
    return row.shown === 'fixed' ? 'fail to pass' : '';
}

export function caseAddress(row: { case: string; surface: string }, week: string): string {
    return `/cases/${encodeURIComponent(row.case)}?surface=${encodeURIComponent(row.surface)}&week=${week}`;
}
