import { findReading } from "#core/records/detect.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { judgeValues } from "#core/records/judge-values.ts";
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
import type { Header } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";

/** What one piece of the file brought. */
export interface ReadRows {
  readonly drafts: readonly EventDraft[];
  readonly faults: readonly RowFault[];
}
export const noRows: ReadRows = { drafts: [], faults: [] };

/** Below the header: looks at a sample first, then reads every row by what it found there. */
export interface TableReader {
  readonly read: (rows: readonly TableRow[]) => ReadRows;
  readonly finish: () => ReadRows;
  readonly outline: () => ImportOutline;
  readonly placeCounts: () => PlaceCounts;
}

/** The sample ends at whichever comes first. */
const sampleRows = 1_000;
const sampleCharacters = 4_000_000;

export function createTableReader(
  header: Header,
  choices: ImportChoices,
  setting: ImportSetting,
): TableReader {
  let sample: TableRow[] = [];
  let characters = 0;
  let settled: SettledReading | null = null;
  let rowNotes: RowNotes | null = null;
  const tally = createPlaceTally();

  const readRows = (rows: readonly TableRow[], how: RowReading, notes: RowNotes): ReadRows => {
    const read = readAll(rows, how, notes);
    for (const draft of read.drafts) tally.placed(draft);
    for (const fault of read.faults) tally.refused(fault);
    return read;
  };
  const settle = (): ReadRows => {
    settled = settleReading({ header: judgeValues(header, sample), sample, choices, setting });
    rowNotes = createRowNotes(settled.how, setting);
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
      return {
        drafts: [...held.drafts, ...more.drafts],
        faults: [...held.faults, ...more.faults],
      };
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
      const notes = [...outline.notes, ...placeNotes(tally.counts())];
      return withRowNotes({ ...outline, notes }, rowNotes);
    },
    placeCounts: tally.counts,
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
