/* What every page of the table keeps, whatever it shows. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
    axe,
    AXE_COLOURS,
    demoStore,
    drawn,
    openBrowser,
    openReader,
    overflowOf,
    screenshot,
    Server,
    settled,
    shiftsOf,
    SIZES,
} from './ground.mjs';
import { pages } from './pages.mjs';

let browser, server;
before(async () => {
    server = await Server.start(demoStore());
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await server?.stop();
});

/* RONDO_PAGES=monday,palette looks at those alone. */
const wanted = process.env.RONDO_PAGES?.split(',');

for (const entry of pages.filter((one) => !wanted || wanted.includes(one.name)))
    describe(entry.name, () => {
        let reader, page, at;
        before(async () => {
            at = entry.alone ? await Server.start(demoStore()) : server;
            await entry.before?.(at);
            reader = await openReader(browser, at);
            page = await reader.open(entry.path);
        });
        after(async () => {
            await reader?.close();
            if (entry.alone) await at?.stop();
        });

        it('shows what it is for, and does not jump on the way', async () => {
            const shifts = await shiftsOf(page);
            assert.deepEqual(shifts, [], 'the page jumps');
            await entry.open?.(page);
            for (const words of entry.seen) await page.getByText(words).first().waitFor();
            assert.equal(await page.locator('main').count(), 1);
            assert.match(await page.title(), /Rondo/);
            await (entry.open ? settled : drawn)(page);
            await screenshot(page, `${entry.name}-light`);
        });
        it('leaves axe nothing to say, in both themes', async () => {
            assert.deepEqual(await axe(page), []);
            await page.emulateMedia({ colorScheme: 'dark' });
            await drawn(page);
            assert.deepEqual(await axe(page, AXE_COLOURS), []);
            await screenshot(page, `${entry.name}-dark`);
            await page.emulateMedia({ colorScheme: 'light' });
        });
        it('fits a phone and 320 pixels, and axe agrees', async () => {
            for (const size of ['phone', 'small']) {
                await page.setViewportSize(SIZES[size]);
                await drawn(page);
                assert.equal(await overflowOf(page), null, `wider than ${SIZES[size].width} pixels`);
                if (size === 'phone') await screenshot(page, `${entry.name}-phone`);
            }
            assert.deepEqual(await axe(page), []);
            await page.setViewportSize(SIZES.desk);
        });
        it('does what it is for by the keyboard alone', async () => {
            await entry.by_keys(page, at);
        });
        it('says nothing in the console and asks no other host', async () => {
            await settled(page);
            assert.deepEqual(reader.trouble(), []);
        });
    });
