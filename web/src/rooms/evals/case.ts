/* What the server tells of one case on one surface. */
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

export const verdictTone: Record<string, 'good' | 'bad' | 'warn'> = { pass: 'good', fail: 'bad', error: 'warn' };
