/* The history of a prompt as the server tells it, and the words for it. */
import type { Row } from '../../lib/catalog.svelte';
import { count, interval, percent } from '../../lib/format';

export interface HistoryLabel {
    id: string;
    name: string;
    prompt_version: string;
    moved_at: string;
    moved_by: string | null;
    change: string | null;
    rollback_plan: string | null;
    back_to: string | null;
}
export interface Move {
    id: string;
    label: string;
    kind: 'deploy' | 'rollback' | 'drill';
    from_version: string | null;
    to_version: string;
    prompt_change: string | null;
    waiver: string | null;
    reason: string | null;
    person: string | null;
    effective_at: string;
}
export interface Measured {
    surface: string | null;
    run: string;
    passed: number;
    n: number;
    low: number | null;
    high: number | null;
}
export interface Version {
    id: string;
    title: string;
    number: number;
    message: string;
    model: string | null;
    author: string | null;
    content_hash: string;
    source: string | null;
    made_at: string;
    labels: string[];
    returns: string[];
    moves: Move[];
    runs: { count: number; surfaces: Measured[] };
}
export interface PromptHistory {
    prompt: Row & { name: string };
    labels: HistoryLabel[];
    versions: Version[];
    before: number | null;
}

/* The records whose changes make the history another one. */
export const HISTORY_RECORDS = ['prompt', 'prompt_version', 'prompt_label', 'deployment', 'prompt_change', 'eval_run'];

/* A run without a verdict tells no rate. */
export function measuredWords(one: Measured): string {
    const rate =
        one.n && one.low !== null && one.high !== null
            ? `${percent(one.passed / one.n)} of ${count(one.n, 'case')} (${interval([one.low, one.high])})`
            : 'unknown';
    return `${one.surface ?? 'a surface that is not yours to read'}: ${rate}`;
}

/* What stands in the list, where there is room for one surface. */
export function inShort(version: Version): string {
    const first = version.runs.surfaces[0];
    if (!first || !first.n) return 'unknown';
    const more = version.runs.surfaces.length - 1;
    return `${percent(first.passed / first.n)}${more ? ` and ${more} more` : ''}`;
}

const kinds: Record<Move['kind'], string> = { deploy: 'moved', rollback: 'rolled back', drill: 'moved in a drill' };

/* As the version has it: what came to it, and what went from it. */
export function moveWords(move: Move, version: string): string {
    const came = move.to_version === version;
    const other = came ? move.from_version : move.to_version;
    const where = came ? (other ? ` here from ${other}` : ' here, its first') : ` on to ${other}`;
    return `${move.label} ${kinds[move.kind]}${where}`;
}

/* The version that one wants to compare with: what a label left for it, else the one before. */
export function comparedWith(versions: readonly Version[], version: Version): Version | undefined {
    const from = version.moves.find(
        (move) => move.to_version === version.title && move.kind === 'deploy',
    )?.from_version;
    return versions.find((one) => one.title === from) ?? versions.find((one) => one.number < version.number);
}

/* What rolling back does, said before it is done. */
export function planWords(label: HistoryLabel, to: string): string {
    const begins = `${label.name} goes from ${label.prompt_version} back to ${to}, at once.`;
    if (!label.change) return `${begins} No change request brought it, so there is no written plan.`;
    return label.rollback_plan
        ? `${begins} The plan of ${label.change}: ${label.rollback_plan}`
        : `${begins} ${label.change} has no plan.`;
}
