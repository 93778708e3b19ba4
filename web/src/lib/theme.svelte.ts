/* Light or dark: as the machine says until somebody chooses. theme.js applies the choice before the first paint. */
const STORED = 'rondo.theme';
const wishes = matchMedia('(prefers-color-scheme: dark)');

class Theme {
    #machine = $state(wishes.matches);
    #chosen = $state(document.documentElement.dataset.theme);
    readonly isDark: boolean = $derived(this.#chosen ? this.#chosen === 'dark' : this.#machine);
    readonly other: 'light' | 'dark' = $derived(this.isDark ? 'light' : 'dark');

    constructor() {
        wishes.addEventListener('change', () => (this.#machine = wishes.matches));
    }
    toggle(): void {
        this.#chosen = this.other;
        document.documentElement.dataset.theme = this.#chosen;
        localStorage.setItem(STORED, this.#chosen);
    }
}
export const theme = new Theme();
