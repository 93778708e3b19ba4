/* Files on their way from wherever they were dropped to the page that takes them in. */
class Dropped {
    files = $state.raw<File[]>([]);
    take(): File[] {
        const files = this.files;
        this.files = [];
        return files;
    }
}
export const dropped = new Dropped();
