/* Whether the server takes long to answer: what takes a moment is told to nobody. */
const PATIENCE_MS = 1000;

class Waiting {
    #late = $state(0);
    get isLong(): boolean {
        return this.#late > 0;
    }
    /* What the work gives, which is told of while it takes long. */
    async during<T>(work: Promise<T>): Promise<T> {
        let isLate = false;
        const timer = setTimeout(() => {
            isLate = true;
            this.#late++;
        }, PATIENCE_MS);
        try {
            return await work;
        } finally {
            clearTimeout(timer);
            if (isLate) this.#late--;
        }
    }
}
export const waiting = new Waiting();
