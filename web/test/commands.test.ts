import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '../src/lib/commands.svelte';
import { standIn } from './stand_in';

let lib: typeof import('../src/lib/commands.svelte');
let ran: string[];
const command = (id: string, keys: string): Command => ({
    id,
    label: id,
    group: 'Test',
    keys,
    run: () => ran.push(id),
});

beforeAll(async () => {
    standIn();
    lib = await import('../src/lib/commands.svelte');
});
beforeEach(() => {
    ran = [];
    lib.keys.switch(true);
    lib.offered.sources = [
        () => [
            command('monday', 'g 1'),
            command('palette', 'mod+k'),
            command('next', 'j | ArrowDown'),
            command('undo', 'u'),
        ],
        () => [
            command('up', 'alt+ArrowUp'),
            command('mine', 'x'),
            command('open', 'Enter'),
            command('sheet', '?'),
            command('send', 'mod+Enter'),
        ],
    ];
});

/* Whether the key was taken from the browser. */
function press(key: string, more: Partial<KeyboardEvent> & { on?: string } = {}): boolean {
    const target = new (Element as unknown as new (kind: string) => Element)(more.on ?? 'body');
    const event = {
        key,
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        shiftKey: false,
        isComposing: false,
        defaultPrevented: false,
        ...more,
        target,
        preventDefault: vi.fn(),
    };
    lib.handleKey(event as unknown as KeyboardEvent);
    return event.preventDefault.mock.calls.length > 0;
}

describe('keys', () => {
    it('run their command, in any of its ways', () => {
        (press('j'), press('ArrowDown'), press('J', { shiftKey: true }));
        expect(ran).toEqual(['next', 'next', 'next']);
    });
    it('of two strokes run it after the second', () => {
        expect(press('g')).toBe(true);
        expect(ran).toEqual([]);
        press('1');
        expect(ran).toEqual(['monday']);
        press('1');
        expect(ran).toEqual(['monday']);
    });
    it('forget a first stroke that was not gone on with', () => {
        vi.useFakeTimers();
        press('g');
        vi.advanceTimersByTime(5000);
        press('1');
        vi.useRealTimers();
        expect(ran).toEqual([]);
    });
    it('after a first stroke that leads nowhere do what they do alone', () => {
        (press('g'), press('u'));
        expect(ran).toEqual(['undo']);
    });
    it("that nobody wants stay the browser's", () => expect(press('q')).toBe(false));
    it('with Ctrl and with Cmd are one', () => {
        (press('k', { ctrlKey: true }), press('k', { metaKey: true }));
        expect(ran).toEqual(['palette', 'palette']);
    });
    it('with Alt are not those without', () => {
        (press('ArrowUp', { altKey: true }), press('x', { altKey: true }));
        expect(ran).toEqual(['up']);
    });
    it('belong to the field that is typed into, unless Ctrl says otherwise', () => {
        expect(press('j', { on: 'input' })).toBe(false);
        expect(press('j', { on: 'textarea' })).toBe(false);
        press('k', { on: 'input', ctrlKey: true });
        expect(ran).toEqual(['palette']);
    });
    it('Enter presses the button that has the focus', () => {
        expect(press('Enter', { on: 'button' })).toBe(false);
        press('Enter');
        expect(ran).toEqual(['open']);
    });
    it("Ctrl Enter is the page's there, too: it presses no button that happens to have the focus", () => {
        expect(press('Enter', { on: 'button', ctrlKey: true })).toBe(true);
        expect(ran).toEqual(['send']);
    });
    it('that write a letter of another script are left alone while it is composed', () =>
        expect(press('j', { isComposing: true })).toBe(false));
    it('of single letters can be switched off, and chords and arrows stay', () => {
        lib.keys.switch(false);
        (press('j'), press('?'), press('g'), press('1'), press('ArrowDown'), press('k', { ctrlKey: true }));
        expect(ran).toEqual(['next', 'palette']);
        expect(localStorage.getItem('rondo.keys')).toBe('off');
    });
    it('that two want go to the page that came last, and an id is offered once', () => {
        lib.offered.sources = [...lib.offered.sources, () => [command('other', 'u'), command('mine', 'y')]];
        (press('u'), press('x'));
        expect(ran).toEqual(['other']);
        expect(lib.offered.all.filter((one) => one.id === 'mine')).toHaveLength(1);
    });
});

describe('keyWords', () => {
    it('says the first way as people do', () => {
        expect(lib.keyWords('g 1')).toBe('G 1');
        expect(lib.keyWords('mod+k')).toBe('Ctrl K');
        expect(lib.keyWords('j | ArrowDown')).toBe('J');
        expect(lib.keyWords('alt+ArrowUp')).toBe('Alt Up');
    });
});
