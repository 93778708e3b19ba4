/* Rows as comma-separated text (RFC 4180), as spreadsheets read it. */

/* A cell that a spreadsheet would take for a formula is led by an apostrophe: texts come from anywhere. A
   number is what it is. */
function cell(value: string): string {
    const isFormula = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(value);
    const text = isFormula ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(rows: readonly (readonly string[])[]): string {
    return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/* Hands a text or bytes to the reader as a file. */
export function download(name: string, content: BlobPart, type: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
