/* Speaks to the server: one function, and one kind of error whose message is a sentence for people.
   It knows no page and keeps nothing; what is kept and read again is resource.svelte.ts. */
import type { components } from './schema';
import { waiting } from './waiting.svelte';

export type ProblemBody = components['schemas']['problem'];
export type Conflict = { field: string; yours: unknown; theirs: unknown };

/* `code` is the server's (invalid, stale, not_found, ...), or 'unreachable' when none answered. */
export class Problem extends Error {
    constructor(
        readonly status: number,
        readonly code: string,
        sentence: string,
        readonly body: Partial<ProblemBody> = {},
    ) {
        super(sentence);
    }
    get field(): string | undefined {
        return this.body.field;
    }
    get conflicts(): Conflict[] {
        return (this.body.conflicts ?? []) as Conflict[];
    }
}

/* `change` is what undo takes back; null when nothing was changed. */
export interface Answer<T> {
    data: T;
    change: string | null;
    etag: string | null;
    status: number;
}

export interface RequestOptions {
    body?: unknown;
    version?: number;
    key?: string;
    signal?: AbortSignal;
    /* The answer is a text, not JSON: a file to keep. */
    plain?: boolean;
    /* How much of the body the server has, from 0 to 1, as it is sent. */
    onsent?: (part: number) => void;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/* Who is told that nobody is signed in any more: the shell asks for the password over the page. */
let signedOut: () => void = () => {};
export function onSignedOut(tell: () => void): void {
    signedOut = tell;
}

/* Who hears what the server says beside an answer: it was done, and something is to be known of it. */
let warned: (sentence: string) => void = () => {};
export function onWarned(tell: (sentence: string) => void): void {
    warned = tell;
}

const UNREACHABLE = 'the server does not answer; nothing you typed is lost, try again in a moment';

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    let body: BodyInit | undefined;
    if (options.body instanceof Blob) body = options.body;
    else if (options.body !== undefined) {
        headers['Content-Type'] = 'application/json';
        body = JSON.stringify(options.body);
    }
    if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`;
    if (options.key) headers['Idempotency-Key'] = options.key;

    let reply: Response;
    try {
        const init = { method, headers, body, signal: options.signal };
        reply = options.onsent
            ? await send(`/api/v1${path}`, init, options.onsent)
            : await waiting.during(fetch(`/api/v1${path}`, init));
    } catch (error) {
        if (options.signal?.aborted) throw error;
        throw new Problem(0, 'unreachable', UNREACHABLE);
    }
    if (!reply.ok) throw await problemOf(reply);
    const warning = reply.headers.get('Rondo-Warning');
    if (warning) warned(decodeURIComponent(warning));
    const text = await reply.text();
    return {
        data: (options.plain ? text : text === '' ? null : JSON.parse(text)) as T,
        change: reply.headers.get('Rondo-Change'),
        etag: reply.headers.get('ETag'),
        status: reply.status,
    };
}

/* As fetch does, which cannot say how far a body is. Only the headers that `request` reads are in its answer. */
function send(
    path: string,
    init: { method: string; headers: Record<string, string>; body?: BodyInit; signal?: AbortSignal },
    onsent: (part: number) => void,
): Promise<Response> {
    return new Promise((resolve, reject) => {
        const sending = new XMLHttpRequest();
        sending.open(init.method, path);
        for (const [name, value] of Object.entries(init.headers)) sending.setRequestHeader(name, value);
        sending.upload.onprogress = (event) => event.lengthComputable && onsent(event.loaded / event.total);
        sending.onload = () => {
            const headers = new Headers();
            for (const name of ['Content-Type', 'ETag', 'Rondo-Change', 'Rondo-Warning']) {
                const value = sending.getResponseHeader(name);
                if (value !== null) headers.set(name, value);
            }
            resolve(new Response(sending.responseText || null, { status: sending.status, headers }));
        };
        sending.onerror = () => reject(new TypeError('the network failed'));
        sending.onabort = () => reject(new DOMException('it was stopped', 'AbortError'));
        init.signal?.addEventListener('abort', () => sending.abort());
        sending.send(init.body as XMLHttpRequestBodyInit | undefined);
    });
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await request<T>('GET', path, { signal })).data;
}

/* What is no JSON: an edition as plain text. */
export async function getText(path: string): Promise<string> {
    const reply = await fetch(`/api/v1${path}`);
    if (!reply.ok) throw await problemOf(reply);
    return reply.text();
}

async function problemOf(reply: Response): Promise<Problem> {
    let body: Partial<ProblemBody> = {};
    try {
        body = (await reply.json()) as Partial<ProblemBody>;
    } catch {
        /* Whatever stands between us and the server answered with something else. */
    }
    if (reply.status === 401) signedOut();
    const sentence = body.detail ?? `the server answered ${reply.status}; try again in a moment`;
    return new Problem(reply.status, body.code ?? 'unknown', sentence, body);
}

/* The words of a query: what is empty is left out, a list is repeated. */
export function query(words: Record<string, string | number | boolean | null | undefined>): string {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(words))
        if (value !== null && value !== undefined && value !== '' && value !== false) search.set(name, String(value));
    const text = search.toString();
    return text === '' ? '' : `?${text}`;
}

/* What failed, as a sentence that can stand alone. */
export function sentenceOf(error: unknown): string {
    const words = error instanceof Error ? error.message : String(error);
    return words.charAt(0).toUpperCase() + words.slice(1) + (/[.?!]$/.test(words) ? '' : '.');
}
