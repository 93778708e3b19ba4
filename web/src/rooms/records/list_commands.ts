/* What can be done with a list, by the palette and by keys. */
import { may, pathOf, type RecordType } from '../../lib/catalog.svelte';
import type { Command } from '../../lib/commands.svelte';
import { go } from '../../lib/router.svelte';

export interface ListActs {
    step: (by: number) => void;
    peek: () => void;
    close: () => void;
    /* There is something that Escape closes. */
    isOpen: boolean;
    pick: () => void;
    pickAll: () => void;
    edit: () => void;
    assign?: () => void;
    find: () => void;
    open: () => void;
    move?: (by: number) => void;
    moveTo?: () => void;
    exportAll: () => void;
    saveFilter: () => void;
}

export function listCommands(record: RecordType, acts: ListActs): Command[] {
    const group = 'This list';
    const one = record.label.toLowerCase();
    const canPatch = may(record, 'patch');
    const commands: (Command | false | undefined)[] = [
        { id: 'list next', label: 'Next row', group, keys: 'j', unlisted: true, run: () => acts.step(1) },
        { id: 'list before', label: 'Row before', group, keys: 'k', unlisted: true, run: () => acts.step(-1) },
        { id: 'list peek', label: 'Look at the row beside the list', group, keys: 'Enter', run: acts.peek },
        { id: 'list open', label: 'Open the page of the row', group, keys: 'o | shift+Enter', run: acts.open },
        { id: 'list pick', label: 'Pick the row', group, keys: 'x', run: acts.pick },
        { id: 'list pick all', label: 'Pick all rows that are shown', group, run: acts.pickAll },
        canPatch && { id: 'list edit', label: `Edit the ${one}`, group, keys: 'e', run: acts.edit },
        canPatch &&
            acts.assign && { id: 'list assign', label: `Assign the ${one}`, group, keys: 'a', run: acts.assign },
        may(record, 'create') && {
            id: `new ${record.name}`,
            label: `New ${one}`,
            group,
            keys: 'c',
            run: () => go(`${pathOf(record)}/new`),
        },
        { id: 'list find', label: 'Filter by words', group, keys: '/', run: acts.find },
        acts.move && {
            id: 'list up',
            label: 'Move the row up',
            group,
            keys: 'alt+ArrowUp',
            run: () => acts.move?.(-1),
        },
        acts.move && {
            id: 'list down',
            label: 'Move the row down',
            group,
            keys: 'alt+ArrowDown',
            run: () => acts.move?.(1),
        },
        acts.moveTo && { id: 'list move', label: 'Move the row to a place', group, keys: 'm', run: acts.moveTo },
        { id: 'list export', label: 'Export the list as CSV', group, run: acts.exportAll },
        { id: 'list save', label: 'Save this filter', group, run: acts.saveFilter },
        acts.isOpen && {
            id: 'list close',
            label: 'Close what is open',
            group,
            keys: 'Escape',
            unlisted: true,
            run: acts.close,
        },
    ];
    return commands.filter((command): command is Command => Boolean(command));
}
