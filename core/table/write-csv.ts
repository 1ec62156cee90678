/** One record as RFC 4180 writes it, without a line end; cells as they are. */
export function csvRow(cells: readonly string[], delimiter = ","): string {
  // A record of one empty cell would read as a blank line.
  if (cells.length === 1 && cells[0] === "") return '""';
  return cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
}

/** Records as a file of their own, with no cell that a spreadsheet would take for a formula. */
export function csvFile(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${csvRow(cells.map(defuse))}\r\n`).join("");
}

/** Records to text in which each stands on its line, or on the first that is free after it. */
export function createTableWriter(firstLine: 0 | 1 = 1): {
  readonly write: (row: { readonly line: number; readonly cells: readonly string[] }) => string;
} {
  let next: number = firstLine;
  return {
    write: ({ line, cells }) => {
      const text = csvRow(cells);
      const gap = "\n".repeat(Math.max(0, line - next));
      next = Math.max(line, next) + text.split(/\r\n|\r|\n/).length;
      return `${gap}${text}\n`;
    },
  };
}

/** A cell that a spreadsheet would take for a formula gets a quotation mark before it. */
export function defuse(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function csvCell(cell: string, delimiter: string): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(delimiter);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
