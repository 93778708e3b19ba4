/* Decks as the server makes them. */
export interface Slide {
    number: number;
    classes: string;
    header: string;
    footer: string;
    html: string;
    notes: string;
}
export interface Deck {
    title: string;
    template: string;
    week: string;
    as_of: string | null;
    theme: string;
    size: string;
    markdown: string;
    slides: Slide[];
    figures: unknown[];
    unknown: number;
}
export interface DeckTemplate {
    id: string | null;
    name: string;
    built_in: boolean;
}
export interface DeckTemplates {
    templates: DeckTemplate[];
}

export const AUDIENCES = ['executives', 'engineering', 'design'];

export type DeckFormat = 'html' | 'md';
export const FORMAT_TYPES: Record<DeckFormat, string> = { html: 'text/html', md: 'text/markdown' };
