/* Everything that can be done, once: a page offers commands, the palette lists and runs them, the key sheet
   shows their keys, and the keyboard finds them here. Nothing listens to keys on its own. */
import { onMount } from 'svelte';

export interface Command {
    id: string;
    /* A verb and its object: "Assign", "Go to Monday eval review". */
    label: string;
    group: string;
    /* 'j', 'g 1', 'mod+k', 'shift+?'; several ways are separated by ' | '. */
    keys?: string;
    run: () => void;
    /* Only for the keyboard: moving by j and k is not worth a line of the palette. */
    unlisted?: boolean;
}

class Offered {
    sources = $state.raw<(() => Command[])[]>([]);
    readonly all: Command[] = $derived.by(() => {
        // The latest page's commands stand before those of the shell, and win a key that both want.
        const seen = new Set<string>();
        return [...this.sources]
            .reverse()
            .flatMap((source) => source())
            .filter((command) => !seen.has(command.id) && seen.add(command.id));
    });
}
export const offered = new Offered();

/* Offers commands as long as the component lives. To be called while a component is made. */
export function offer(commands: () => Command[]): void {
    onMount(() => {
        offered.sources = [...offered.sources, commands];
        return () => {
            offered.sources = offered.sources.filter((source) => source !== commands);
        };
    });
}

const OFF = 'rondo.keys';
class Keys {
    /* Keys without Ctrl or Cmd may disturb speech input, so that they can be switched off (WCAG 2.1.4). */
    single = $state(localStorage.getItem(OFF) !== 'off');
    switch(on: boolean): void {
        this.single = on;
        if (on) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, 'off');
    }
}
export const keys = new Keys();

const WAIT_MS = 1200;
let begun = '';
let begun_at = 0;

function strokeOf(event: KeyboardEvent): string {
    const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
    const alt = event.altKey ? 'alt+' : '';
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : '';
    return mod + alt + shift + key;
}

/* Whether what comes by the keyboard is somebody's text, or belongs to a window over the page. */
export function isTaken(target: EventTarget | null): boolean {
    const isText = target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;
    return isText || document.querySelector('dialog[open]') !== null;
}

function find(stroke: string): Command | undefined {
    return offered.all.find((command) => command.keys?.split(' | ').includes(stroke));
}

function begins(stroke: string): boolean {
    return offered.all.some((command) => command.keys?.split(' | ').some((keys) => keys.startsWith(`${stroke} `)));
}

/* What a key does on a control that has the focus is the control's: Enter and Space press it. */
function belongsToControl(event: KeyboardEvent): boolean {
    return (
        (event.key === 'Enter' || event.key === ' ') &&
        event.target instanceof Element &&
        event.target.closest('a, button, summary, [role=button], [role=slider], [role=option]') !== null
    );
}

export function handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const stroke = strokeOf(event);
    const isChord = stroke.startsWith('mod+') || stroke.startsWith('alt+');
    if (!isChord && isTaken(event.target)) return;
    if (!isChord && event.key.length === 1 && !keys.single) return;
    if (!isChord && belongsToControl(event)) return;

    const now = Date.now();
    const whole = begun && now - begun_at < WAIT_MS ? `${begun} ${stroke}` : stroke;
    begun = '';
    const command = find(whole) ?? find(stroke);
    if (command) {
        event.preventDefault();
        command.run();
    } else if (begins(stroke)) {
        event.preventDefault();
        begun = stroke;
        begun_at = now;
    }
}

const WORDS: Record<string, string> = {
    mod: navigator.platform.startsWith('Mac') ? 'Cmd' : 'Ctrl',
    alt: 'Alt',
    shift: 'Shift',
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    Escape: 'Esc',
};

/* 'g 1' as people read it: "G 1". */
export function keyWords(keys: string): string {
    const first = keys.split(' | ')[0] ?? '';
    return first
        .split(/[ +]/)
        .map((key) => WORDS[key] ?? (key.length === 1 ? key.toUpperCase() : key))
        .join(' ');
}
