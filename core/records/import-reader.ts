import { findReading } from "#core/records/detect.ts";
import { headerAt, headerWithin } from "#core/records/find-header.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { judgeValues } from "#core/records/judge-values.ts";
import { createMonthTally, type MonthCount, monthNotes } from "#core/records/month-tally.ts";
import { type ImportOutline, outlineOf, withRowNotes } from "#core/records/outline.ts";
import { createPlaceTally, type PlaceCounts, placeNotes } from "#core/records/place-tally.ts";
import {
  type EventDraft,
  type RowFault,
  type RowReading,
  readRow,
} from "#core/records/read-row.ts";
import { createRowNotes, type RowNotes } from "#core/records/row-notes.ts";
import {
  refuseContradiction,
  refuseUnsettledDates,
  type SettledReading,
  settleReading,
} from "#core/records/settle-reading.ts";
import { type AxesSwap, findSwap, swapRemedy } from "#core/records/swap-axes.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
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
  readonly monthCounts: () => MonthCount[];
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
      throw new FileFault("the file is empty");
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
      return { drafts: [...held.drafts, ...last.drafts], faults: [...held.faults, ...last.faults] };
    },
    outline: () => {
      if (table === null) throw new TypeError("The outline is known after the first rows");
      return table.outline();
    },
    headings: () => header?.names ?? [],
    placeCounts: () => table?.placeCounts() ?? { placed: {}, refused: {} },
    monthCounts: () => table?.monthCounts() ?? [],
  };
}

/** What one piece of the file brought. */
interface ReadRows {
  readonly drafts: readonly EventDraft[];
  readonly faults: readonly RowFault[];
}
const noRows: ReadRows = { drafts: [], faults: [] };

/** Below the header: looks at a sample first, then reads every row by what it found there. */
interface TableReader {
  readonly read: (rows: readonly TableRow[]) => ReadRows;
  readonly finish: () => ReadRows;
  readonly outline: () => ImportOutline;
  readonly placeCounts: () => PlaceCounts;
  readonly monthCounts: () => MonthCount[];
}

/** The sample ends at whichever comes first. */
const sampleRows = 1_000;
const sampleCharacters = 4_000_000;

function createTableReader(
  header: Header,
  choices: ImportChoices,
  setting: ImportSetting,
): TableReader {
  let sample: TableRow[] = [];
  let characters = 0;
  let settled: SettledReading | null = null;
  let rowNotes: RowNotes | null = null;
  let swap: AxesSwap | null = null;
  const tally = createPlaceTally();
  const months = createMonthTally(setting.zone);

  const readRows = (rows: readonly TableRow[], how: RowReading, notes: RowNotes): ReadRows => {
    const read = readAll(rows, how, notes);
    for (const draft of read.drafts) {
      tally.placed(draft);
      months.placed(draft);
    }
    const faults = read.faults.map(({ event, ...fault }) => {
      tally.refused(fault);
      if (event) months.refused(event, fault.place);
      return fault;
    });
    return { ...read, faults };
  };
  const settle = (): ReadRows => {
    settled = settleReading({ header: judgeValues(header, sample), sample, choices, setting });
    rowNotes = createRowNotes(settled.how, setting);
    swap = findSwap(sample, settled.how);
    const held = sample;
    sample = [];
    return readRows(held, settled.how, rowNotes);
  };
  const isFull = (row: TableRow): boolean => {
    sample.push(row);
    for (const cell of row.cells) characters += cell.length;
    return sample.length >= sampleRows || characters >= sampleCharacters;
  };
  const readOn = (rows: readonly TableRow[]): ReadRows => {
    if (settled === null || rowNotes === null) return noRows;
    for (const row of rows) settled.orders.look(row);
    return readRows(rows, settled.how, rowNotes);
  };
  return {
    read: (rows) => {
      if (settled !== null) return readOn(rows);
      // The sample ends at the same row wherever the pieces of the file part.
      const end = rows.findIndex((row) => isFull(row));
      if (end === -1) return noRows;
      const held = settle();
      const more = readOn(rows.slice(end + 1));
      return { drafts: [...held.drafts, ...more.drafts], faults: [...held.faults, ...more.faults] };
    },
    finish: () => {
      if (settled === null && sample.length === 0) {
        // What is wrong with the header comes first.
        refuseContradiction(findReading(header, choices), choices);
        throw new FileFault("the file has a header and no rows below it", { line: header.line });
      }
      const held = settled === null ? settle() : noRows;
      if (choices.dates === null && settled) refuseUnsettledDates(settled);
      return held;
    },
    outline: () => {
      if (settled === null) throw new TypeError("The outline is known after the first rows");
      const outline = outlineOf(settled);
      const notes = [
        ...outline.notes,
        ...placeNotes(tally.counts()),
        ...monthNotes(months.counts()),
        ...(swap === null ? [] : [`${swap.sentence} ${swapRemedy(swap)}`]),
      ];
      return withRowNotes({ ...outline, notes }, rowNotes);
    },
    placeCounts: tally.counts,
    monthCounts: months.counts,
  };
}

function readAll(rows: readonly TableRow[], how: RowReading, notes: RowNotes): ReadRows {
  const drafts: EventDraft[] = [];
  const faults: RowFault[] = [];
  for (const row of rows) {
    const read = readRow(row, how);
    if (read.ok) {
      drafts.push(read.value);
      notes.look(row, read.value);
    } else {
      faults.push(read.reason);
      notes.lookAtRefused(row);
    }
  }
  return { drafts, faults };
}
