/* Holiday calendars, to choose from. */
import type { Row } from '../../lib/catalog.svelte';

export function calendarChoices(calendars: Row[], none: string): { value: string; label: string }[] {
    return [
        { value: '', label: none },
        ...calendars.map((one) => ({ value: String(one.name), label: String(one.name) })),
    ];
}
