/* The review of a week as the server tells it, and the sentences that a page makes of it. */
import type { Working } from '../../lib/working';
import { boundWord, headlineChange, headlineRate, isLowerBetter, senseWords, type Headline } from './headline';
import {
    count,
    everyWeek,
    interval,
    list,
    number,
    percent,
    pIs,
    points,
    pValue,
    sentence,
    UNKNOWN,
} from '../../lib/format';

export type Bounds = [number, number];
export type VerdictWord =
    'regressed' | 'improved' | 'no_evidence' | 'insufficient' | 'not_comparable' | 'could_not_measure';
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
    /* Only where both weeks scored it. */
    score_before?: number;
    score_now?: number;
    history: WeekOfCase[];
    action: string | null;
    owner: string | null;
    late?: boolean;
}
export interface WeekOfTrend {
    week: string;
    run: string | null;
    n: number;
    passed: number;
    pass_rate: number | null;
    interval: Bounds | null;
    scored: number | null;
    mean_score: number | null;
    /** It stands on a run that was cut or cancelled. */
    partial?: boolean;
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
/** How small a change a suite can see, by the share of cases that its last comparisons found flipped. */
export interface Sensitivity {
    comparisons: number;
    pairs: number;
    flips: number;
    discordant_rate: number | null;
    n: number;
    smallest_detectable: number | null;
    effect: number;
    cases_needed: number | null;
}
export interface SurfaceReview {
    surface: string;
    suite: string;
    run: string | null;
    baseline_run: string | null;
    baseline_week: string | null;
    weeks_apart: number | null;
    changed: Record<string, [string | null, string | null]>;
    notes: { code: string; text: string }[];
    headline: Headline;
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
    not_comparable: { part: string; from: string | null; to: string | null }[];
    compared_anyway: { id: string; reason: string } | null;
    flips: Flip[];
    flips_left_out?: number;
    fixed: string[];
    /* Passed each of several tries before and not each now; a review opened before they were told has none. */
    slid?: { case: string; before: Omit<WeekOfCase, 'week'>; now: Omit<WeekOfCase, 'week'> }[];
    missing: string[];
    new: string[];
    renamed: { from: string; to: string }[];
    errors: { case: string; kind: string; reason: string | null }[];
    trend: {
        weeks: WeekOfTrend[];
        mann_kendall: { n: number; p: number | null; tau_b: number | null } | null;
        sen_slope_per_listed_week: number | null;
        verdict: string;
    };
    breaks: { week: string; part: string; from: string | null; to: string | null }[];
    trend_since: string | null;
    change_points: {
        from_week: string;
        to_week: string;
        from_run: string | null;
        to_run: string | null;
        rate_before: number;
        rate_after: number;
        runs_before: number;
        runs_after: number;
    }[];
    score_change_points: {
        from_week: string;
        to_week: string;
        from_run: string | null;
        to_run: string | null;
        mean_before: number;
        mean_after: number;
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
    sensitivity?: Sensitivity;
    false_alarms: { n: number; alarms: number; rate: number | null; interval: Bounds | null } | null;
    score_test: {
        n: number;
        runs_before: number;
        runs_now: number;
        mean_diff: number;
        interval: Bounds | null;
        p: number | null;
        clusters: number | null;
    } | null;
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
export type BriefSurface = Omit<
    SurfaceReview,
    | 'flips'
    | 'fixed'
    | 'slid'
    | 'missing'
    | 'new'
    | 'renamed'
    | 'errors'
    | 'tail'
    | 'slices'
    | 'suspects'
    | 'rerun_plan'
> & {
    tail: Omit<NonNullable<SurfaceReview['tail']>, 'cases'> | null;
};
/* A review that has something in it. Where there is no run to review, `or_empty` answers one without surfaces. */
export const measured = <T extends { surfaces: unknown[] }>(review: T | undefined): T | undefined =>
    review?.surfaces.length ? review : undefined;
export type BriefReview = Omit<Review, 'surfaces'> & { surfaces: BriefSurface[] };

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
export function badgeOf(surface: BriefSurface): { label: string; tone: Tone } | null {
    const { floor, breached, interval } = surface.headline;
    const bound = boundWord(surface);
    if (breached) return { label: `${isLowerBetter(surface) ? 'Above' : 'Below'} ${bound}`, tone: 'bad' };
    if (surface.verdict !== 'no_evidence') return verdictWords[surface.verdict];
    if (surface.tail?.stealth) return { label: 'Stealth problem', tone: 'warn' };
    const isNear =
        breached === false &&
        floor !== null &&
        interval &&
        (isLowerBetter(surface) ? interval[1] > floor : interval[0] < floor);
    return isNear ? { label: `Near ${bound}`, tone: 'warn' } : null;
}

function named(surfaces: BriefSurface[], verdict: VerdictWord): string[] {
    return surfaces.filter((one) => one.verdict === verdict).map((one) => one.surface);
}

/* "chat fell"; a share that is better lower is told by its name: "the hallucination rate of chat rose". */
function moved(surfaces: BriefSurface[], verdict: VerdictWord, plain: string, turned: string): string[] {
    const higher = surfaces.filter((one) => !isLowerBetter(one));
    const lower = surfaces.filter((one) => isLowerBetter(one) && one.verdict === verdict);
    const names = named(higher, verdict);
    return [
        ...(names.length ? [`${list(names)} ${plain}`] : []),
        ...lower.map((one) => `the ${one.headline.metric} of ${one.surface} ${turned}`),
    ];
}

/* Beyond what is acceptable without having fallen this week: a bound is a promise, whatever the test says. */
function isBeyond(surface: BriefSurface): boolean {
    return surface.headline.breached === true && surface.verdict !== 'regressed';
}
function beyond(surfaces: BriefSurface[]): string[] {
    const names = surfaces.filter((one) => isBeyond(one) && !isLowerBetter(one)).map((one) => one.surface);
    const lower = surfaces.filter((one) => isBeyond(one) && isLowerBetter(one));
    return [
        ...(names.length
            ? [`${list(names)} ${names.length === 1 ? 'is below its floor' : 'are below their floors'}`]
            : []),
        ...lower.map((one) => `the ${one.headline.metric} of ${one.surface} is above its ceiling`),
    ];
}

/* The story's first sentence: what fell, what rose, what could not be told, and how many held. */
export function headline(review: BriefReview): string {
    const { surfaces } = review;
    const fell = named(surfaces, 'regressed');
    const rose = named(surfaces, 'improved');
    const blind = [...named(surfaces, 'could_not_measure'), ...named(surfaces, 'not_comparable')];
    const early = named(surfaces, 'insufficient');
    const stealth = surfaces
        .filter((one) => one.tail?.stealth && one.verdict !== 'regressed')
        .map((one) => one.surface);
    const parts = [...moved(surfaces, 'regressed', 'fell', 'rose'), ...moved(surfaces, 'improved', 'rose', 'fell')];
    parts.push(...beyond(surfaces));
    if (stealth.length) parts.push(`${list(stealth)} ${stealth.length === 1 ? 'has' : 'have'} a stealth problem`);
    if (blind.length) parts.push(`${list(blind)} could not be compared`);
    if (early.length) parts.push(`${list(early)} cannot be compared yet`);
    const below = surfaces.filter(isBeyond).map((one) => one.surface);
    const said = new Set([...fell, ...rose, ...below, ...stealth, ...blind, ...early]).size;
    const rest = surfaces.length - said;
    const first = parts.length ? `${parts.join('; ')}.` : `No surface shows evidence of a change.`;
    const last =
        parts.length && rest > 0
            ? ` ${rest === 1 ? 'One other shows' : `${rest} others show`} no evidence of a change.`
            : '';
    return first.charAt(0).toUpperCase() + first.slice(1) + last;
}

/* What stands below it: how many of the listed cases, and what is suspected most. */
export function underline(review: Review): string {
    const listed = review.surfaces.filter(mayShowLists);
    const flips = listed.reduce((sum, one) => sum + one.flips.length + (one.flips_left_out ?? 0), 0);
    const fixed = listed.reduce((sum, one) => sum + one.fixed.length, 0);
    const firsts = review.surfaces
        .filter((one) => one.verdict === 'regressed' || one.tail?.stealth)
        .map((one) => ({ surface: one.surface, suspect: one.suspects[0] }))
        .filter((one) => one.suspect && one.suspect.kind !== 'noise' && one.suspect.posterior >= 0.5);
    const counts =
        `${count(flips, 'case')} no longer ${flips === 1 ? 'passes' : 'pass'}, ` +
        `${fixed} ${fixed === 1 ? 'is' : 'are'} fixed.`;
    const suspects = firsts.map((one) => `${one.surface}: ${one.suspect!.title}`);
    return suspects.length ? `${counts} Suspected first: ${suspects.join('; ')}.` : counts;
}

/* Somebody who said why the two may be compared all the same has given it another verdict. */
export function mayShowLists(surface: BriefSurface): boolean {
    return surface.verdict !== 'not_comparable';
}

/* The colour of the whole: what fell before what is not known, else all is well; of a first run nothing is said. */
export function reviewTone(review: BriefReview): Tone {
    if (review.surfaces.some((one) => one.verdict === 'regressed' || one.headline.breached)) return 'bad';
    if (review.surfaces.every((one) => one.verdict === 'insufficient')) return 'plain';
    return review.surfaces.some((one) => one.verdict === 'could_not_measure' || !mayShowLists(one) || one.tail?.stealth)
        ? 'warn'
        : 'good';
}

/* Every week of the trend: one without a run is a gap. */
export function trendWeeks(surface: Pick<SurfaceReview, 'trend'>): WeekOfTrend[] {
    const gap = (week: string) => ({
        week,
        run: '',
        n: 0,
        passed: 0,
        pass_rate: null,
        interval: null,
        scored: 0,
        mean_score: null,
    });
    return everyWeek(surface.trend.weeks, gap);
}

/* Among those weeks, where the trend begins anew; other cases alone do not make it. */
export function rulerBreaks(surface: SurfaceReview): number[] {
    const broken = new Set(surface.breaks.filter((one) => one.part !== 'cases').map((one) => one.week));
    return trendWeeks(surface).flatMap((one, index) => (index > 0 && broken.has(one.week) ? [index] : []));
}

const PAIRS_LEAST = 10;

/* The cases of the earlier run that are not there to be compared. */
function goneWords({ missing, renamed }: SurfaceReview): string[] {
    const n = missing.length + renamed.length;
    const how = [...(missing.length ? ['missing'] : []), ...(renamed.length ? ['renamed'] : [])].join(' or ');
    return n ? [`${count(n, 'case')} of the earlier run ${n === 1 ? 'is' : 'are'} ${how}`] : [];
}

/* Why no test decides; null: one does. */
function undecided(surface: SurfaceReview): string | null {
    const { unscored, cases, paired } = surface;
    if (surface.verdict === 'not_comparable')
        return list(
            surface.not_comparable.map(
                ({ part, from, to }) =>
                    `the ${part.replaceAll('_', ' ')} was ${from ?? 'unknown'} and is ${to ?? 'unknown'}`,
            ),
        );
    if (surface.verdict === 'could_not_measure')
        return list([
            ...(unscored
                ? [`${unscored} of ${count(cases, 'case')} ${unscored === 1 ? 'has' : 'have'} no verdict`]
                : []),
            ...goneWords(surface),
        ]);
    if (surface.verdict !== 'insufficient') return null;
    return surface.baseline_week === null
        ? 'there is no earlier run to compare with'
        : `${count(paired?.n ?? 0, 'case')} in both runs, ${PAIRS_LEAST} are needed`;
}

/* The sentence of the deciding test, with all that it rests on; or why there is none. */
export function testSentence(surface: SurfaceReview): string {
    const pair = surface.paired;
    const why = undecided(surface);
    if (!pair || why !== null) return `${verdictWords[surface.verdict].label}: ${why ?? 'no case is in both runs'}.`;
    const split = `${pair.pass_to_fail} worse, ${pair.fail_to_pass} better of ${pair.n}`;
    const p = `exact ${pIs(pair.p_exact)}, corrected ${pValue(pair.p_adjusted)}`;
    const missed =
        surface.verdict !== 'no_evidence'
            ? ''
            : surface.smallest_detectable === null
              ? ' Too few cases flipped to say how small a change it could have seen.'
              : ` A net change below ${(surface.smallest_detectable * 100).toFixed(1)} points ` +
                'could not have been seen.';
    return `${verdictWords[surface.verdict].label}: ${split} (${p}).${missed}`;
}

export function trendSentence(surface: SurfaceReview): string {
    const { trend } = surface;
    const since = surface.trend_since ?? '';
    const weeks = trend.weeks.filter((one) => one.pass_rate !== null && one.week >= since).length;
    const isTurned = isLowerBetter(surface);
    const words: Record<string, string> = {
        too_few_weeks: 'too few weeks to tell',
        no_trend: 'no evidence of a trend',
        falling: isTurned ? 'rising (worse)' : 'falling',
        rising: isTurned ? 'falling (better)' : 'rising',
    };
    const isTold = trend.verdict !== 'too_few_weeks' && trend.sen_slope_per_listed_week != null;
    const slope = isTold ? `, slope ${headlineChange(surface, trend.sen_slope_per_listed_week)} a listed week` : '';
    const hasTest = trend.verdict !== 'too_few_weeks' && trend.mann_kendall?.p != null;
    const test = hasTest ? `, Mann-Kendall ${pIs(trend.mann_kendall!.p)}` : '';
    return (
        `${words[trend.verdict] ?? trend.verdict.replaceAll('_', ' ')}${slope}${test} ` +
        `over ${count(weeks, 'week')}${since && ' since the ruler changed'}`
    );
}

function alarmSentence(surface: SurfaceReview, alarm: NonNullable<SurfaceReview['alarm']>): string {
    const often = `It rings falsely at no more than ${percent(alarm.false_alarm_rate)} of looks.`;
    if (alarm.state === 'could_not_measure')
        return `Alarm: could not measure${alarm.reason ? ` (${alarm.reason})` : ''}.`;
    if (alarm.state === 'none') return `Alarm: none. ${often}`;
    const since = `${headlineChange(surface, alarm.effect)} since ${alarm.baseline_week ?? 'the baseline'}`;
    if (alarm.state === 'confirmed')
        return `Alarm: ${since}, confirmed by ${alarm.confirmed_by ?? 'a second run'}. ${often}`;
    return `Alarm waits for a second run: ${since}. ${often}`;
}

/* The weeks on both sides of a change of level; a week of several runs stands by their majority. */
function levelEnds(level: {
    from_run: string | null;
    to_run: string | null;
    from_week: string;
    to_week: string;
}): string {
    const from = level.from_run ?? `the majority of ${level.from_week}`;
    return `between ${from} and ${level.to_run ?? `the majority of ${level.to_week}`}`;
}

/* Points without their direction. */
function pointsApart(share: number): string {
    return `${number(share * 100, 1)} points`;
}

export function sensitivitySentence(suite: Sensitivity | undefined): string {
    if (!suite || suite.pairs === 0 || suite.n === 0) return '';
    const last = `its last ${count(suite.comparisons, 'comparison')}`;
    if (suite.flips === 0) return `How small a change can be seen is not known: no case flipped in ${last}.`;
    const seen =
        suite.smallest_detectable === null
            ? `${suite.n} cases are too few to see any change, even if every flip goes the same way`
            : `This suite can see ${pointsApart(suite.smallest_detectable)}`;
    const needed =
        suite.cases_needed === null || suite.cases_needed <= suite.n
            ? ''
            : `; to see ${pointsApart(suite.effect)} it needs about ${suite.cases_needed} cases`;
    return `${seen}: ${percent(suite.discordant_rate)} of its cases flipped in ${last}${needed}.`;
}

/* What else the review knows of a surface, a sentence each: scores, levels, alarm, its own false alarms, breaks. */
export function evidence(surface: SurfaceReview): string[] {
    const said: string[] = [];
    const { score_test: score, false_alarms: own } = surface;
    for (const one of surface.breaks)
        said.push(
            `The ruler changed in ${one.week}: ${one.part.replaceAll('_', ' ')} ` +
                `${one.from ?? 'unknown'} to ${one.to ?? 'unknown'}. The trend begins anew there.`,
        );
    for (const one of surface.change_points) {
        const [before, after] = [headlineRate(surface, one.rate_before)!, headlineRate(surface, one.rate_after)!];
        said.push(
            `The level changed ${levelEnds(one)}: ` +
                `${percent(before)} to ${percent(after)}${senseWords(surface, after - before)} ` +
                `(n = ${one.runs_before} and ${one.runs_after} runs).`,
        );
    }
    for (const one of surface.score_change_points)
        said.push(
            `The mean score changed its level ${levelEnds(one)}: ` +
                `${number(one.mean_before, 4)} to ${number(one.mean_after, 4)}` +
                `${senseWords(surface, one.mean_after - one.mean_before)} ` +
                `(n = ${one.runs_before} and ${one.runs_after} runs).`,
        );
    if (surface.alarm) said.push(alarmSentence(surface, surface.alarm));
    if (score)
        said.push(
            [
                `Scores${isLowerBetter(surface) ? ' (lower is better)' : ''}: ${number(score.mean_diff)} on average`,
                ` (${number(score.interval?.[0])} to ${number(score.interval?.[1])})`,
                `, paired t ${pIs(score.p)}, n = ${score.n}`,
                score.clusters ? `, ${score.clusters} clusters.` : '.',
            ].join(''),
        );
    const seen = sensitivitySentence(surface.sensitivity);
    if (seen) said.push(seen);
    if (own)
        said.push(
            own.n === 0
                ? 'How often this test cries wolf is not measured: no run was repeated unchanged.'
                : `Repeats of the same thing: ${own.alarms} of ${own.n} called a change (${interval(own.interval)} %).`,
        );
    return said;
}

export interface MarkedChange {
    kind: string;
    to: string | null;
}

/* What the changes of a week are called on a chart: their kinds, with a version where that is a number. */
export function markLabel(changes: MarkedChange[]): string {
    const short: Record<string, string> = { prompt_version: 'prompt', model_asked: 'model', model_served: 'model' };
    const words = changes.map(({ kind, to }) => `${short[kind] ?? kind}${/^\d+$/.test(to ?? '') ? ` ${to}` : ''}`);
    const distinct = [...new Set(words)];
    return distinct.length > 2 ? `${changes.length} changes` : distinct.join(', ');
}

export function flipWords(flip: Flip): string {
    const passed = flip.history.reduce((sum, one) => sum + one.passed, 0);
    const n = flip.history.reduce((sum, one) => sum + one.n, 0);
    if (flip.class === 'candidate') return 'candidate (run 3 times)';
    if (flip.class === 'flaky') return `flaky (history ${passed} of ${n})`;
    if (flip.class === 'confirmed') return 'confirmed';
    return '';
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
    const isTurned = isLowerBetter(surface);
    const counted = isTurned ? n - surface.passed : surface.passed;
    return {
        name: `${isTurned ? sentence(surface.headline.metric) : 'Pass rate'} of ${surface.surface}`,
        value: `${percent(surface.headline.rate)} (${interval(surface.headline.interval)})`,
        definition:
            `The share of the cases of the run that ${isTurned ? 'did not pass: lower is better' : 'passed'}; ` +
            `the range is what so many cases can tell.`,
        inputs: [
            isTurned ? ['Not passed', String(counted)] : ['Passed', String(counted)],
            ['Counted cases', String(n)],
            ['Without a verdict', String(surface.cases - surface.evaluated)],
            ['Run', surface.run ?? '–'],
        ],
        formula: 'Wilson score interval at 95 %',
        calc: `echo '{"successes": ${counted}, "n": ${n}, "confidence": 0.95}' | rondo calc wilson`,
        evidence: surface.run ? [runEvidence(surface.run)] : [],
    };
}

export function pairWorking(surface: SurfaceReview): Working | null {
    const { paired: pair, sensitivity: suite } = surface;
    if (!pair) return null;
    return {
        name: `Change of ${isLowerBetter(surface) ? 'the pass rate of ' : ''}${surface.surface}`,
        value: `${points(pair.diff)}, ${verdictWords[surface.verdict].label.toLowerCase()}`,
        definition: 'Only cases in both runs count. One test decides: the exact McNemar test on the cases that differ.',
        inputs: [
            ['Cases in both runs', String(pair.n)],
            ['Pass to fail', String(pair.pass_to_fail)],
            ['Fail to pass', String(pair.fail_to_pass)],
            ['Exact p', pValue(pair.p_exact)],
            ['Corrected over the week’s surfaces', pValue(pair.p_adjusted)],
            [
                'Range of the change',
                pair.interval ? `${points(pair.interval[0])} to ${points(pair.interval[1])}` : UNKNOWN,
            ],
            [
                'Smallest change that could have been seen',
                surface.smallest_detectable === null ? UNKNOWN : pointsApart(surface.smallest_detectable),
            ],
            ...(suite?.smallest_detectable
                ? [
                      ['Smallest change that this suite can see', pointsApart(suite.smallest_detectable)] as [
                          string,
                          string,
                      ],
                  ]
                : []),
        ],
        formula: 'Exact McNemar; Benjamini-Hochberg at q = .05',
        calc: [
            `echo '{"pass_to_fail": ${pair.pass_to_fail}, "fail_to_pass": ${pair.fail_to_pass}}' | rondo calc mcnemar`,
            ...(suite?.smallest_detectable
                ? [`echo '{"n": ${suite.n}, "discordant_rate": ${suite.discordant_rate}}' | rondo calc mde_mcnemar`]
                : []),
        ].join('\n'),
        evidence: [surface.baseline_run, surface.run].filter((run): run is string => run !== null).map(runEvidence),
    };
}

/* The tail as it may be told: below ten cases as a count, and without a verdict. */
export function tailFigure(surface: SurfaceReview): { rate: string; change: string; said: string; isWorse: boolean } {
    const tail = surface.tail!;
    const n = tail.cases.length;
    const isSmall = n < PAIRS_LEAST;
    const of = isLowerBetter(surface) ? ' pass' : '';
    const p = surface.verdict === 'not_comparable' ? null : tail.p_worse;
    const isWorse = !isSmall && p !== null && p <= 0.05;
    const change = tail.baseline_pass_rate === null ? null : tail.pass_rate! - tail.baseline_pass_rate;
    const verdict = isSmall ? 'too few cases for a verdict' : isWorse || p === null ? '' : 'within noise';
    return {
        rate: (isSmall ? `${Math.round(tail.pass_rate! * n)} of ${n}` : percent(tail.pass_rate)) + of,
        change: isSmall || p === null ? '' : points(change),
        said: [verdict, `n ${n}`, p === null ? '' : pIs(p)].filter(Boolean).join(' · '),
        isWorse,
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
            'The tenth of the cases that failed most in earlier weeks; ' +
            'this week’s results do not choose them. Ties at the cut are taken by id.',
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
