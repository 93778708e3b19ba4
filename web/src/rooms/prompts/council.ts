/* A change request as the server tells it, and the words for it that the parts of the page share. */
import type { Row } from '../../lib/catalog.svelte';
import { count, list } from '../../lib/format';

export interface Change extends Row {
    title: string;
    state: string;
    label: string;
    tier: 'self' | 'council' | 'executive';
    tier_reason: string;
    author: string | null;
    prompt: string;
    urgent: boolean;
    why: string | null;
    expected_impact: string | null;
    rollback_plan: string | null;
    reason: string | null;
    from_version: string | null;
    to_version: string;
}
export interface Approvals {
    tier: string;
    needed: number;
    given: number;
    enough: boolean;
    who_can: string | null;
}
export interface Piece {
    op: 'same' | 'removed' | 'added';
    text: string;
}
export interface DiffField {
    field: string;
    is_coarse: boolean;
    pieces: Piece[];
}
export interface Figures {
    baseline_rate: number | null;
    candidate_rate: number | null;
    paired: number;
    pass_to_fail: number;
    fail_to_pass: number;
    p_exact: number;
    diff: number | null;
    low: number | null;
    high: number | null;
    smallest_detectable: number | null;
    cost_usd?: { baseline: number | null; candidate: number | null; increase: number | null };
    latency_ms?: { baseline_p95: number | null; candidate_p95: number | null };
    not_comparable: string | null;
    broke: string[];
    fixed: string[];
}
export interface Delta extends Row {
    surface: string;
    baseline: string;
    candidate: string;
    verdict: string;
    figures: Figures;
}
export interface GateSurface {
    verdict: string;
    surface: string;
    rules: { rule: string; figure: number | null; limit: number | null; verdict: string; sentence: string }[];
    cost_usd: { baseline: number | null; candidate: number | null; increase: number | null };
    latency_ms: { baseline_p95: number | null; candidate_p95: number | null };
}
export interface Said extends Row {
    verdict: string;
    person: string | null;
    role: string;
    note: string | null;
    at: string;
}
export interface QueueItem {
    change: Change;
    missing: string[];
    approvals: Approvals;
    days_in_review: number;
    is_overdue: boolean;
}
/* What the council looks at besides: drills that are due, contents from outside, ... */
export interface Around {
    source: string;
    title: string;
    why: string | null;
    record: string;
    id: string;
}
/* What somebody other than its author says that a change did. */
export interface ImpactReview {
    prompt_change: string;
    score: 'hit' | 'partly' | 'missed' | 'unknown';
    expected: string | null;
    actual: string;
    reviewer: string | null;
}
export interface ChangePage extends QueueItem {
    served: string | null;
    diff: DiffField[];
    reviews: { row: Said; holds: boolean }[];
    eval_deltas: { row: Delta }[];
    gate: { verdict: string; is_open: boolean; surfaces: GateSurface[] };
    impact: { due_at: string | null; review: (Row & ImpactReview) | null };
    waiver: (Row & { reason: string; approver: string; expiry: string; compensating_control: string }) | null;
}

/* The records whose changes make the page another one. */
export const COUNCIL_RECORDS = [
    'prompt_change',
    'prompt_review',
    'eval_delta',
    'waiver',
    'gate_policy',
    'prompt_label',
    'risk_rule',
    'outside_change',
    'rollback_drill',
    'impact_review',
];

const verdicts: Record<string, { label: string; tone: string }> = {
    pass: { label: 'passes', tone: 'good' },
    blocked: { label: 'blocks', tone: 'bad' },
    could_not_measure: { label: 'could not measure', tone: 'warn' },
};
export function gateWords(verdict: string): { label: string; tone: string } {
    return verdicts[verdict] ?? { label: verdict, tone: 'plain' };
}

const scores: Record<string, string> = { hit: 'good', partly: 'warn', missed: 'bad' };
export function scoreTone(score: string): string {
    return scores[score] ?? 'plain';
}

const states: Record<string, string> = {
    draft: 'draft',
    in_review: 'in review',
    changes_requested: 'changes requested',
    deferred: 'deferred',
    approved: 'approved',
    deployed: 'served',
    rejected: 'rejected',
    rolled_back: 'rolled back',
    withdrawn: 'withdrawn',
};
export function stateWords(state: string): string {
    return states[state] ?? state;
}

const said: Record<string, string> = {
    approve: 'approved',
    request_changes: 'asked for changes',
    reject: 'rejected it',
    defer: 'deferred it',
    escalate: 'escalated it',
    roll_back: 'rolled it back',
};
export function saidWords(verdict: string): string {
    return said[verdict] ?? verdict;
}

const artifacts: Record<string, string> = {
    diff: 'a diff',
    eval_delta: 'an eval delta of each surface',
    expected_impact: 'the expected user impact',
    rollback_plan: 'a rollback plan',
};
export function missingWords(missing: readonly string[]): string {
    return list(missing.map((one) => artifacts[one] ?? one));
}

/* 'support-answer 14' is '14': a version is called by its prompt and its number. */
export function numberOf(version: string): string {
    return version.slice(version.lastIndexOf(' ') + 1);
}

/* What keeps the change from being served, in one sentence: the first thing that one wants to know. */
export function sentenceOfPage(page: ChangePage): string {
    const { change, approvals, missing, gate } = page;
    if (change.state === 'deployed') return 'It is served.';
    if (missing.length) return `Not ready for review: it lacks ${missingWords(missing)}.`;
    if (change.state === 'draft' || change.state === 'changes_requested') return 'It is with its author.';
    const held = gate.is_open
        ? gate.verdict === 'pass'
            ? 'the gate passes'
            : 'a waiver opens the gate'
        : `the gate ${gateWords(gate.verdict).label}`;
    if (approvals.enough) return `Approved; ${held}.`;
    const open = approvals.needed - approvals.given;
    const who = approvals.who_can ? ` by ${approvals.who_can}` : ', and nobody has the role yet';
    return `Needs ${count(open, 'approval')}${who}; ${held}.`;
}

/* Where a difference and its interval stand on an axis that reaches as far to either side as it must. */
export function axisOf(figures: readonly Figures[]): number {
    const most = Math.max(
        0.05,
        ...figures.flatMap((one) => [Math.abs(one.low ?? 0), Math.abs(one.high ?? 0), Math.abs(one.diff ?? 0)]),
    );
    return Math.ceil(most * 20) / 20;
}
