import { describe, expect, it } from 'vitest';
import { beside, toneOfCell, type Cell } from '../src/rooms/rituals/portfolio';

describe('a cell of the portfolio', () => {
    const cell = (more: Partial<Cell>): Cell => ({
        expected: 0,
        held: 0,
        incomplete: 0,
        skipped: 0,
        missed: 0,
        cancelled: 0,
        ...more,
    });
    it('tells what else there was, and nothing where all was held', () => {
        expect(beside(cell({ held: 3 }))).toBe('');
        expect(beside(cell({ incomplete: 1, missed: 2, cancelled: 1 }))).toBe('1 incomplete, 2 missed, 1 cancelled');
    });
    it('has the colour of the worst that is in it; what was called off is not bad', () => {
        expect(toneOfCell(cell({ held: 2 }))).toBe('good');
        expect(toneOfCell(cell({ held: 2, skipped: 1 }))).toBe('warn');
        expect(toneOfCell(cell({ held: 2, skipped: 1, missed: 1 }))).toBe('bad');
        expect(toneOfCell(cell({ cancelled: 1 }))).toBe('');
    });
});
