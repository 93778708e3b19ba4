/* What every browser test stands on: the demo's store, the real program serving it, a browser that notices what
   a reader would (an error in the console, a question to another host, a page that jumps), and axe.
   It knows no page. */
import { spawn, execFileSync } from 'node:child_process';
import {
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const TOP = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const WEB = join(TOP, 'web');
export const BUILD = process.env.RONDO_BUILD ?? join(TOP, 'build');
export const SCREENSHOTS = join(BUILD, 'screenshots');
export const NOW = '2026-11-16T09:00:00Z';
const PROGRAM = process.env.RONDO_PROGRAM ?? join(BUILD, 'rondo');

const packages = createRequire(join(WEB, 'package.json'));
const { chromium } = packages('playwright-core');
const AXE = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

export const PATIENCE_MS = 20_000;
const START_MS = 30_000;

// --- stores ---------------------------------------------------------------------------------------------------

/* A new folder that goes when the test file is done. */
const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
export function newFolder() {
    const folder = mkdtempSync(join(tmpdir(), 'rondo-web-'));
    folders.push(folder);
    return folder;
}

/* The command line on a store, its clock standing at NOW. */
export function rondo(store, ...words) {
    const env = { ...process.env, RONDO_STORE: store, RONDO_NOW: NOW };
    return execFileSync(PROGRAM, words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/* A copy of the demo of one's own; the demo itself is made once for each build of the program. */
export function demoStore() {
    const { mtimeMs, size } = statSync(PROGRAM);
    const kept = join(BUILD, 'web-tests', `demo-${Math.round(mtimeMs)}-${size}.db`);
    if (!existsSync(kept)) {
        mkdirSync(dirname(kept), { recursive: true });
        const made = join(newFolder(), 'demo.db');
        rondo(made, 'demo', '--now', NOW);
        copyFileSync(made, `${kept}.${process.pid}`);
        renameSync(`${kept}.${process.pid}`, kept);
    }
    const store = join(newFolder(), 'demo.db');
    copyFileSync(kept, store);
    return store;
}

// --- the server -----------------------------------------------------------------------------------------------

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export class Server {
    constructor(store, options = {}) {
        this.store = store;
        this.program = options.program ?? PROGRAM;
        this.env = { ...process.env, RONDO_NOW: NOW, ...options.env };
        this.port = 0;
    }
    static async start(store, options) {
        const server = new Server(store, options);
        await server.start();
        return server;
    }
    /* Again at the port it had, when it was stopped. */
    async start() {
        const words = ['serve', '--store', this.store, '--listen', `127.0.0.1:${this.port}`];
        this.child = spawn(this.program, words, { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
        running.add(this.child);
        this.ended = new Promise((resolve) => this.child.on('exit', resolve)).then((code) => {
            running.delete(this.child);
            return code;
        });
        let said = '';
        this.child.stderr.on('data', (bytes) => (said += bytes));
        const line = await new Promise((resolve, reject) => {
            let text = '';
            const late = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), START_MS);
            this.child.stdout.on('data', (bytes) => {
                text += bytes;
                const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
                if (found) (clearTimeout(late), resolve(found));
            });
            this.child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
        });
        this.port = Number(line[1]);
        this.address = `http://127.0.0.1:${this.port}`;
    }
    async stop() {
        this.child.kill('SIGTERM');
        return this.ended;
    }
    /* As another program would: no browser in between. An answer that is no success fails the test. */
    async ask(method, path, body, headers = {}) {
        const isFile = typeof body === 'string'; /* goes as it is */
        const type = body === undefined || isFile ? {} : { 'Content-Type': 'application/json' };
        const text = body === undefined || isFile ? body : JSON.stringify(body);
        const reply = await fetch(`${this.address}/api/v1${path}`, {
            method,
            headers: { ...type, ...headers },
            body: text,
        });
        const said = await reply.text();
        if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${said}`);
        return said === '' ? null : JSON.parse(said);
    }
}

// --- the browser ----------------------------------------------------------------------------------------------

export const SIZES = {
    desk: { width: 1280, height: 860 },
    phone: { width: 390, height: 844 },
    small: { width: 320, height: 640 },
};

/* What Chromium is to leave out. It takes the last list alone, so Playwright's own stands here, too; ours are processes
   for each window that nobody asks for: lists under the address, and one in stock for the next page. */
const UNUSED = [
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'PaintHolding',
    'ThirdPartyStoragePartitioning',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'OptimizationHints',
    'NetworkTimeServiceQuerying',
    'AimEnabled',
    'PreconnectToSearch',
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
    'SpareRendererForSitePerProcess',
];

export async function openBrowser() {
    return chromium.launch({
        executablePath: process.env.RONDO_CHROMIUM ?? onPath('chromium'),
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--font-render-hinting=none',
            '--disable-lcd-text',
            `--disable-features=${UNUSED.join(',')}`,
        ],
    });
}
function onPath(name) {
    const found = (process.env.PATH ?? '')
        .split(':')
        .map((folder) => join(folder, name))
        .find((path) => existsSync(path));
    if (!found) throw new Error(`'${name}' is not installed; tools/deps.sh browser installs it`);
    return found;
}

/* A reader with a browser of their own: nothing is remembered from another test. The clock stands at NOW.
   One who is done leaves a window to the next: its processes take longer to start than a page takes to load. Where
   that itself is measured, a reader is the first in a browser of their own, and leaves nothing. */
const left = new Map();
export async function openReader(browser, server, { dark = false, size = 'desk', isFirst = false } = {}) {
    const options = {
        viewport: SIZES[size],
        colorScheme: dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
        baseURL: server.address,
        acceptDownloads: true,
    };
    const kind = JSON.stringify(options);
    const window = isFirst ? undefined : left.get(kind);
    if (!isFirst) left.delete(kind);
    const context = window?.context() ?? (await browser.newContext(options));
    context.setDefaultTimeout(PATIENCE_MS);
    const reader = new Reader(context, server, kind, window);
    reader.isSpent = isFirst;
    return reader;
}

class Reader {
    #said = (message) => {
        if (['error', 'warning'].includes(message.type())) this.said.push(`${message.type()}: ${message.text()}`);
    };
    #thrown = (error) => {
        const words = String(error.error().stack ?? error.error());
        this.said.push(`thrown: ${words.split('\n').slice(0, 3).join(' ')}`);
    };
    #asked = (request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.host !== new URL(this.server.address).host)
            this.strangers.push(request.url());
    };
    #heard = { console: this.#said, weberror: this.#thrown, request: this.#asked };
    #kind;
    #window;
    #isOpen = false;
    constructor(context, server, kind, window) {
        this.context = context;
        this.server = server;
        this.said = [];
        this.strangers = [];
        /* Patterns of what a test makes happen on purpose: a server that is gone fills the console. */
        this.expected = [];
        /* A test did something to the browser that stays, such as a slow line: nobody else gets the window. */
        this.isSpent = false;
        this.#kind = kind;
        this.#window = window;
        for (const [what, hear] of Object.entries(this.#heard)) context.on(what, hear);
    }
    /* A window on that address, all that it asked for answered. */
    async open(path) {
        const page = this.#isOpen || !this.#window ? await this.#newWindow() : this.#window;
        this.#window ??= page;
        this.#isOpen = true;
        await page.clock.setFixedTime(new Date(NOW));
        await page.goto(path);
        await settled(page);
        return page;
    }
    async #newWindow() {
        const page = await this.context.newPage();
        await page.addInitScript(watchLayout);
        watchRequests(page);
        return page;
    }
    /* What a reader's console says that no test expected, and hosts that were asked. */
    trouble() {
        const said = this.said.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
        return [...new Set(said), ...this.strangers.map((url) => `asked another host: ${url}`)];
    }
    async close() {
        for (const [what, hear] of Object.entries(this.#heard)) this.context.off(what, hear);
        const isKept = this.#isOpen && !this.isSpent && !left.has(this.#kind);
        if (isKept && (await this.#clear().catch(() => false))) left.set(this.#kind, this.#window);
        else await this.context.close();
    }
    /* The window as a new one is: nothing stored, kept, shown or pressed, and the files of the program not yet loaded. */
    async #clear() {
        const page = this.#window;
        for (const other of this.context.pages()) if (other !== page) await other.close();
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await page.goto('/rondo.svg'); // a page ends there, and what it stored is still at hand
        waiting.get(page).clear();
        await page.evaluate(() => (localStorage.clear(), sessionStorage.clear()));
        await this.context.clearCookies();
        await this.context.clearPermissions();
        const { colorScheme, viewport } = JSON.parse(this.#kind);
        await page.emulateMedia({ colorScheme, media: null });
        await page.setViewportSize(viewport);
        await page.mouse.move(-1, -1); // what it was left on is under nobody's pointer
        const session = await sessionOf(page);
        for (const forget of ['Network.clearBrowserCache', 'Page.resetNavigationHistory']) await session.send(forget);
        return true;
    }
}

/* A letter's width while a font comes is nothing that anybody sees: a hundredth of a percent of the page. */
function watchLayout() {
    const SEEN = 0.0001;
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (!entry.hadRecentInput && entry.value > SEEN)
                window.shifts.push({
                    value: entry.value,
                    of: entry.sources.map((source) => source.node?.outerHTML?.slice(0, 90)),
                });
    }).observe({ type: 'layout-shift', buffered: true });
}

const waiting = new WeakMap();
function watchRequests(page) {
    const open = new Set();
    waiting.set(page, open);
    page.on('request', (request) => request.resourceType() !== 'eventsource' && open.add(request));
    for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => open.delete(request));
}
const isAsking = (page) => waiting.get(page).size > 0;
/* The main part is there, and nothing has been asked for a while. */
export async function settled(page) {
    await page.locator('main, dialog').first().waitFor();
    const end = Date.now() + PATIENCE_MS;
    for (let quiet = 0; quiet < 4; quiet = isAsking(page) ? 0 : quiet + 1) {
        if (Date.now() > end) throw new Error(`still waiting for ${[...waiting.get(page)].map((one) => one.url())}`);
        await page.waitForTimeout(50);
    }
    await drawn(page);
}
/* What was changed of a window that had settled, its size or its theme, is on the screen; where that made the page
   ask for something, it has settled again. */
export async function drawn(page) {
    await page.evaluate(() => {
        const frame = () => new Promise(requestAnimationFrame);
        return document.fonts.ready.then(frame).then(frame);
    });
    if (isAsking(page)) await settled(page);
}

/* How far the page jumped while it came to be; each jump with what it moved. */
export async function shiftsOf(page) {
    return page.evaluate(() => window.shifts);
}
/* Pixels that the page is wider than the window, and what sticks out. */
export async function overflowOf(page) {
    return page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        if (wide <= 0) return null;
        const out = [...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 3)
            .map((one) => one.outerHTML.slice(0, 120));
        return { wide, out };
    });
}
const AXE_ALL = {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/* All that another theme can change: what else stands on the page is the same in both. */
export const AXE_COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
/* What axe says against the page, one line a violation. The policy of the page refuses its script as a tag. */
export async function axe(page, rules = AXE_ALL) {
    const session = await sessionOf(page);
    const evaluate = async (expression) => {
        const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
            expression,
            awaitPromise: true,
            returnByValue: true,
        });
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    };
    await evaluate(`window.axe ? 0 : (() => { ${AXE}; return 0; })()`);
    const violations =
        await evaluate(`axe.run(document, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} }).then((found) => found.violations.flatMap((one) =>
            one.nodes.map((node) => one.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary.split('\\n').slice(1).join(' '))))`);
    return violations;
}
/* What Chromium alone can be asked of a page. */
const sessions = new WeakMap();
function sessionOf(page) {
    if (!sessions.has(page)) sessions.set(page, page.context().newCDPSession(page));
    return sessions.get(page);
}

/* For people to look at: compressed in half the time, to a somewhat larger file. */
export async function screenshot(page, name) {
    const session = await sessionOf(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    mkdirSync(SCREENSHOTS, { recursive: true });
    writeFileSync(join(SCREENSHOTS, `${name}.png`), Buffer.from(data, 'base64'));
}

/* Presses keys one after the other: 'g 1'. */
export async function press(page, keys) {
    for (const key of keys.split(' ')) await page.keyboard.press(key);
}
/* Goes on by Tab until what has the focus is called like that, as somebody without a mouse does. */
export async function tabTo(page, name, most = 80) {
    for (let step = 0; step < most; step++) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(() => {
            const one = document.activeElement;
            const words = one?.getAttribute('aria-label') ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? '';
            return words.replace(/\s+/g, ' ').trim();
        });
        if (name instanceof RegExp ? name.test(here) : here === name) return;
    }
    throw new Error(`Tab does not lead to '${name}' in ${most} steps`);
}
/* Waits until the work gives something true; at the end its last word is the reason. */
export async function until(work, what, patience = PATIENCE_MS) {
    const end = Date.now() + patience;
    for (;;) {
        const found = await work();
        if (found) return found;
        if (Date.now() > end) throw new Error(`still not: ${what}`);
        await new Promise((done) => setTimeout(done, 40));
    }
}
