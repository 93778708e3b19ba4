/* What the server tells of one case on one surface. */
import { number, percent } from '../../lib/format';
import type { WeekOfCase } from './review';

export interface Trial {
    trial: number;
    verdict: string | null;
    score: number | null;
    latency_ms: number | null;
    cost_usd: number | null;
    output: string | null;
    reason: string | null;
    error: string | null;
    failure: string | null;
}
/* What is known of a try: "Trial 2: fail · score 0.2 · 1,862 ms"; of a lone one the verdict stands beside its run. */
export function trialFacts(trial: Trial, isLone: boolean): string {
    return [
        ...(isLone ? [] : [`Trial ${trial.trial}: ${trial.verdict ?? 'no verdict'}`]),
        ...(trial.score === null ? [] : [`score ${number(trial.score)}`]),
        ...(trial.latency_ms === null ? [] : [`${number(trial.latency_ms, 0)} ms`]),
        ...(trial.cost_usd === null ? [] : [`${number(trial.cost_usd, 6)} USD`]),
    ].join(' · ');
}
export interface RunOfCase {
    run: string;
    id: string;
    started_at: string | null;
    model: string | null;
    prompt_version: string | null;
    judge: string | null;
    verdict: string | null;
    trials: Trial[];
}
export interface HumanVerdict {
    id: string;
    person: string;
    verdict: string | null;
    reason: string | null;
    run: string;
}
export interface CasePage {
    id: string;
    case: string;
    key_kind: string;
    suite: string;
    surface: string;
    week: string;
    input: string | null;
    expected: string | null;
    now: RunOfCase | null;
    before: RunOfCase | null;
    difference: { change: 'same' | 'added' | 'removed'; text: string }[] | null;
    strip: WeekOfCase[];
    human_verdicts: HumanVerdict[];
}

export type Said = 'pass' | 'fail' | 'unsure';
export const saidWords: Record<Said, string> = { pass: 'it passes', fail: 'it fails', unsure: 'you are not sure' };

export interface JudgeAgreement {
    surface: string;
    judge: string | null;
    n: number;
    agreement: number | null;
    kappa: number | null;
}
/* How far the judge may be believed: the share of cases in which people say the same, and what of it is no chance. */
export function agreementSentence(surface: string, judge: string, found: JudgeAgreement[]): string {
    const one = found.find((other) => other.surface === surface && other.judge === judge);
    if (!one || one.agreement === null)
        return (
            `How far judge ${judge} agrees with people is not known: ` +
            `nobody has judged a case of ${surface} as passed or failed.`
        );
    const kappa = one.kappa === null ? 'one label only, so no kappa' : `Cohen’s kappa ${one.kappa.toFixed(2)}`;
    return (
        `Judge ${judge} says what people say in ${percent(one.agreement)} of the cases of ${surface} ` +
        `that people judged (n = ${one.n}, ${kappa}).`
    );
}

export const verdictTone: Record<string, 'good' | 'bad' | 'warn'> = { pass: 'good', fail: 'bad', error: 'warn' };
