/* What tools/test.py reads: a line for each file, the whole story of what failed, and the tally at the end. */
import { relative } from 'node:path';

const TOP = new URL('../../', import.meta.url).pathname;

function* story({ name, file, details }, path) {
    const error = details.error?.cause ?? details.error;
    yield `FAILED  ${relative(TOP, file ?? '')}: ${[...path, name].join(': ')}\n`;
    const words = typeof error === 'string' ? error : (error?.stack ?? error?.message ?? String(error));
    yield `${words.replace(/^/gm, '    ')}\n`;
}

export default async function* report(source) {
    const files = new Map();
    const above = [];
    let passed = 0,
        failed = 0;
    for await (const { type, data } of source) {
        if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
        if (type === 'test:start') ((above.length = data.nesting), (above[data.nesting] = data.name));
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        const isSuite = data.details.type === 'suite' || data.name === data.file;
        const reason = data.details.error?.failureType;
        // A suite counts only where it broke itself: its tests have been told one by one.
        if (isSuite && (type === 'test:pass' || reason === 'subtestsFailed')) continue;
        const file = files.get(data.file) ?? { passed: 0, failed: 0, ms: 0 };
        files.set(data.file, file);
        file.ms += data.details.duration_ms;
        if (data.skip !== undefined) yield `not run ${data.name}: ${data.skip}\n`;
        else if (type === 'test:pass') (passed++, file.passed++);
        else (failed++, file.failed++, yield* story(data, above.slice(0, data.nesting)));
    }
    for (const [name, file] of files) {
        const words = `${(file.failed ? 'FAILED' : 'ok').padEnd(7)} ${relative(TOP, name ?? '').padEnd(40)}`;
        yield `${words} ${(file.ms / 1000).toFixed(2).padStart(6)} s, ${file.passed + file.failed} tests\n`;
    }
    yield `${passed} passed, ${failed} failed\n`;
}
