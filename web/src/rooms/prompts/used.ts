/* Where a prompt is used, as the server tells it, and the words for it. */
import { list } from '../../lib/format';

export interface Use {
    id: string;
    title: string;
    by: 'itself' | 'change' | 'link' | 'surface';
    affected_by: string[];
}
export interface UsedChange {
    id: string;
    title: string;
    state: string;
    label: string;
    tier: string;
    is_open: boolean;
}
export interface Application {
    id: string;
    title: string;
    label: string;
    state: string;
    last_seen: string;
    affected_by: string[];
}
export interface Used {
    prompt: string;
    id: string;
    tier: { label: string; tier: string; rule: string | null };
    surfaces: Use[];
    prompts: Use[];
    experiments: Use[];
    incidents: Use[];
    changes: UsedChange[];
    applications: Application[];
    models: string[];
    eval_runs: { count: number; last: { id: string; started_at: string | null; prompt_version: string | null } | null };
}

/* The records whose changes make it another answer. */
export const USED_RECORDS = [
    'prompt',
    'prompt_version',
    'prompt_change',
    'surface',
    'experiment',
    'incident',
    'outside_change',
    'eval_run',
    'link',
    'risk_rule',
];

const ways: Record<Use['by'], string> = {
    itself: '',
    change: 'named by a change',
    link: 'linked with it',
    surface: 'of its surface',
};
export function wayWords(use: Use): string {
    return ways[use.by] ?? use.by;
}

/* How many things a change under way meets, in one sentence; '' while there is none under way. */
export function affectedWords(used: Used): string {
    const open = used.changes.filter((change) => change.is_open);
    if (!open.length) return '';
    const met = [
        ...used.surfaces,
        ...used.prompts,
        ...used.experiments,
        ...used.incidents,
        ...used.applications,
    ].filter((use) => use.affected_by.length).length;
    const names = list(open.map((change) => change.id));
    const what = met === 0 ? 'nothing of this' : met === 1 ? '1 of these' : `${met} of these`;
    return (
        `${names} ${open.length === 1 ? 'is' : 'are'} under way ` +
        `and ${open.length === 1 ? 'meets' : 'meet'} ${what}.`
    );
}
