import { blockedColumns, type Header, readHeader } from "#core/import/columns.ts";
import { delimiterSample, findDelimiter } from "#core/import/delimiter.ts";
import { FileFault } from "#core/import/file-fault.ts";
import { createRowReader, type RowReader, type TableRow } from "#core/import/row-reader.ts";
import { csvRow } from "#core/import/write-csv.ts";

/**
 * The same table without its personal columns, in pieces: what the browser sends instead of the
 * file (SAFEGUARDS, invariant 8). Each record stays on its line, so that a refused row is named by
 * the line of the file that the person has open.
 */
export interface ColumnKeeper {
  readonly push: (text: string) => string;
  readonly finish: () => string;
  /** Headers that were dropped; known once the first record is through. */
  readonly blocked: () => readonly string[];
}

export function createColumnKeeper(): ColumnKeeper {
  let head = "";
  let rows: RowReader | null = null;
  let header: Header | null = null;
  let line = 1;

  const write = (row: TableRow): string => {
    header ??= readHeader(row);
    const { personal, names } = header;
    // Cells beyond the header have no name to judge them by: they stay behind, but for their number.
    const kept = row.cells
      .map((cell, at) => (at < names.length ? cell : cell.trim() === "" ? "" : "?"))
      .filter((_, at) => !personal.has(at));
    const text = csvRow(kept);
    const gap = "\n".repeat(Math.max(0, row.line - line));
    line = row.line + 1 + text.split(/\r\n|\r|\n/).length - 1;
    return `${gap}${text}\n`;
  };
  const start = (): RowReader => {
    rows = createRowReader(findDelimiter(head));
    return rows;
  };
  return {
    push: (text) => {
      if (rows !== null) return rows.push(text).map(write).join("");
      head += text;
      return head.length < delimiterSample ? "" : start().push(head).map(write).join("");
    },
    finish: () => {
      const before = rows === null ? start().push(head).map(write).join("") : "";
      const last = (rows as RowReader).finish().map(write).join("");
      if (header === null) throw new FileFault("the file is empty: there is no header and no row");
      return before + last;
    },
    blocked: () => (header === null ? [] : blockedColumns(header)),
  };
}
