/* The places of the sidebar as commands, and a "new" for each kind of record that people make. */
import { catalog, pathOf, pluralOf } from '../lib/catalog.svelte';
import type { Command } from '../lib/commands.svelte';
import { go } from '../lib/router.svelte';
import { savedFilters } from '../lib/saved_filters.svelte';
import { morePlaces, placeGroups, type PlaceEntry, type PlaceGroup } from '../places';

function isHere(entry: PlaceEntry): boolean {
    return !entry.record || catalog.byAddress.has(entry.record);
}

/* What this server has; groups without a place are left out. */
export function presentGroups(): PlaceGroup[] {
    return placeGroups
        .map((group) => ({ ...group, places: group.places.filter(isHere) }))
        .filter((group) => group.places.length > 0);
}

export function placeCommands(): Command[] {
    const going = presentGroups().flatMap((group) =>
        group.places.map((entry) => ({
            id: `go ${entry.address}`,
            label: entry.longer ?? entry.label,
            group: 'Go to',
            keys: entry.keys,
            run: () => go(entry.address),
        })),
    );
    const more = morePlaces.map(({ label, address }) => ({
        id: `go ${address}`,
        label,
        group: 'Go to',
        run: () => go(address),
    }));
    const lists = catalog.records.map((record) => ({
        id: `list ${record.name}`,
        label: `All ${pluralOf(record)}`,
        group: 'Records',
        run: () => go(pathOf(record)),
    }));
    const making = catalog.records
        .filter((record) => record.can.create)
        .map((record) => ({
            id: `new ${record.name}`,
            label: `New ${record.label}`,
            group: 'Make',
            run: () => go(`${pathOf(record)}/new`),
        }));
    const saved = savedFilters.all.map((one) => ({
        id: `saved ${one.row.id}`,
        label: one.name,
        group: 'Saved filters',
        run: () => go(one.address),
    }));
    return [...going, ...more, ...saved, ...lists, ...making];
}
