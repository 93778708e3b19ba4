/* The formats that the server reads: by name, what each is for people. */
import { resource } from '../../lib/resource.svelte';

/* To be called while a component is made. */
export function knownFormats(): { readonly labels: Map<string, string> } {
    const known = resource<{ items: { name: string; label: string }[] }>(() => '/imports/formats');
    const labels = $derived(new Map((known.data?.items ?? []).map((one) => [one.name, one.label])));
    return {
        get labels() {
            return labels;
        },
    };
}
