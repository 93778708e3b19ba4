/* The working of a figure makes the same figure again. */
import { describe, expect, it } from 'vitest';
import { flipsLeftOut, groupsOf, rowsOf } from '../src/rooms/evals/flip_rows';
import { headlineInterval, headlineRate } from '../src/rooms/evals/headline';
import {
    badgeOf,
    evidence,
    headline as tell,
    markLabel,
    rateWorking,
    reviewTone,
    rulerBreaks,
    sensitivitySentence,
    tailFigure,
    testSentence,
    trendSentence,
    trendWeeks,
    underline,
    verdictWords,
    type Flip,
    type Review,
    type SurfaceReview,
} from '../src/rooms/evals/review';

const headline = {
    metric: 'pass rate',
    direction: 'higher' as const,
    rate: 0.6,
    interval: [0.3, 0.9] as [number, number],
    delta: -0.2,
    floor: null,
    breached: null,
};

function surface(more: Partial<SurfaceReview>): SurfaceReview {
    return {
        surface: 'chat',
        headline,
        run: 'r2',
        cases: 10,
        evaluated: 8,
        passed: 6,
        interval: [0.3, 0.9],
        trend: { weeks: [], mann_kendall: null, sen_slope_per_listed_week: null, verdict: 'too_few_weeks' },
        ...more,
    } as SurfaceReview;
}
function week(n: number): SurfaceReview['trend'] {
    const counted = { n, passed: 6, pass_rate: 6 / n, interval: null, scored: 0, mean_score: null };
    const weeks = [{ week: '2026-W47', run: 'r2', ...counted }];
    return { weeks, mann_kendall: null, sen_slope_per_listed_week: null, verdict: 'too_few_weeks' };
}

describe('the working of a rate', () => {
    it('counts the cases that the suite counts', () => {
        expect(rateWorking(surface({ pass_rate: 0.75, trend: week(8) })).calc).toContain('"successes": 6, "n": 8,');
        expect(rateWorking(surface({ pass_rate: 0.6, trend: week(10) })).calc).toContain('"successes": 6, "n": 10,');
    });
    it('says how many have no verdict', () =>
        expect(rateWorking(surface({ pass_rate: 0.6, trend: week(10) })).inputs).toContainEqual([
            'Without a verdict',
            '2',
        ]));
});

describe('what a suite can see', () => {
    const suite = { comparisons: 4, pairs: 160, flips: 9, discordant_rate: 9 / 160, n: 40, effect: 0.02 };
    it('names its points, and the cases that the smallest change would need', () =>
        expect(sensitivitySentence({ ...suite, smallest_detectable: 0.0969, cases_needed: 1100 })).toBe(
            'This suite can see 9.7 points: 5.6 % of its cases flipped in its last 4 comparisons; ' +
                'to see 2 points it needs about 1100 cases.',
        ));
    it('is not known where nothing flipped, and nothing is said before two weeks', () => {
        const none = { smallest_detectable: null, cases_needed: null };
        expect(sensitivitySentence({ ...suite, ...none, flips: 0, discordant_rate: 0 })).toContain('is not known');
        expect(sensitivitySentence({ ...suite, ...none })).toContain('40 cases are too few');
        expect(sensitivitySentence({ ...suite, ...none, pairs: 0 })).toBe('');
    });
});

describe('changes of level', () => {
    const ends = { from_week: '2026-W42', to_week: '2026-W43', runs_before: 5, runs_after: 4 };
    const none = { breaks: [], change_points: [], score_change_points: [], alarm: null, score_test: null };
    const said = (more: Partial<SurfaceReview>) => evidence(surface({ ...none, false_alarms: null, ...more }));
    it('of the mean score are told beside those of the rate', () => {
        const runs = { from_run: 'r4', to_run: 'r5', ...ends };
        expect(said({ score_change_points: [{ ...runs, mean_before: 0.81237, mean_after: 0.7 }] })).toEqual([
            'The mean score changed its level between r4 and r5: 0.8124 to 0.7 (n = 5 and 4 runs).',
        ]);
        expect(said({ change_points: [{ ...runs, rate_before: 0.9, rate_after: 0.7 }] })).toEqual([
            'The level changed between r4 and r5: 90.0 % to 70.0 % (n = 5 and 4 runs).',
        ]);
        expect(said({})).toEqual([]);
    });
    it('between weeks of several runs are between their majorities', () => {
        const runs = { from_run: null, to_run: null, ...ends };
        expect(said({ score_change_points: [{ ...runs, mean_before: 0.5, mean_after: 0.25 }] })).toEqual([
            'The mean score changed its level between the majority of 2026-W42 and the majority of 2026-W43: 0.5 to 0.25 (n = 5 and 4 runs).',
        ]);
    });
});

describe('flips that are not shown', () => {
    const kept = (name: string, flips_left_out: number) => surface({ surface: name, flips_left_out });
    it('are counted, and where they are', () => {
        expect(flipsLeftOut([kept('chat', 0), kept('search', 0)])).toBe('');
        expect(flipsLeftOut([kept('chat', 1)])).toBe('1 more flip of chat is not shown: the surest stand here.');
        expect(flipsLeftOut([kept('chat', 1200), kept('search', 34), kept('mail', 0)])).toBe(
            '1,234 more flips of 2 surfaces are not shown: the surest stand here.',
        );
    });
    it('are none where the surface shows no lists', () =>
        expect(flipsLeftOut([{ ...kept('chat', 9), verdict: 'not_comparable' }])).toBe(''));
});

describe('changes on a chart', () => {
    it('are called by their kind, with a version that is a number', () => {
        expect(markLabel([{ kind: 'prompt_version', to: '14' }])).toBe('prompt 14');
        expect(markLabel([{ kind: 'prompt_version', to: 'support-answer 13' }])).toBe('prompt');
        expect(
            markLabel([
                { kind: 'model_served', to: 'birch-2026-11-11' },
                { kind: 'retrieval', to: null },
            ]),
        ).toBe('model, retrieval');
    });
    it('are counted where there are more than two kinds, and one kind is named once', () => {
        expect(markLabel(['config', 'code', 'judge'].map((kind) => ({ kind, to: null })))).toBe('3 changes');
        expect(
            markLabel([
                { kind: 'model_asked', to: null },
                { kind: 'model_served', to: null },
            ]),
        ).toBe('model');
    });
});

describe('what could have been missed', () => {
    const paired = { n: 150, pass_to_fail: 5, fail_to_pass: 1, p_exact: 0.21875, p_adjusted: 0.292 };
    const surface = { paired, verdict: 'no_evidence', smallest_detectable: null } as unknown as SurfaceReview;
    it('is not known where hardly a case flipped: six one way would have been seen', () =>
        expect(testSentence(surface)).toMatch(
            /\. Too few cases flipped to say how small a change it could have seen\.$/,
        ));
    it('is told where it is known', () =>
        expect(testSentence({ ...surface, smallest_detectable: 0.086 })).toMatch(
            /below 8\.6 points could not have been seen\.$/,
        ));
});

describe('cases without a verdict', () => {
    const flip = {
        case: 'a',
        class: null,
        from: 'pass',
        to: 'error',
        action: null,
        owner: null,
        history: [],
    } as unknown as Flip;
    const errors = [
        { case: 'a', kind: 'error', reason: 'timeout' },
        { case: 'b', kind: 'skipped', reason: null },
    ];
    const surface = {
        surface: 'chat',
        flips: [flip],
        errors,
        fixed: [],
        missing: [],
        new: [],
        renamed: [],
        not_comparable: [],
        compared_anyway: null,
    } as unknown as SurfaceReview;
    it('stand once each, with what they ended in', () =>
        expect(rowsOf([surface], '2026-W47', new Map()).map((row) => [row.case, row.shown, row.why])).toEqual([
            ['a', 'errors', 'timeout'],
            ['b', 'errors', 'skipped'],
        ]));
});

describe('cases that slid', () => {
    const lists = { flips: [], errors: [], fixed: [], missing: [], new: [], renamed: [] };
    const rows = (more: object) =>
        rowsOf([surface({ ...lists, ...more } as Partial<SurfaceReview>)], '2026-W47', new Map());
    it('say how many of their tries passed, and then', () =>
        expect(
            rows({ slid: [{ case: 'a', before: { passed: 3, n: 3 }, now: { passed: 2, n: 3 } }] }).map((row) => [
                row.case,
                row.shown,
                row.why,
            ]),
        ).toEqual([['a', 'slid', '2 of 3 tries, was 3 of 3']]));
    it('are none in a review that was opened before they were told', () => expect(rows({})).toEqual([]));
});

describe('renamed cases', () => {
    const lists = { flips: [], errors: [], fixed: [], missing: ['c'], new: ['d'], renamed: [{ from: 'a', to: 'b' }] };
    it('stand by the key of now, with that of before, and in no other list', () =>
        expect(
            rowsOf([surface({ ...lists } as Partial<SurfaceReview>)], '2026-W47', new Map()).map((row) => [
                row.case,
                row.shown,
                row.why,
            ]),
        ).toEqual([
            ['c', 'missing', ''],
            ['d', 'new', ''],
            ['b', 'renamed', 'was a'],
        ]));
});

describe('groups of flipped cases', () => {
    const flip = (name: string, kind: string, action: string | null = null) =>
        ({ case: name, class: kind, from: 'pass', to: 'fail', action, owner: null, history: [] }) as unknown as Flip;
    const surface = (name: string, flips: Flip[]) =>
        ({
            surface: name,
            flips,
            fixed: [],
            errors: [],
            missing: [],
            new: [],
            renamed: [],
        }) as unknown as SurfaceReview;
    const names = (suspects: Map<string, string>, ...surfaces: SurfaceReview[]) =>
        groupsOf(rowsOf(surfaces, '2026-W47', suspects)).map((group) => [group.name, group.surface, group.rows.length]);

    it('are of one surface, flaky ones apart', () => {
        const one = surface('search', [flip('a', 'candidate'), flip('b', 'flaky'), flip('c', 'candidate')]);
        expect(names(new Map(), one, surface('chat', [flip('d', 'flaky')]))).toEqual([
            ['search', 'search', 2],
            ['Flaky: failed and passed before', 'search', 1],
            ['Flaky: failed and passed before', 'chat', 1],
        ]);
    });
    it('are of a suspect whatever it touched', () => {
        const suspects = new Map([
            ['ACT-1', 'new model'],
            ['ACT-2', 'new model'],
        ]);
        const one = surface('search', [flip('a', 'candidate', 'ACT-1')]);
        expect(names(suspects, one, surface('chat', [flip('d', 'candidate', 'ACT-2')]))).toEqual([
            ['new model', null, 2],
        ]);
    });
});

describe('weeks of a trend', () => {
    const counted = { n: 10, passed: 9, pass_rate: 0.9, interval: null, scored: 0, mean_score: null };
    const weekOf = (week: string) => ({ week, run: week, ...counted });
    const trend = { ...week(10), weeks: ['2026-W43', '2026-W45', '2026-W47'].map(weekOf) };
    const judged = { week: '2026-W47', part: 'judge', from: 'j1', to: 'j2' };
    it('have a gap where there was no run', () =>
        expect(trendWeeks(surface({ trend })).map((one) => [one.week, one.pass_rate])).toEqual([
            ['2026-W43', 0.9],
            ['2026-W44', null],
            ['2026-W45', 0.9],
            ['2026-W46', null],
            ['2026-W47', 0.9],
        ]));
    it('have none where there are none', () => expect(trendWeeks(surface({}))).toEqual([]));
    it('break where the ruler changed, and not for other cases alone', () => {
        expect(rulerBreaks(surface({ trend, breaks: [judged] }))).toEqual([4]);
        expect(rulerBreaks(surface({ trend, breaks: [{ ...judged, part: 'cases' }] }))).toEqual([]);
        expect(rulerBreaks(surface({ trend, breaks: [{ ...judged, week: '2026-W43' }] }))).toEqual([]);
    });
    it('are counted since the ruler changed', () => {
        expect(trendSentence(surface({ trend, trend_since: '2026-W47' }))).toBe(
            'too few weeks to tell over 1 week since the ruler changed',
        );
        expect(trendSentence(surface({ trend, trend_since: null }))).toBe('too few weeks to tell over 3 weeks');
    });
});

describe('the story in a sentence', () => {
    const of = (verdict: SurfaceReview['verdict'], name: string, more: object = {}) =>
        surface({ surface: name, verdict, headline: { ...headline, ...more } });
    const said = (...surfaces: SurfaceReview[]) => {
        const review = { surfaces } as unknown as Review;
        return [tell(review), reviewTone(review)];
    };
    it('says of a first run that nothing can be compared, and is not green', () =>
        expect(said(of('insufficient', 'chat'))).toEqual(['Chat cannot be compared yet.', 'plain']));
    it('counts those among the others', () =>
        expect(said(of('insufficient', 'bot'), of('no_evidence', 'chat'))).toEqual([
            'Bot cannot be compared yet. One other shows no evidence of a change.',
            'good',
        ]));
    it('says what stands below its floor without having fallen', () => {
        const below = { floor: 0.9, breached: true };
        expect(said(of('no_evidence', 'chat', below), of('no_evidence', 'bot'))).toEqual([
            'Chat is below its floor. One other shows no evidence of a change.',
            'bad',
        ]);
        expect(said(of('no_evidence', 'a', below), of('improved', 'b', below))[0]).toBe(
            'B rose; a and b are below their floors.',
        );
        expect(said(of('regressed', 'chat', below))[0]).toBe('Chat fell.');
        expect(said(of('no_evidence', 'bot', { ...below, direction: 'lower', metric: 'error rate' }))[0]).toBe(
            'The error rate of bot is above its ceiling.',
        );
    });
    it('is quiet where all are', () =>
        expect(said(of('no_evidence', 'chat'))).toEqual(['No surface shows evidence of a change.', 'good']));
});

describe('a surface whose metric is better lower', () => {
    const lower = (more: Partial<SurfaceReview> = {}) =>
        surface({
            headline: {
                metric: 'hallucination rate',
                direction: 'lower',
                rate: 0.4,
                interval: [0.1, 0.7],
                delta: 0.2,
                floor: 0.5,
                breached: false,
            },
            verdict: 'regressed',
            ...more,
        });
    const higher = (more: Partial<SurfaceReview> = {}) =>
        surface({ headline: { ...headline, floor: 0.5, breached: false }, verdict: 'regressed', ...more });
    const bounded = (one: SurfaceReview, breached: boolean | null) =>
        badgeOf({ ...one, verdict: 'no_evidence', headline: { ...one.headline, breached } });

    it('has a ceiling where others have a floor', () => {
        expect(bounded(higher(), true)).toEqual({ label: 'Below floor', tone: 'bad' });
        expect(bounded(lower(), true)).toEqual({ label: 'Above ceiling', tone: 'bad' });
        expect(bounded(higher(), false)).toEqual({ label: 'Near floor', tone: 'warn' });
        expect(bounded(lower(), false)).toEqual({ label: 'Near ceiling', tone: 'warn' });
        expect([bounded(higher(), null), bounded(lower(), null)]).toEqual([null, null]);
    });
    it('rose where it regressed, and that is bad', () => {
        const said = (...surfaces: SurfaceReview[]) => tell({ surfaces } as unknown as Review);
        expect(said(higher(), lower({ surface: 'bot' }))).toBe('Chat fell; the hallucination rate of bot rose.');
        expect(said(lower({ verdict: 'improved' }))).toBe('The hallucination rate of chat fell.');
        expect(verdictWords.regressed.tone).toBe('bad');
    });
    it('is shown as the share that does not pass', () => {
        expect([headlineRate(lower(), 0.9), headlineRate(higher(), 0.9), headlineRate(lower(), null)]).toEqual([
            1 - 0.9,
            0.9,
            null,
        ]);
        expect(headlineInterval(lower(), [0.25, 0.5])).toEqual([0.5, 0.75]);
        expect(headlineInterval(higher(), [0.25, 0.5])).toEqual([0.25, 0.5]);
        expect(headlineInterval(lower(), null)).toBe(null);
        const working = rateWorking(lower({ pass_rate: 0.6, trend: week(10) }));
        expect([working.name, working.value]).toEqual(['Hallucination rate of chat', '40.0 % (10.0 to 70.0)']);
        expect(working.calc).toContain('"successes": 4, "n": 10,');
        expect(working.inputs[0]).toEqual(['Not passed', '4']);
    });
    it('has trends, levels, scores and alarms in its own direction', () => {
        const trend = { ...week(10), verdict: 'falling' };
        expect(trendSentence(lower({ trend, trend_since: null }))).toBe('rising (worse) over 1 week');
        expect(trendSentence(higher({ trend, trend_since: null }))).toBe('falling over 1 week');
        const sloping = { ...trend, sen_slope_per_listed_week: -0.012 };
        expect(trendSentence(higher({ trend: sloping }))).toBe('falling, slope −1.2 points a listed week over 1 week');
        expect(trendSentence(lower({ trend: sloping }))).toContain('rising (worse), slope +1.2 points a listed week');
        const tooFew = { ...sloping, verdict: 'too_few_weeks' };
        expect(trendSentence(higher({ trend: tooFew }))).not.toContain('slope');
        const mann_kendall = { n: 3, p: 0.54, tau_b: null };
        expect(trendSentence(higher({ trend: { ...tooFew, mann_kendall } }))).not.toContain('Mann-Kendall');
        expect(trendSentence(higher({ trend: { ...sloping, mann_kendall } }))).toContain('Mann-Kendall p = .540');
        const ends = { from_run: 'a', to_run: 'b', from_week: '', to_week: '', runs_before: 5, runs_after: 4 };
        const more = {
            breaks: [],
            change_points: [{ ...ends, rate_before: 0.75, rate_after: 0.5 }],
            score_change_points: [{ ...ends, mean_before: 0.5, mean_after: 0.25 }],
            alarm: {
                state: 'unconfirmed',
                reason: null,
                baseline_week: '2026-W40',
                confirmed_by: null,
                effect: -0.05,
                effect_floor: 0.02,
                false_alarm_rate: 0.025,
            },
            score_test: { n: 9, runs_before: 1, runs_now: 1, mean_diff: 0.1, interval: null, p: 0.5, clusters: null },
            false_alarms: null,
        } as unknown as Partial<SurfaceReview>;
        const [level, score, alarm, test] = evidence(lower(more));
        expect(level).toContain(': 25.0 % to 50.0 %, worse (n = 5');
        expect(score).toContain(': 0.5 to 0.25, better (n = 5');
        expect(alarm).toContain('+5.0 points since 2026-W40');
        expect(test).toContain('Scores (lower is better): 0.1 on average');
        const [up, down, fall, plain] = evidence(higher(more));
        expect(up).toContain(': 75.0 % to 50.0 % (n = 5');
        expect(down).toContain(': 0.5 to 0.25 (n = 5');
        expect(fall).toContain('−5.0 points since 2026-W40');
        expect(plain).toContain('Scores: 0.1 on average');
    });
    it('says of what passes that it does', () => {
        const tail = {
            fraction: 0.1,
            cases: ['a', 'b'],
            pass_rate: 0.5,
            baseline_pass_rate: 1,
            ties_included: { n: 2, pass_rate: 0.5 },
            p_worse: null,
            stealth: false,
        };
        expect([tailFigure(lower({ tail })).rate, tailFigure(higher({ tail })).rate]).toEqual([
            '1 of 2 pass',
            '1 of 2',
        ]);
    });
});

describe('why no test decides', () => {
    const paired = { n: 40, pass_to_fail: 9, fail_to_pass: 0, p_exact: 0.004, p_adjusted: 0.004 };
    const said = (more: Partial<SurfaceReview>) =>
        testSentence(
            surface({
                paired,
                missing: [],
                renamed: [],
                unscored: 0,
                baseline_week: '2026-W46',
                ...more,
            } as Partial<SurfaceReview>),
        );
    it('is the part of the ruler that changed, and no p of two rulers', () =>
        expect(
            said({ verdict: 'not_comparable', not_comparable: [{ part: 'dataset_version', from: '1', to: '2' }] }),
        ).toBe('Not comparable: the dataset version was 1 and is 2.'));
    it('is what was not measured', () => {
        expect(said({ verdict: 'could_not_measure', cases: 40, unscored: 9 })).toBe(
            'Could not measure: 9 of 40 cases have no verdict.',
        );
        expect(said({ verdict: 'could_not_measure', cases: 40, unscored: 1, missing: ['a', 'b'] })).toBe(
            'Could not measure: 1 of 40 cases has no verdict and 2 cases of the earlier run are missing.',
        );
        const renamed = [{ from: 'a', to: 'b' }];
        expect(said({ verdict: 'could_not_measure', cases: 40, renamed })).toBe(
            'Could not measure: 1 case of the earlier run is renamed.',
        );
        expect(said({ verdict: 'could_not_measure', cases: 40, renamed, missing: ['c'] })).toBe(
            'Could not measure: 2 cases of the earlier run are missing or renamed.',
        );
    });
    it('is how few cases there are', () => {
        expect(said({ verdict: 'insufficient', baseline_week: null })).toBe(
            'Too little to tell: there is no earlier run to compare with.',
        );
        expect(said({ verdict: 'insufficient', paired: { ...paired, n: 9 } as SurfaceReview['paired'] })).toBe(
            'Too little to tell: 9 cases in both runs, 10 are needed.',
        );
    });
    it('leaves the test of a verdict as it is', () =>
        expect(said({ verdict: 'regressed' })).toContain('9 worse, 0 better of 40 (exact p = .004'));
});

describe('the cases that no longer pass', () => {
    const one = (more: Partial<SurfaceReview>) =>
        surface({ flips: [{}, {}] as Flip[], fixed: [], suspects: [], ...more } as Partial<SurfaceReview>);
    const counted = (...surfaces: SurfaceReview[]) => underline({ surfaces } as unknown as Review);
    it('are those that are listed, and those that are not shown yet', () => {
        expect(counted(one({}), one({ verdict: 'not_comparable' }))).toBe('2 cases no longer pass, 0 are fixed.');
        expect(counted(one({ flips_left_out: 1200 }))).toMatch(/^1,202 cases no longer pass/);
    });
});

describe('the hardest tenth', () => {
    const tail = (n: number, p_worse: number | null) => ({
        fraction: 0.1,
        cases: Array.from({ length: n }, (_, at) => `c${at}`),
        pass_rate: 0.5,
        baseline_pass_rate: 1,
        ties_included: { n, pass_rate: 0.5 },
        p_worse,
        stealth: false,
    });
    it('is a count without a verdict below ten cases', () =>
        expect(tailFigure(surface({ tail: tail(4, 0.03) }))).toEqual({
            rate: '2 of 4',
            change: '',
            said: 'too few cases for a verdict · n 4 · p = .030',
            isWorse: false,
        }));
    it('is a rate with its test from ten on', () => {
        expect(tailFigure(surface({ tail: tail(10, 0.25) }))).toEqual({
            rate: '50.0 %',
            change: '−50.0 points',
            said: 'within noise · n 10 · p = .250',
            isWorse: false,
        });
        expect(tailFigure(surface({ tail: tail(10, 0.03) })).isWorse).toBe(true);
    });
    it('has neither change nor test where there is none, or the ruler changed', () => {
        expect(tailFigure(surface({ tail: tail(10, null) })).said).toBe('n 10');
        const measured = tailFigure(surface({ tail: tail(10, 0.03), verdict: 'not_comparable' }));
        expect([measured.change, measured.said, measured.isWorse]).toEqual(['', 'n 10', false]);
    });
});
