import type { PlaceFaultKind, PlaceMethod } from "#core/places/place-fault.ts";
import { findReading } from "#core/records/detect.ts";
import { headerAt, headerWithin } from "#core/records/find-header.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { judgeValues } from "#core/records/judge-values.ts";
import { type ImportOutline, outlineOf } from "#core/records/outline.ts";
import {
  type EventDraft,
  type RowFault,
  type RowReading,
  readRow,
} from "#core/records/read-row.ts";
import { createRowNotes } from "#core/records/row-notes.ts";
import {
  refuseContradiction,
  refuseUnsettledDates,
  settleReading,
} from "#core/records/settle-reading.ts";
import {
  createMonthTally,
  monthNotes,
  type PlaceCounts,
  placeNotes,
} from "#core/records/tallies.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";

export interface ReadRows {
  readonly drafts: readonly EventDraft[];
  readonly faults: readonly RowFault[];
}
const noRows: ReadRows = { drafts: [], faults: [] };

const joined = (one: ReadRows, other: ReadRows): ReadRows => ({
  drafts: [...one.drafts, ...other.drafts],
  faults: [...one.faults, ...other.faults],
});

export function createRowsReader(how: RowReading, setting: ImportSetting) {
  const notes = createRowNotes(how, setting);
  const months = createMonthTally(setting.zone);
  const placed: Partial<Record<PlaceMethod, number>> = {};
  const refused: Partial<Record<PlaceFaultKind, number>> = {};
  const readOne = (row: TableRow, drafts: EventDraft[], faults: RowFault[]) => {
    const read = readRow(row, how);
    if (read.ok) {
      drafts.push(read.value);
      placed[read.value.placedBy] = (placed[read.value.placedBy] ?? 0) + 1;
      months.placed(read.value);
      notes.look(row, read.value);
      return;
    }
    const { event, ...fault } = read.reason;
    faults.push(fault);
    if (fault.place !== undefined) refused[fault.place] = (refused[fault.place] ?? 0) + 1;
    if (event) months.refused(event, fault.place);
    notes.lookAtRefused(row);
  };
  return {
    read: (rows: readonly TableRow[]): ReadRows => {
      const read = { drafts: [] as EventDraft[], faults: [] as RowFault[] };
      for (const row of rows) readOne(row, read.drafts, read.faults);
      return read;
    },
    placeCounts: (): PlaceCounts => ({ placed: { ...placed }, refused: { ...refused } }),
    monthCounts: months.counts,
    /** Adds what the rows showed; `where` says how far they go. */
    complete: (outline: ImportOutline, where = ""): ImportOutline => {
      const places = [...placeNotes({ placed, refused }), ...monthNotes(months.counts())];
      const told = (all: readonly string[]) => all.map((note) => where + note);
      return {
        ...outline,
        notes: [...outline.notes, ...told(places), ...told(notes.notes())],
        unknownWords: notes.unknownWords(),
        midnightSpike: notes.midnightSpike(),
      };
    },
  };
}

/** The sample ends at whichever comes first. */
const sampleRows = 1_000;
const sampleCharacters = 4_000_000;

/**
 * Turns records of a file of events, fed in pieces of any size, into drafts and refused rows; the
 * first is the header. A sample is examined first, then every row is read accordingly, in constant
 * memory. Throws a `FileFault` for an unreadable file, possibly at its last row: keep nothing until
 * `finish` has returned.
 */
export function createRecordImporter(choices: ImportChoices, setting: ImportSetting) {
  let header = null as Header | null;
  let table = null as ReturnType<typeof settle> | null;
  /** Buffer until the headings are found; then the sample's rows. */
  let held: TableRow[] = [];
  let characters = 0;
  const begin = (): ReadRows => {
    const [top, ...rows] = held.slice(headerAt(held, choices.map));
    if (top === undefined) throw new FileFault("the file is empty");
    header = readHeader(top);
    held = [];
    return read(rows);
  };
  const settle = (found: Header) => {
    const settled = settleReading(judgeValues(found, held), held, choices, setting);
    return { settled, rows: createRowsReader(settled.how, setting) };
  };
  const readSample = (found: Header): ReadRows => {
    table = settle(found);
    return table.rows.read(held.splice(0));
  };
  const isFull = (row: TableRow): boolean => {
    held.push(row);
    for (const cell of row.cells) characters += cell.length;
    return held.length >= sampleRows || characters >= sampleCharacters;
  };
  const read = (rows: readonly TableRow[]): ReadRows => {
    if (header === null) {
      held.push(...rows);
      return held.length < headerWithin ? noRows : begin();
    }
    if (table !== null) {
      for (const row of rows) table.settled.orders.look(row);
      return table.rows.read(rows);
    }
    // The sample ends at the same row whatever the piece boundaries.
    const end = rows.findIndex(isFull);
    if (end === -1) return noRows;
    return joined(readSample(header), read(rows.slice(end + 1)));
  };
  return {
    push: read,
    finish: (): ReadRows => {
      const first = header === null ? begin() : noRows;
      const found = header as Header;
      if (table === null && held.length === 0) {
        // Faults of the header come first.
        refuseContradiction(findReading(found, choices), choices);
        throw new FileFault("the file has a header and no rows below it", { line: found.line });
      }
      const last = table === null ? readSample(found) : noRows;
      if (choices.dates === null && table) refuseUnsettledDates(table.settled);
      return joined(first, last);
    },
    /** Complete after `finish`. */
    outline: (): ImportOutline => {
      if (table === null) throw new TypeError("The outline is known after the first rows");
      return table.rows.complete(outlineOf(table.settled));
    },
    /** As in the file; empty before the first record. */
    headings: (): readonly string[] => header?.names ?? [],
    placeCounts: (): PlaceCounts => table?.rows.placeCounts() ?? { placed: {}, refused: {} },
    monthCounts: () => table?.rows.monthCounts() ?? [],
  };
}
