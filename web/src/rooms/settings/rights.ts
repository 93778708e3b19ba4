/* What this reader may do with a kind of record, by its name; and the roles in words. */
import { catalog, may as mayDo } from '../../lib/catalog.svelte';

export function may(record: string, doing: 'create' | 'patch' | 'delete'): boolean {
    const found = catalog.byName.get(record);
    return found !== undefined && mayDo(found, doing);
}

export const ROLES: { name: string; label: string; help: string }[] = [
    { name: 'viewer', label: 'Viewer', help: 'reads' },
    { name: 'member', label: 'Member', help: 'works: reviews, actions, imports' },
    { name: 'council', label: 'Council', help: 'approves what goes to production' },
    { name: 'executive', label: 'Executive', help: 'approves what crosses surfaces' },
    { name: 'owner', label: 'Owner', help: 'manages people, teams and tokens' },
];

export function roleLabel(name: string): string {
    return ROLES.find((role) => role.name === name)?.label ?? name;
}
