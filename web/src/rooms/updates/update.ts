/* Friday's update as the server tells it, and the rules that a writer sees before the server says them. */
import type { Row } from '../../lib/catalog.svelte';

export interface UpdateRow extends Row {
    title: string;
    week: string;
    team: string | null;
    state: 'draft' | 'sent';
    author: string | null;
    reviewer: string | null;
    sent_at: string | null;
    editions: number | null;
}
export interface Candidate {
    line: string;
    html: string;
    label: string;
    record: string;
    id: string;
}
export interface BetRow extends Row {
    title: string;
    owner: string | null;
    outcome: string | null;
    state: 'open' | 'hit' | 'missed' | 'dropped';
    evidence: string | null;
}
export interface Exception {
    line: string;
    html: string;
    about: string;
    label: string;
    explanation: string | null;
}
export interface Figure {
    figure: string;
    written: string;
    label: string;
    help: string;
    parameters: Record<string, string>;
    week: string;
    unit: string;
    value: number | null;
    words: string;
    why_unknown: string | null;
    low: number | null;
    high: number | null;
    n: number | null;
    measured_at: string | null;
    record: string | null;
    id: string | null;
    link: string | null;
    working: string | null;
    marks: { kind: string; why: string }[];
}
export interface Edition extends Row {
    number: number;
    correction: string | null;
    person: string | null;
    sent_at: string;
}
export interface UpdatePage {
    update: UpdateRow;
    is_stored: boolean;
    audience: string;
    candidates: Record<string, Candidate[]>;
    bets: BetRow[];
    last_bets: BetRow[];
    exceptions: Exception[];
    errors: string[];
    editions: Edition[];
    figures: Figure[];
    markdown: string;
    html: string;
    words: number;
    brief_words_max: number;
}
export interface BetWeek {
    id: string;
    title: string;
    week: string;
    state: string;
    sent_at: string | null;
    hit: number;
    missed: number;
    dropped: number;
    open: number;
    hit_rate: number | null;
}

/* The records whose changes make the page another one. */
export const UPDATE_RECORDS = [
    'update',
    'bet',
    'update_explanation',
    'update_edition',
    'eval_run',
    'comparison_override',
    'action',
    'change_event',
    'waiver',
    'decision',
];

export const AUDIENCES = [
    { value: 'engineering', label: 'Engineering' },
    { value: 'design', label: 'Design' },
    { value: 'executives', label: 'Executives' },
];

export interface Part {
    /* The field of the update. */
    name: string;
    label: string;
    /* Which candidates are its own. */
    candidates: string;
    /* The field of the reason, where there may be none this week. */
    none?: string;
    hint: string;
}
export const CHANGED: Part = {
    name: 'production',
    label: 'What changed in production',
    candidates: 'changed',
    hint: "A line each, with a figure or a link; else it ends with 'no measured effect'.",
};
export const LEARNED: Part[] = [
    {
        name: 'eval',
        label: 'One eval insight',
        candidates: 'eval',
        none: 'eval_none',
        hint: 'One line, with its figure or link.',
    },
    { name: 'user', label: 'One user insight', candidates: 'user', none: 'user_none', hint: 'One line.' },
    {
        name: 'cost_latency',
        label: 'One cost or latency observation',
        candidates: 'cost_latency',
        none: 'cost_latency_none',
        hint: 'One line, with its figure or link.',
    },
];
export const WORLD: Part = { name: 'world', label: 'What changed in the world', candidates: 'world', hint: '' };
export const PARTS = [CHANGED, ...LEARNED, WORLD];
export const WORLD_SENTENCES_MAX = 2;

// --- sentences, counted as the server counts them (src/engine/weekly_update.c) ---------------------------------

const ABBREVIATIONS = ['e.g', 'i.e', 'etc', 'vs', 'cf', 'approx', 'No', 'Dr', 'Mr', 'Ms', 'Inc', 'Ltd'];
const BLANK = /[ \t-\r]/;
const OPENS_WORD = /[ \t-\r([".]/;

function opensWord(before: string, length: number): boolean {
    return before.length === length || OPENS_WORD.test(before.charAt(before.length - length - 1));
}
function isAbbreviation(before: string): boolean {
    if (ABBREVIATIONS.some((word) => before.endsWith(word) && opensWord(before, word.length))) return true;
    return /[a-zA-Z]$/.test(before) && opensWord(before, 1);
}
function endsSentence(words: string, at: number): boolean {
    const isLast = at + 1 === words.length || BLANK.test(words.charAt(at + 1));
    if (!isLast || !'.!?'.includes(words.charAt(at))) return false;
    return words.charAt(at) !== '.' || !isAbbreviation(words.slice(0, at));
}
export function sentencesOf(words: string): number {
    let count = 0;
    let isOpen = false;
    for (let at = 0; at < words.length; at++) {
        if (BLANK.test(words.charAt(at))) continue;
        isOpen = !endsSentence(words, at);
        if (!isOpen) count++;
    }
    return count + (isOpen ? 1 : 0);
}

/* What anybody reads: the fences of the blocks are no words, and what is private is read by nobody. */
export function publicWords(words: string): string {
    let isPrivate = false;
    return words
        .split('\n')
        .filter((line) => {
            if (!line.startsWith(':::')) return !isPrivate;
            isPrivate = line.slice(3).trim() === 'private';
            return false;
        })
        .join('\n');
}

// --- figures in a text ------------------------------------------------------------------------------------------

/* As it stands in a text: {{figure evals.pass_rate surface="support-answers"}}. */
export function figureText(name: string, words: [string, string][]): string {
    const quoted = (value: string) =>
        /^[\w.:-]+$/.test(value) ? value : value.includes('"') ? `'${value}'` : `"${value}"`;
    return `{{figure ${[name, ...words.map(([key, value]) => `${key}=${quoted(value)}`)].join(' ')}}}`;
}

/* A text with its figures as they were told; one that was not told stands as it was written. */
export function toldWords(words: string, figures: readonly Figure[]): string {
    return words.replace(
        /\{\{figure (.*?)\}\}/g,
        (whole, written: string) => figures.find((one) => one.written === written.trim())?.words ?? whole,
    );
}

/* A candidate taken into a part: into a list it is one more line; of an insight there is one, and another candidate
   gives way to it, but nobody's own words do. */
export function taken(part: Part, words: string, line: string, all: readonly Candidate[]): string {
    if (part.name === 'production') return [...(words.trim() ? [words.trimEnd()] : []), `- ${line}`].join('\n');
    if (!words.trim() || all.some((one) => one.line === words.trim())) return line;
    return `${words.trimEnd()}\n${line}`;
}

/* An interval in the words of its figure's unit. */
export function boundsWords(figure: Figure): string | null {
    if (figure.low === null || figure.high === null) return null;
    const isShare = figure.unit === 'share' || figure.unit === 'points';
    const word = (value: number) =>
        isShare
            ? `${(value * 100).toFixed(1)}${figure.unit === 'share' ? ' %' : ''}`
            : Number(value.toPrecision(4)).toString();
    return `${word(figure.low)} to ${word(figure.high)}${figure.unit === 'points' ? ' points' : ''}`;
}
