/** One record by RFC 4180, without line end; cells are not changed. */
export function csvRow(cells: readonly string[], delimiter = ","): string {
  // A record of one empty cell would read as a blank line.
  if (cells.length === 1 && cells[0] === "") return '""';
  return cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
}

/** Records as a file of their own, with no cell that a spreadsheet would take for a formula. */
export function csvFile(records: readonly (readonly string[])[]): string {
  return records.map((cells) => `${csvRow(cells.map(defuse))}\r\n`).join("");
}

/** Writes each record on its own line number, or on the first free line after it. */
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

/** Prefixes a quote to a cell that a spreadsheet would take for a formula. */
export function defuse(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function csvCell(cell: string, delimiter: string): string {
  const needsQuotes = /["\r\n]/.test(cell) || cell.includes(delimiter);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}
