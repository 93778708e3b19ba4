/* What an import's report says, in words and figures for a page. It knows the report's JSON and no page. */
import { count, list, whole } from '../../lib/format';

export interface BadLine {
    file: string;
    line: number;
    reason: string;
    text: string;
}
export interface Names {
    new: string[];
    known: string[];
}
export interface Report {
    files: { file: string; format: string | null; lines: number; results: number }[];
    runs: { new: string[]; unchanged: string[]; replaced: string[]; refused: { run: string; reason: string }[] };
    suites: Names;
    surfaces: Names;
    quarantined: BadLine[];
    notes: { code: string; text: string; count: number }[];
    dry_run: boolean;
}

/* The options of an import, as the address and the server's query call them. */
export const optionLabels = {
    suite: 'Suite',
    surface: 'Surface',
    run: 'Run',
    started_at: 'Started at',
    zone: 'Zone',
    format: 'Format',
    threshold: 'Threshold',
    replace: 'Replace',
    strict: 'Strict',
} as const;
export type OptionName = keyof typeof optionLabels;
export type ImportOptions = Partial<Record<OptionName, string>>;

export function optionsOf(query: URLSearchParams): ImportOptions {
    const options: ImportOptions = {};
    for (const name of Object.keys(optionLabels) as OptionName[]) {
        const value = query.get(name);
        if (value) options[name] = value;
    }
    return options;
}

function optionOf(flag: string): OptionName | null {
    const name = flag.replaceAll('-', '_');
    return name in optionLabels ? (name as OptionName) : null;
}

const FLAG = /--([a-z][a-z-]*[a-z])(?: [A-Z]+=[A-Z]\b| [A-Z]+\b)?/g;

/* The server's sentence speaks of the command line's options; here they are fields of a form. */
export function inFormWords(sentence: string): string {
    return sentence.replace(FLAG, (whole, flag: string) => {
        const option = optionOf(flag);
        return option ? `'${optionLabels[option]}'` : whole;
    });
}

/* The fields that sentences ask for, each once. */
export function askedFor(sentences: readonly string[]): OptionName[] {
    const found = new Set<OptionName>();
    for (const sentence of sentences)
        for (const [, flag] of sentence.matchAll(FLAG)) {
            const option = optionOf(flag ?? '');
            if (option) found.add(option);
        }
    return [...found];
}

/* A refusal that lists every format says so better as a choice. */
export function withoutFormats(sentence: string): string {
    return sentence
        .replace(/: known formats are .*$/s, ': choose the format it has')
        .replace(/ \([a-z-]+(?:, [a-z-]+){3,}\)(?:, or say with --map FILE [^;.]*)?/, '');
}

export function reasonsOf(report: Report): string[] {
    return [
        ...report.runs.refused.map((one) => one.reason),
        ...report.quarantined.map((one) => one.reason),
        ...report.notes.map((one) => one.text),
    ];
}

export function resultsOf(report: Report): number {
    return report.files.reduce((sum, file) => sum + file.results, 0);
}

/* Whether storing it brings results; lines that only fill the quarantine are not worth it. */
export function isWorthStoring(report: Report): boolean {
    return report.runs.new.length + report.runs.replaced.length > 0;
}

/* "1 new run, 2 unchanged": only what there is. */
export function runsInWords(report: Report): string {
    const { runs } = report;
    const words = [];
    if (runs.new.length) words.push(count(runs.new.length, 'new run'));
    if (runs.replaced.length) words.push(`${count(runs.replaced.length, 'run')} restated`);
    if (runs.unchanged.length) words.push(`${whole(runs.unchanged.length)} unchanged`);
    if (runs.refused.length) words.push(`${whole(runs.refused.length)} refused`);
    return list(words);
}

export type Tone = 'good' | 'warn' | 'bad' | 'none';
export interface Verdict {
    sentence: string;
    tone: Tone;
}

/* The first sentence of a report: what came of the file, worst first where something is wrong. */
export function verdictOf(report: Report): Verdict {
    const { runs, quarantined } = report;
    const taken = runs.new.length + runs.replaced.length;
    const results = count(resultsOf(report), 'result');
    const bad = quarantined.length ? `; ${count(quarantined.length, 'line')} cannot be read` : '';
    if (taken) {
        const verb = report.dry_run ? 'can be imported' : 'imported';
        const tone = bad || runs.refused.length ? 'warn' : 'good';
        return { sentence: `${results} ${verb} in ${runsInWords(report)}${bad}.`, tone };
    }
    if (runs.refused.length)
        return {
            sentence:
                `${count(runs.refused.length, 'run')} refused; ` +
                `nothing of ${runs.refused.length === 1 ? 'it' : 'them'} ` +
                `${report.dry_run ? 'would be' : 'was'} stored${bad}.`,
            tone: 'bad',
        };
    if (runs.unchanged.length)
        return { sentence: `All of it is here already, unchanged${bad}.`, tone: bad ? 'warn' : 'none' };
    if (bad)
        return {
            sentence:
                `No line of it can be read as a result: ` +
                `${count(quarantined.length, 'line')} would wait in quarantine.`,
            tone: 'bad',
        };
    return { sentence: 'There are no results in it.', tone: 'bad' };
}
