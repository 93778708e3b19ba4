/* Icons as what they are, markup. As the package delivers them each is put together attribute by attribute whenever
   it is shown, which took a fifth of the time in which the first page is drawn. */
import type { Plugin } from 'vite';

const OURS = /\/@lucide\/svelte\/dist\/icons\/[^/]+\.svelte$/;
const DATA = /const iconData = (\{.*\});/;

type Attributes = Record<string, string>;

const marked = (tag: string, attributes: Attributes) =>
    `<${tag} ${Object.entries(attributes)
        .map(([name, value]) => `${name}="${value}"`)
        .join(' ')} />`;

/* A component that takes a size and nothing else. Throws when the package has come to write its icons otherwise. */
export function iconMarkup(source: string): string {
    const data = DATA.exec(source)?.[1];
    if (data === undefined) throw new Error('an icon of @lucide/svelte is not written as web/icons.ts knows it');
    const { node } = JSON.parse(data) as { node: [string, Attributes][] };
    return `<script>let { size = 24 } = $props();</script>
<svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${node.map(([tag, attributes]) => marked(tag, attributes)).join('')}</svg>
`;
}

export const icons = (): Plugin => ({
    name: 'rondo-icons',
    enforce: 'pre',
    transform: (source, id) => (OURS.test(id) ? { code: iconMarkup(source), map: null } : null),
});
