/* How often the rituals of teams or surfaces were held, and what originals offer
   their clones, as the server tells it. */
export interface Cell {
    expected: number;
    held: number;
    incomplete: number;
    skipped: number;
    missed: number;
    cancelled: number;
}
export interface Line {
    id: string | null;
    name: string;
    total: Cell | null;
}
export interface PortfolioGrid {
    weeks: number;
    rows_by: 'team' | 'surface';
    columns_by: 'week' | 'ritual';
    columns: Line[];
    rows: (Line & { cells: (Cell | null)[] })[];
    total: Cell | null;
}
export interface Offer {
    part: string;
    label: string;
    was: string;
    now: string;
    here: string;
    open: boolean;
}
export interface Offered {
    ritual: string;
    ritual_id: string;
    clone_of: string;
    clone_of_id: string;
    items: Offer[];
}

/* What else there was beside the complete ones: "1 incomplete, 2 missed"; empty: nothing. */
export function beside(cell: Cell): string {
    return (['incomplete', 'skipped', 'missed', 'cancelled'] as const)
        .filter((name) => cell[name])
        .map((name) => `${cell[name]} ${name}`)
        .join(', ');
}
/* The worst that is in it gives its colour; words say it as well. */
export function toneOfCell(cell: Cell): 'good' | 'warn' | 'bad' | '' {
    if (cell.missed) return 'bad';
    if (cell.incomplete || cell.skipped) return 'warn';
    return cell.held ? 'good' : '';
}
