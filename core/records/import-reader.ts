import { headerAt, headerWithin } from "#core/records/find-header.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import type { ImportOutline } from "#core/records/outline.ts";
import type { PlaceCounts } from "#core/records/place-tally.ts";
import {
  createTableReader,
  noRows,
  type ReadRows,
  type TableReader,
} from "#core/records/table-reader.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { createDelimitedReader } from "#core/table/delimited.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";

/**
 * A file of events in pieces, as they come, to drafts and refused rows; the memory it takes does
 * not grow with the file. Where the pieces part makes no difference. Throws a `FileFault` for a
 * file that cannot be read, possibly at its last row: keep nothing until `finish` has returned.
 */
interface Reader<Piece> {
  readonly push: (piece: Piece) => ReadRows;
  readonly finish: () => ReadRows;
  /** Complete after `finish`. */
  readonly outline: () => ImportOutline;
  /** As the file writes them; none before the first record. */
  readonly headings: () => readonly string[];
  readonly placeCounts: () => PlaceCounts;
}

/** Of text. */
export type ImportReader = Reader<string>;
/** Of records, the first of which holds the headings. */
export type RecordImporter = Reader<readonly TableRow[]>;

export function createRecordImporter(
  choices: ImportChoices,
  setting: ImportSetting,
): RecordImporter {
  let table: TableReader | null = null;
  let header: Header | null = null;
  let first: TableRow[] = [];
  /** Once enough of the file is there to tell which record holds the headings. */
  const begin = (): ReadRows => {
    const at = headerAt(first, choices.map);
    const top = first[at];
    if (top === undefined) {
      throw new FileFault("the file is empty: there is no header and no row");
    }
    header = readHeader(top);
    table = createTableReader(header, choices, setting);
    const rows = first.slice(at + 1);
    first = [];
    return table.read(rows);
  };
  return {
    push: (records) => {
      if (table !== null) return table.read(records);
      first.push(...records);
      return first.length < headerWithin ? noRows : begin();
    },
    finish: () => {
      const held = table === null ? begin() : noRows;
      const last = (table as unknown as TableReader).finish();
      return {
        drafts: [...held.drafts, ...last.drafts],
        faults: [...held.faults, ...last.faults],
      };
    },
    outline: () => {
      if (table === null) throw new TypeError("The outline is known after the first rows");
      return table.outline();
    },
    headings: () => header?.names ?? [],
    placeCounts: () => table?.placeCounts() ?? { placed: {}, refused: {} },
  };
}

export function createImportReader(choices: ImportChoices, setting: ImportSetting): ImportReader {
  const rows = createDelimitedReader();
  const importer = createRecordImporter(choices, setting);
  return {
    push: (text) => importer.push(rows.push(text)),
    finish: () => {
      const last = importer.push(rows.finish());
      const held = importer.finish();
      return {
        drafts: [...last.drafts, ...held.drafts],
        faults: [...last.faults, ...held.faults],
      };
    },
    outline: importer.outline,
    headings: importer.headings,
    placeCounts: importer.placeCounts,
  };
}
