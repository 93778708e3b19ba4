/* A week of rituals, and how they do, as the server tells them. */
import type { Conflict } from '../calendar/days';
import type { Away } from '../people/away';

export interface RitualLine {
    ritual: string;
    ritual_id: string;
    occurrence: string;
    at: string;
    state: string;
    reason: string | null;
    owner: string | null;
    leader: string | null;
    leader_is_away: boolean;
    prep: { done: number; of: number };
    artifacts: { have: number; need: number };
    dimensions: string[];
}
export interface Waiting {
    id: string | null;
    record: string | null;
    title: string;
    why: string | null;
    link?: string;
    owner?: string | null;
}
export interface Week {
    week: string;
    zone: string;
    rituals: RitualLine[];
    needs_me: Waiting[];
    late: Waiting[];
    promises: { id: string; title: string; state: string; kept: boolean | null; owner: string | null }[];
    away: Away[];
    conflicts: Conflict[];
}
export interface RhythmLine {
    ritual: string;
    ritual_id: string;
    state: string;
    owner: string | null;
    expected: number;
    held: number;
    missed: number;
    silent_streak: number;
    adherence: number | null;
    artifact_completeness: number | null;
    action_closure: number | null;
    health: number | null;
    person_hours: number;
    cost: number | null;
    came_out: { decisions: number; actions: number; artifacts: number };
    advice: string | null;
}

/* The records whose changes make a week or its health another one. */
export const WEEK_RECORDS = [
    'ritual',
    'occurrence',
    'ritual_artifact',
    'ritual_preparation',
    'artifact_reason',
    'holiday',
    'absence',
    'person',
    'team',
    'link',
    'action',
    'incident',
    'experiment',
    'decision',
    'bet',
    'human_verdict',
    'model_review',
    'update',
    'outside_calendar',
];

/* "Ada", or "Ada, led by Bert (away)". */
export function whose(owner: string | null, leader: string | null, isAway = false): string {
    const words = owner ?? 'nobody owns it';
    return (leader && leader !== owner ? `${words}, led by ${leader}` : words) + (isAway ? ' (away)' : '');
}
