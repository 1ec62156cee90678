import { type Header, readHeader } from "#core/import/columns.ts";
import { delimiterSample, findDelimiter } from "#core/import/delimiter.ts";
import { FileFault } from "#core/import/file-fault.ts";
import { createRowReader, type RowReader, type TableRow } from "#core/import/row-reader.ts";
import {
  createTableReader,
  type ImportChoices,
  type ImportOutline,
  type ImportSetting,
  noRows,
  type ReadRows,
  type TableReader,
} from "#core/import/table-reader.ts";

/**
 * A file of events in pieces of text, as they come, to drafts and refused rows; the memory it takes
 * does not grow with the file. Where the pieces part makes no difference. Throws a `FileFault` for a
 * file that cannot be read, possibly at its last row: keep nothing until `finish` has returned.
 */
export interface ImportReader {
  readonly push: (text: string) => ReadRows;
  readonly finish: () => ReadRows;
  /** Complete after `finish`. */
  readonly outline: () => ImportOutline;
  /** As the file writes them; none before the first record. */
  readonly headings: () => readonly string[];
}

export function createImportReader(choices: ImportChoices, setting: ImportSetting): ImportReader {
  let head = "";
  let rows: RowReader | null = null;
  let table: TableReader | null = null;
  let header: Header | null = null;
  const feed = (records: readonly TableRow[]): ReadRows => {
    if (table !== null) return table.read(records);
    const first = records[0];
    if (first === undefined) return noRows;
    header = readHeader(first);
    table = createTableReader(header, choices, setting);
    return table.read(records.slice(1));
  };
  const start = (): RowReader => {
    rows = createRowReader(findDelimiter(head));
    return rows;
  };
  return {
    push: (text) => {
      if (rows !== null) return feed(rows.push(text));
      head += text;
      return head.length < delimiterSample ? noRows : feed(start().push(head));
    },
    finish: () => {
      const before = rows === null ? feed(start().push(head)) : noRows;
      const last = feed((rows as RowReader).finish());
      if (table === null) throw new FileFault("the file is empty: there is no header and no row");
      const held = table.finish();
      const parts = [before, last, held];
      return {
        drafts: parts.flatMap((part) => part.drafts),
        faults: parts.flatMap((part) => part.faults),
      };
    },
    outline: () => {
      if (table === null) throw new TypeError("The outline is known after the first rows");
      return table.outline();
    },
    headings: () => header?.names ?? [],
  };
}
