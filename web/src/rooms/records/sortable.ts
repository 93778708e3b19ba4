/* Puts rows into another order with the pointer: the row under a grip follows it, a line shows where it would
   stand. What keys and menus do is the list's own. */

export interface Sortable {
    /* Of every row that is there, from the top. */
    row: string;
    grip: string;
    /* The row is to stand at `to` once it is taken out of `from`. */
    onmove: (from: number, to: number) => void;
    /* Pressed and not moved. */
    onpress: (index: number, grip: HTMLElement) => void;
}
const STARTS_PX = 4;
const EDGE_PX = 48;

/* An attachment for the element that holds the rows. */
export function sortable(options: Sortable): (list: HTMLElement) => () => void {
    return (list) => {
        const line = document.createElement('div');
        line.className = 'drop-line';
        line.hidden = true;
        list.append(line);
        let stop: (() => void) | null = null;
        let hasMoved = false;

        function start(event: PointerEvent): void {
            const grip = (event.target as Element).closest<HTMLElement>(options.grip);
            const row = grip?.closest<HTMLElement>(options.row);
            if (!grip || !row || event.button !== 0) return;
            event.preventDefault();
            grip.focus();
            const rows = [...list.querySelectorAll<HTMLElement>(options.row)];
            const from = rows.indexOf(row);
            let to = from;
            let isMoving = false;
            hasMoved = false;

            function follow(at: PointerEvent): void {
                if (!isMoving && Math.abs(at.clientY - event.clientY) < STARTS_PX) return;
                isMoving = hasMoved = true;
                row?.classList.add('dragged');
                if (at.clientY < EDGE_PX) scrollBy(0, -12);
                else if (at.clientY > innerHeight - EDGE_PX) scrollBy(0, 12);
                const before = rows.findIndex((one) => {
                    const edge = one.getBoundingClientRect();
                    return at.clientY < edge.top + edge.height / 2;
                });
                const place = before < 0 ? rows.length : before;
                const neighbour = rows[Math.min(place, rows.length - 1)] as HTMLElement;
                const edge = neighbour.getBoundingClientRect();
                const top = (place === rows.length ? edge.bottom : edge.top) - list.getBoundingClientRect().top;
                line.style.top = `${top - 1}px`;
                line.hidden = false;
                to = place > from ? place - 1 : place;
            }
            function end(isDone: boolean): void {
                stop?.();
                if (isDone && isMoving && to !== from) options.onmove(from, to);
            }
            const up = () => end(true);
            const cancel = () => end(false);
            const key = (pressed: KeyboardEvent) => {
                if (pressed.key !== 'Escape') return;
                pressed.stopPropagation();
                end(false);
            };
            stop = () => {
                stop = null;
                line.hidden = true;
                row.classList.remove('dragged');
                removeEventListener('pointermove', follow);
                removeEventListener('pointerup', up);
                removeEventListener('pointercancel', cancel);
                removeEventListener('keydown', key, true);
            };
            addEventListener('pointermove', follow);
            addEventListener('pointerup', up);
            addEventListener('pointercancel', cancel);
            addEventListener('keydown', key, true);
        }
        /* Pressed and not moved, or pressed by a key. A click comes after the pointer is up: what it opens stays. */
        function press(event: MouseEvent): void {
            const grip = (event.target as Element).closest<HTMLElement>(options.grip);
            const row = grip?.closest<HTMLElement>(options.row);
            if (grip && row && !hasMoved) options.onpress([...list.querySelectorAll(options.row)].indexOf(row), grip);
            hasMoved = false;
        }
        list.addEventListener('pointerdown', start);
        list.addEventListener('click', press);
        return () => {
            stop?.();
            list.removeEventListener('pointerdown', start);
            list.removeEventListener('click', press);
            line.remove();
        };
    };
}
