import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iconMarkup } from '../icons';

const source = (name: string) => readFileSync(`node_modules/@lucide/svelte/dist/icons/${name}.svelte`, 'utf8');

describe('icons', () => {
    it('become the shapes that the package has for them, of any size, and are not read aloud', () => {
        const markup = iconMarkup(source('x'));
        expect(markup).toContain('<path d="M18 6 6 18" /><path d="m6 6 12 12" /></svg>');
        expect(markup).toContain('width={size} height={size}');
        expect(markup).toContain('aria-hidden="true"');
        expect(iconMarkup(source('search'))).toContain('<circle cx="11" cy="11" r="8" />');
    });
    it('that are written otherwise end the build', () => {
        expect(() => iconMarkup('<script>const iconData = [];</script>')).toThrow('not written as');
    });
});
