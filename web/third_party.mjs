/* Writes dist/THIRD_PARTY.txt: what the pages are made of besides our own writing, with the licences of each. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const told = new Map();

function tell(name) {
    const folder = join('node_modules', name);
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (told.has(name)) return;
    const licence = readdirSync(folder).find((file) => /^licen[sc]e/i.test(file));
    const text = licence ? readFileSync(join(folder, licence), 'utf8').trim() : `Licence: ${about.license}`;
    told.set(name, `${name} ${about.version}\n${'='.repeat(name.length + about.version.length + 1)}\n${text}\n`);
}
for (const name of Object.keys(dependencies)) tell(name);
writeFileSync('dist/THIRD_PARTY.txt', [...told.values()].join('\n'));
