/* What the server lets this reader do with a kind of record; where it does not say so, it will say so when asked. */
import { catalog, may as mayDo } from '../../lib/catalog.svelte';

export type Doing = 'create' | 'patch' | 'delete';

export function may(record: string, doing: Doing): boolean {
    const found = catalog.byName.get(record);
    return found ? mayDo(found, doing) : true;
}

export const ROLES: { name: string; label: string; help: string }[] = [
    { name: 'viewer', label: 'Viewer', help: 'reads' },
    { name: 'member', label: 'Member', help: 'works: reviews, actions, imports' },
    { name: 'council', label: 'Council', help: 'approves changes' },
    { name: 'executive', label: 'Executive', help: 'sees what concerns the business' },
    { name: 'owner', label: 'Owner', help: 'manages people, teams and tokens' },
];

export function roleLabel(name: string): string {
    return ROLES.find((role) => role.name === name)?.label ?? name;
}
