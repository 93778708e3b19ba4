/* The versions that this page's own saves left, so that words begun before one of them are held against what others
   wrote, and not against it. A save that found somebody else's in between leads nowhere: that has to be looked at. */
export class OwnVersions {
    private next = new Map<string, number>();

    /* Saving over version `from` made `to`. */
    note(id: string, from: number, to: number): void {
        if (to === from + 1) this.next.set(`${id} ${from}`, to);
    }
    /* The version that came of this one by own saves alone; itself, where there was none. */
    of(id: string, version: number): number {
        for (let at = version; ; at++) if (!this.next.has(`${id} ${at}`)) return at;
    }
}
