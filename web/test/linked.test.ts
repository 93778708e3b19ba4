import { expect, it } from 'vitest';
import type { RecordType } from '../src/lib/catalog.svelte';
import { linkedRow } from '../src/rooms/records/linked';

const records = [{ prefix: 'ACT' }, { prefix: 'OCC' }] as RecordType[];
const idOf = (address: string) => linkedRow(address, 'https://rondo.example', records)?.id;

it('a link leads to the row whose id stands in its address', () => {
    expect(idOf('/actions/ACT-1')).toBe('ACT-1');
    expect(idOf('/ACT-1')).toBe('ACT-1');
    expect(idOf('https://rondo.example/occurrences/OCC-3/run')).toBe('OCC-3');
});
it('what is no row, or elsewhere, is none', () => {
    expect(idOf('/actions?owner=ACT-1')).toBeUndefined();
    expect(idOf('/monday')).toBeUndefined();
    expect(idOf('/RIT-1')).toBeUndefined();
    expect(idOf('https://other.example/ACT-1')).toBeUndefined();
    expect(idOf('/a/b/ACT-1')).toBeUndefined();
});
