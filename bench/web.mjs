/* Looks at the pages of a server through Chromium for bench/web.py, and prints what it saw as one line of JSON.
   node bench/web.mjs ADDRESS TURNS */
import { openBrowser, openReader, shiftsOf } from '../tests/web/ground.mjs';

const [address, turns] = [process.argv[2], Number(process.argv[3])];
const PAGES = ['/', '/monday', '/inbox', '/timeline', '/friday', '/teams', '/teams/TEAM-1', '/eval-cases', '/actions', '/records', '/settings'];
const FRAMES_LIST = '/teams';
const SCREENS = 40;

/* Interactive: the main part is there and no task was long after it. Both are the browser's own clock. */
async function firstLoad(browser) {
    const reader = await openReader(browser, { address }, { isFirst: true });
    const page = await reader.context.newPage();
    await page.addInitScript(() => {
        window.shifts = [];
        window.tasks = [];
        new PerformanceObserver((list) => list.getEntries().forEach((one) => !one.hadRecentInput && window.shifts.push(one.value)))
            .observe({ type: 'layout-shift', buffered: true });
        new PerformanceObserver((list) => list.getEntries().forEach((one) => window.tasks.push(one.startTime + one.duration)))
            .observe({ type: 'longtask', buffered: true });
        const watch = new MutationObserver(() => {
            if (!document.querySelector('main h1')) return;
            watch.disconnect();
            requestAnimationFrame(() => (window.shown = performance.now()));
        });
        watch.observe(document, { childList: true, subtree: true });
    });
    await page.goto('/');
    await page.waitForFunction(() => window.shown);
    await page.waitForTimeout(500);
    const seen = await page.evaluate(() => ({
        interactive: Math.max(window.shown, ...window.tasks), shift: window.shifts.reduce((sum, one) => sum + one, 0),
        script: performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0),
        whole: performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0),
    }));
    await reader.close();
    return seen;
}

/* What each page asks the server for, and how much it jumps. */
async function questions(browser) {
    const found = {};
    for (const path of PAGES) {
        const reader = await openReader(browser, { address }, { isFirst: true });
        const asked = new Set();
        // A store of many teams has no review: what is answered by a refusal is not measured.
        reader.context.on('response', (reply) => {
            const url = new URL(reply.url());
            if (reply.status() === 200 && reply.request().method() === 'GET' && url.pathname.startsWith('/api/') && !url.pathname.endsWith('/events')) asked.add(url.pathname + url.search);
        });
        const page = await reader.open(path);
        found[path] = { asked: [...asked], shift: (await shiftsOf(page)).reduce((sum, one) => sum + one.value, 0) };
        await reader.close();
    }
    return found;
}

/* The processor time of the longest task of a page's main thread, in ms: unlike the time between two frames it
   has nothing of what else the machine does. */
const TASKS = ['toplevel', '__metadata'];
function longestTask(events) {
    const mains = new Set(events.filter((one) => one.name === 'thread_name' && one.args.name === 'CrRendererMain').map((one) => `${one.pid} ${one.tid}`));
    const tasks = events.filter((one) => one.ph === 'X' && one.tdur !== undefined && mains.has(`${one.pid} ${one.tid}`));
    if (tasks.length === 0) throw new Error('the browser told of no task');
    return Math.max(...tasks.map((one) => one.tdur)) / 1000;
}

/* The longest time between two frames, and the longest task, while the list is scrolled from its top through pages that are fetched on
   the way, and while words are typed into its filter. */
async function frames(browser) {
    const reader = await openReader(browser, { address }, { isFirst: true });
    const page = await reader.open(FRAMES_LIST);
    const watched = async (work) => {
        await page.evaluate(() => {
            window.longest = 0;
            window.watching = true;
            let before = performance.now();
            const step = (now) => {
                window.longest = Math.max(window.longest, now - before);
                before = now;
                if (window.watching) requestAnimationFrame(step);
            };
            requestAnimationFrame((now) => ((before = now), requestAnimationFrame(step)));
        });
        await browser.startTracing(page, { categories: TASKS });
        await work();
        const tasks = JSON.parse(await browser.stopTracing()).traceEvents;
        return { frame: await page.evaluate(() => ((window.watching = false), window.longest)), task: longestTask(tasks) };
    };
    await page.mouse.move(700, 500);
    const scrolling = await watched(async () => {
        for (let screen = 0; screen < SCREENS; screen++) {
            await page.mouse.wheel(0, 700);
            await page.waitForTimeout(60);
        }
        await page.waitForTimeout(400);
    });
    const rows = await page.locator('[data-row]').count();
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('#list-words').click();
    const filtering = await watched(async () => {
        await page.keyboard.type('billing refunds', { delay: 80 });
        await page.waitForTimeout(600);
    });
    await reader.close();
    return { scrolling, filtering, rows };
}

const browser = await openBrowser();
try {
    const told = { first: [], frames: [], pages: await questions(browser) };
    for (let turn = 0; turn < turns; turn++) {
        told.first.push(await firstLoad(browser));
        told.frames.push(await frames(browser));
    }
    console.log(JSON.stringify(told));
} finally {
    await browser.close();
}
