/* One day of a ritual as the server tells it, and the words for it that several parts share. */
import { day } from '../../lib/format';

export interface AgendaItem {
    /* Null: a source brings it, and nothing is stored of it before the opening. */
    id: string | null;
    title: string;
    why: string | null;
    state: 'open' | 'done' | 'parked' | 'carried' | 'dropped';
    owner: string | null;
    about: string | null;
    source_label: string | null;
    carried: number | null;
    version: number;
}
export interface Step {
    id: string | null;
    name: string;
    minutes: number;
    started: string | null;
    /* Null before the opening: the step is the ritual's then. */
    version: number | null;
}
export interface Required {
    kind: string;
    label: string;
    least: number;
    most: number | null;
    or_reason: boolean;
    have: number;
    reason: string | null;
    met: boolean;
}
export interface Output {
    id: string;
    record: string;
    kind: string;
    title: string;
    state: string | null;
    owner: string | null;
    due: string | null;
    made: string;
    dropped: boolean;
}
export interface Role {
    id: string;
    name: string;
    person: string | null;
    left: boolean;
    /* The next of the attendees has it the next time. */
    rotates: boolean;
    /* What to do about a person who left. */
    advice: string | null;
}
export interface Occurrence {
    occurrence: string;
    day: string;
    at: string;
    until: string;
    zone: string;
    state: string;
    reason: string | null;
    ritual: {
        id: string;
        name: string;
        purpose: string | null;
        owner: string | null;
        minutes: number;
        expected: string[];
    };
    version: number | null;
    facilitator: string | null;
    attendees: string[];
    started: string | null;
    paragraph: string | null;
    settled_by: string | null;
    /* Whoever is named for the day or has the role, else the ritual's owner. */
    leader: string | null;
    roles: Role[];
    steps: Step[];
    agenda: AgendaItem[];
    notes: { id: string; text: string; author: string | null; at: string }[];
    preparation: { id: string; task: string; done: boolean }[];
    outputs: Output[];
    required: Required[];
    draft: string | null;
    minutes: string | null;
}

/* The records whose changes make an occurrence's page another one. */
export const OCCURRENCE_RECORDS = [
    'occurrence',
    'occurrence_step',
    'occurrence_note',
    'agenda_item',
    'artifact_reason',
    'ritual',
    'ritual_step',
    'ritual_artifact',
    'ritual_preparation',
    'ritual_role',
    'link',
    'action',
    'incident',
    'experiment',
    'decision',
    'document',
    'minutes',
];

export const pageOf = (key: string) => `/occurrences/${encodeURIComponent(key)}/run`;

export function stateWords(state: string): string {
    return state.replace('_', ' ');
}
export function toneOf(state: string): 'good' | 'bad' | 'warn' | '' {
    if (state === 'closed') return 'good';
    if (state === 'missed') return 'bad';
    return state === 'open' || state === 'held_incomplete' ? 'warn' : '';
}

/* When it is, where the ritual is: "Mon, 10:00". */
export function clock(stamp: string, zone: string): string {
    return new Intl.DateTimeFormat('en-GB', {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: zone,
    }).format(new Date(stamp));
}
export function when(one: Occurrence): string {
    return `${day(one.day)}, ${clock(one.at, one.zone)} (${one.zone})`;
}

/* What is asked for when an artifact is made in a meeting; a kind without a record of its own is a document. */
export interface ArtifactField {
    name: string;
    label: string;
    kind: 'text' | 'person' | 'date' | 'prose';
    isNeeded?: boolean;
}
const TITLE: ArtifactField = { name: 'title', label: 'Title', kind: 'text', isNeeded: true };
const OWNER: ArtifactField = { name: 'owner', label: 'Owner', kind: 'person' };
const FORMS: Record<string, ArtifactField[]> = {
    incident: [TITLE, { name: 'lead', label: 'Lead', kind: 'person' }],
    experiment: [TITLE, { name: 'hypothesis', label: 'Hypothesis', kind: 'text' }, OWNER],
    decision: [TITLE, OWNER],
    action: [TITLE, { ...OWNER, isNeeded: true }, { name: 'due', label: 'Due', kind: 'date', isNeeded: true }],
};
const DOCUMENT: ArtifactField[] = [TITLE, { name: 'body', label: 'Text', kind: 'prose', isNeeded: true }];

export function artifactForm(kind: string): { record: string; fields: ArtifactField[]; fixed: Record<string, string> } {
    const fields = FORMS[kind];
    return fields ? { record: kind, fields, fixed: {} } : { record: 'document', fields: DOCUMENT, fixed: { kind } };
}

const MINUTE_MS = 60_000;
/* The step that runs: whichever was begun last. */
export function runningStep(steps: readonly Step[]): Step | null {
    return steps.reduce<Step | null>(
        (last, one) => (one.started && (!last?.started || one.started >= last.started) ? one : last),
        null,
    );
}
/* The step whose time is over without a decision or an action since it began; null: nobody need be asked. */
export function undecided(run: Pick<Occurrence, 'steps' | 'outputs'>, now: number): Step | null {
    const step = runningStep(run.steps);
    const began = step?.started ? Date.parse(step.started) : NaN;
    if (!step || !(now >= began + step.minutes * MINUTE_MS)) return null;
    const isDecided = run.outputs.some(
        (one) => !one.dropped && ['decision', 'action'].includes(one.kind) && Date.parse(one.made) >= began,
    );
    return isDecided ? null : step;
}

/* The same order for everybody who looks at the day, another one on another day (FNV-1a of day and name). */
export function speakingOrder(occurrence: string, names: readonly string[]): string[] {
    const mark = (name: string) => {
        let hash = 0x811c9dc5;
        for (const byte of new TextEncoder().encode(`${occurrence} ${name}`))
            hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
        return hash;
    };
    return [...names].sort((a, b) => mark(a) - mark(b) || (a < b ? -1 : 1));
}
