/* Which layer of the shell lies over the page: one at a time, and pages may ask for it. */
export type Layer = 'palette' | 'keys' | 'note' | null;

class Shell {
    layer = $state<Layer>(null);
    /* What it begins with. */
    text = '';
    open(layer: Layer, text = ''): void {
        this.text = text;
        this.layer = layer;
    }
    close(): void {
        this.layer = null;
    }
}
export const shell = new Shell();
