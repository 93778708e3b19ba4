/* The review of a week as the server tells it, and the sentences that a page makes of it. */
import type { Working } from '../../lib/working';
import { count, interval, list, number, percent, pIs, points, pValue, UNKNOWN } from '../../lib/format';

export type Bounds = [number, number];
export type VerdictWord =
    | 'regressed' | 'improved' | 'no_evidence' | 'insufficient' | 'not_comparable' | 'could_not_measure';
export type FlipClass = 'candidate' | 'confirmed' | 'flaky' | null;

export interface WeekOfCase {
    week: string;
    passed: number;
    n: number;
}
export interface Flip {
    case: string;
    from: string;
    to: string;
    class: FlipClass;
    p_worse: number | null;
    p_adjusted: number | null;
    history: WeekOfCase[];
    action: string | null;
    owner: string | null;
    late?: boolean;
}
export interface WeekOfTrend {
    week: string;
    run: string;
    n: number;
    passed: number;
    pass_rate: number | null;
    interval: Bounds | null;
}
export interface Suspect {
    id: string;
    kind: string;
    title: string;
    effective_at: string | null;
    prior: number;
    posterior: number;
    p_fisher: number | null;
    touched_fail: number | null;
    touched_ok: number | null;
    other_fail: number | null;
    other_ok: number | null;
    verdict: string;
}
export interface Slice {
    slice: string;
    n: number;
    pass_rate: number | null;
    delta: number | null;
    p_exact: number | null;
    p_adjusted: number | null;
}
export interface SurfaceReview {
    surface: string;
    suite: string;
    run: string | null;
    baseline_run: string | null;
    baseline_week: string | null;
    weeks_apart: number | null;
    changed: Record<string, [string | null, string | null]>;
    notes: string[];
    cases: number;
    evaluated: number;
    unscored: number;
    passed: number;
    pass_rate: number | null;
    interval: Bounds | null;
    delta: number | null;
    smallest_detectable: number | null;
    paired: {
        n: number;
        pass_to_fail: number;
        fail_to_pass: number;
        diff: number | null;
        interval: Bounds | null;
        p_exact: number | null;
        p_adjusted: number | null;
    } | null;
    verdict: VerdictWord;
    not_comparable: string[];
    compare_anyway?: string | null;
    flips: Flip[];
    fixed: string[];
    missing: string[];
    new: string[];
    errors: string[];
    trend: {
        weeks: WeekOfTrend[];
        mann_kendall: { n: number; p: number | null; tau_b: number | null } | null;
        sen_slope_per_week: number | null;
        verdict: string;
    };
    breaks: { week: string; part: string; from: string | null; to: string | null }[];
    trend_since: string | null;
    change_points: {
        from_week: string;
        to_week: string;
        from_run: string;
        to_run: string;
        rate_before: number;
        rate_after: number;
        runs_before: number;
        runs_after: number;
    }[];
    alarm: {
        state: 'none' | 'unconfirmed' | 'confirmed' | 'could_not_measure';
        reason: string | null;
        baseline_week: string | null;
        confirmed_by: string | null;
        effect: number | null;
        effect_floor: number;
        false_alarm_rate: number;
    } | null;
    false_alarms: { n: number; alarms: number; rate: number | null; interval: Bounds | null } | null;
    score_test: { n: number; runs_before: number; runs_now: number; mean_diff: number; interval: Bounds | null; p: number | null; clusters: number | null } | null;
    tail: {
        fraction: number;
        cases: string[];
        pass_rate: number | null;
        baseline_pass_rate: number | null;
        ties_included: { n: number; pass_rate: number | null };
        p_worse: number | null;
        stealth: boolean;
    } | null;
    slices: Slice[];
    suspects: Suspect[];
    rerun_plan: {
        changes: string[];
        reruns: number;
        failing_cases: number;
        control_cases: number;
        cost_usd: number | null;
    } | null;
}
export interface Review {
    week: string;
    baseline_week: string | null;
    generated_at: string;
    summary: string;
    surfaces: SurfaceReview[];
}
/* What `/review?brief=true` leaves of it. */
export type BriefSurface = Omit<SurfaceReview, 'flips' | 'fixed' | 'missing' | 'new' | 'errors' | 'tail' | 'slices' | 'suspects' | 'rerun_plan'> & {
    tail: Omit<NonNullable<SurfaceReview['tail']>, 'cases'> | null;
};
export type BriefReview = Omit<Review, 'surfaces'> & { surfaces: BriefSurface[] };
export interface Surface {
    id: string;
    name: string;
    floor: number | null;
    owner: string | null;
    team: string | null;
    version: number;
}

export type Tone = 'good' | 'bad' | 'warn' | 'plain';
export const verdictWords: Record<VerdictWord, { label: string; tone: Tone }> = {
    regressed: { label: 'Regressed', tone: 'bad' },
    improved: { label: 'Improved', tone: 'good' },
    no_evidence: { label: 'No evidence of a change', tone: 'plain' },
    insufficient: { label: 'Too little to tell', tone: 'plain' },
    not_comparable: { label: 'Not comparable', tone: 'warn' },
    could_not_measure: { label: 'Could not measure', tone: 'warn' },
};

/* The badge of a surface: its floor first, for that is a promise; then what the test says. */
export function badgeOf(surface: BriefSurface, floor: number | null): { label: string; tone: Tone } | null {
    if (floor !== null && surface.pass_rate !== null && surface.pass_rate < floor)
        return { label: 'Below floor', tone: 'bad' };
    if (surface.verdict !== 'no_evidence') return verdictWords[surface.verdict];
    if (surface.tail?.stealth) return { label: 'Stealth problem', tone: 'warn' };
    if (floor !== null && surface.interval && surface.interval[0] < floor) return { label: 'Near floor', tone: 'warn' };
    return null;
}

function named(surfaces: BriefSurface[], verdict: VerdictWord): string[] {
    return surfaces.filter((one) => one.verdict === verdict).map((one) => one.surface);
}

/* The story's first sentence: what fell, what rose, what could not be told, and how many held. */
export function headline(review: BriefReview): string {
    const { surfaces } = review;
    const fell = named(surfaces, 'regressed');
    const rose = named(surfaces, 'improved');
    const blind = [...named(surfaces, 'could_not_measure'), ...named(surfaces, 'not_comparable')];
    const stealth = surfaces.filter((one) => one.tail?.stealth && one.verdict !== 'regressed').map((one) => one.surface);
    const parts: string[] = [];
    if (fell.length) parts.push(`${list(fell)} fell`);
    if (rose.length) parts.push(`${list(rose)} rose`);
    if (stealth.length) parts.push(`${list(stealth)} ${stealth.length === 1 ? 'has' : 'have'} a stealth problem`);
    if (blind.length) parts.push(`${list(blind)} could not be compared`);
    const said = new Set([...fell, ...rose, ...stealth, ...blind]).size;
    const rest = surfaces.length - said;
    const first = parts.length
        ? `${parts.join('; ')}.`
        : `No surface shows evidence of a change.`;
    const last = parts.length && rest > 0 ? ` ${rest === 1 ? 'One other shows' : `${rest} others show`} no evidence of a change.` : '';
    return first.charAt(0).toUpperCase() + first.slice(1) + last;
}

/* What stands below it: how many cases, and what is suspected most. */
export function underline(review: Review): string {
    const flips = review.surfaces.reduce((sum, one) => sum + one.flips.length, 0);
    const fixed = review.surfaces.reduce((sum, one) => sum + one.fixed.length, 0);
    const firsts = review.surfaces
        .filter((one) => one.verdict === 'regressed' || one.tail?.stealth)
        .map((one) => ({ surface: one.surface, suspect: one.suspects[0] }))
        .filter((one) => one.suspect && one.suspect.kind !== 'noise' && one.suspect.posterior >= 0.5);
    const counts = `${count(flips, 'case')} no longer ${flips === 1 ? 'passes' : 'pass'}, ${fixed} ${fixed === 1 ? 'is' : 'are'} fixed.`;
    const suspects = firsts.map((one) => `${one.surface}: ${one.suspect!.title}`);
    return suspects.length ? `${counts} Suspected first: ${suspects.join('; ')}.` : counts;
}

export function mayShowLists(surface: SurfaceReview): boolean {
    return surface.not_comparable.length === 0 || Boolean(surface.compare_anyway);
}

/* The sentence of the deciding test, with all that it rests on. */
export function testSentence(surface: SurfaceReview): string {
    const pair = surface.paired;
    if (!pair) return 'There is no earlier run to compare with.';
    const split = `${pair.pass_to_fail} worse, ${pair.fail_to_pass} better of ${pair.n}`;
    const p = `exact ${pIs(pair.p_exact)}, corrected ${pValue(pair.p_adjusted)}`;
    const missed =
        surface.verdict !== 'no_evidence' ? ''
        : surface.smallest_detectable === null ? ' No change could have been seen, even if every flip went the same way.'
        : ` A net change below ${(surface.smallest_detectable * 100).toFixed(1)} points could not have been seen.`;
    return `${verdictWords[surface.verdict].label}: ${split} (${p}).${missed}`;
}

export function trendSentence(surface: SurfaceReview): string {
    const { trend } = surface;
    const weeks = trend.weeks.filter((one) => one.pass_rate !== null).length;
    const words: Record<string, string> = {
        too_few_weeks: 'too few weeks to tell',
        no_trend: 'no evidence of a trend',
        falling: 'falling',
        rising: 'rising',
    };
    const test = trend.mann_kendall?.p != null ? `, Mann-Kendall ${pIs(trend.mann_kendall.p)}` : '';
    return `${words[trend.verdict] ?? trend.verdict.replaceAll('_', ' ')}${test} over ${count(weeks, 'week')}`;
}

function alarmSentence(alarm: NonNullable<SurfaceReview['alarm']>): string {
    const often = `It would ring falsely at ${percent(alarm.false_alarm_rate)} of looks.`;
    if (alarm.state === 'could_not_measure') return `Alarm: could not measure${alarm.reason ? ` (${alarm.reason})` : ''}.`;
    if (alarm.state === 'none') return `Alarm: none. ${often}`;
    const since = `${points(alarm.effect)} since ${alarm.baseline_week ?? 'the baseline'}`;
    if (alarm.state === 'confirmed') return `Alarm: ${since}, confirmed by ${alarm.confirmed_by ?? 'a second run'}. ${often}`;
    return `Alarm waits for a second run: ${since}. ${often}`;
}

/* What else the review knows of a surface, a sentence each: scores, levels, alarm, its own false alarms, breaks. */
export function evidence(surface: SurfaceReview): string[] {
    const said: string[] = [];
    const { score_test: score, false_alarms: own } = surface;
    for (const one of surface.breaks)
        said.push(
            `The ruler changed in ${one.week}: ${one.part.replaceAll('_', ' ')} ${one.from ?? 'unknown'} to ${one.to ?? 'unknown'}. The trend begins anew there.`,
        );
    for (const one of surface.change_points)
        said.push(
            `The level changed between ${one.from_run} and ${one.to_run}: ${percent(one.rate_before)} to ${percent(one.rate_after)} (n = ${one.runs_before} and ${one.runs_after} runs).`,
        );
    if (surface.alarm) said.push(alarmSentence(surface.alarm));
    if (score)
        said.push(
            `Scores: ${number(score.mean_diff)} on average (${number(score.interval?.[0])} to ${number(score.interval?.[1])}), paired t ${pIs(score.p)}, n = ${score.n}${score.clusters ? `, ${score.clusters} clusters` : ''}.`,
        );
    if (own)
        said.push(
            own.n === 0
                ? 'How often this test cries wolf is not measured: no run was repeated unchanged.'
                : `Repeats of the same thing: ${own.alarms} of ${own.n} called a change (${interval(own.interval)} %).`,
        );
    return said;
}

export function flipWords(flip: Flip): string {
    const passed = flip.history.reduce((sum, one) => sum + one.passed, 0);
    const n = flip.history.reduce((sum, one) => sum + one.n, 0);
    if (flip.class === 'candidate') return 'candidate (run 3 times)';
    if (flip.class === 'flaky') return `flaky (history ${passed} of ${n})`;
    if (flip.class === 'confirmed') return 'confirmed';
    return flip.to;
}

/* The address of the list that holds a run of that name. */
function runEvidence(run: string): { label: string; address: string } {
    return { label: run, address: `/eval-runs?run=${encodeURIComponent(run)}` };
}

/* What the rate is a share of: all cases, or those with a verdict, as the suite counts. */
function countedCases(surface: SurfaceReview): number {
    return surface.trend.weeks.find((one) => one.run === surface.run)?.n ?? surface.cases;
}

export function rateWorking(surface: SurfaceReview): Working {
    const n = countedCases(surface);
    return {
        name: `Pass rate of ${surface.surface}`,
        value: `${percent(surface.pass_rate)} (${interval(surface.interval)})`,
        definition: 'The share of the cases of the run that passed; the range is what so many cases can tell.',
        inputs: [
            ['Passed', String(surface.passed)],
            ['Counted cases', String(n)],
            ['Without a verdict', String(surface.cases - surface.evaluated)],
            ['Run', surface.run ?? '–'],
        ],
        formula: 'Wilson score interval at 95 %',
        calc: `echo '{"successes": ${surface.passed}, "n": ${n}, "confidence": 0.95}' | rondo calc wilson`,
        evidence: surface.run ? [runEvidence(surface.run)] : [],
    };
}

export function pairWorking(surface: SurfaceReview): Working | null {
    const pair = surface.paired;
    if (!pair) return null;
    return {
        name: `Change of ${surface.surface}`,
        value: `${points(pair.diff)}, ${verdictWords[surface.verdict].label.toLowerCase()}`,
        definition: 'Only cases in both runs count. One test decides: the exact McNemar test on the cases that differ.',
        inputs: [
            ['Cases in both runs', String(pair.n)],
            ['Pass to fail', String(pair.pass_to_fail)],
            ['Fail to pass', String(pair.fail_to_pass)],
            ['Exact p', pValue(pair.p_exact)],
            ['Corrected over the week’s surfaces', pValue(pair.p_adjusted)],
            ['Range of the change', pair.interval ? `${points(pair.interval[0])} to ${points(pair.interval[1])}` : UNKNOWN],
        ],
        formula: 'Exact McNemar; Benjamini-Hochberg at q = .05',
        calc: `echo '{"pass_to_fail": ${pair.pass_to_fail}, "fail_to_pass": ${pair.fail_to_pass}}' | rondo calc mcnemar`,
        evidence: [surface.baseline_run, surface.run]
            .filter((run): run is string => run !== null)
            .map(runEvidence),
    };
}

export function tailWorking(surface: SurfaceReview): Working | null {
    const { tail } = surface;
    if (!tail || tail.pass_rate === null) return null;
    const n = tail.cases.length;
    const passed = Math.round(tail.pass_rate * n);
    return {
        name: `Hardest tenth of ${surface.surface}`,
        value: `${passed} of ${n} pass`,
        definition:
            'The tenth of the cases that failed most in earlier weeks; this week’s results do not choose them. Ties at the cut are taken by id.',
        inputs: [
            ['Cases', String(n)],
            ['Pass now', percent(tail.pass_rate)],
            ['Passed before', percent(tail.baseline_pass_rate)],
            ['With all ties', `${tail.ties_included.n} cases, ${percent(tail.ties_included.pass_rate)}`],
            ['One-sided exact p', pValue(tail.p_worse)],
        ],
        formula: 'hardest_pass_rate with its Wilson interval',
        calc: `echo '{"successes": ${passed}, "n": ${n}, "confidence": 0.95}' | rondo calc wilson`,
        evidence: surface.run ? [runEvidence(surface.run)] : [],
    };
}
