import type { PlaceFinder } from "#core/gazetteer/find-place.ts";
import type { DateOrder } from "#core/import/clock.ts";
import { columnNotes } from "#core/import/column-notes.ts";
import {
  type BlockedColumn,
  blockedColumns,
  blockedReasons,
  type Header,
  nameOfColumn,
} from "#core/import/columns.ts";
import { createDateOrderFinder, type DateOrderFinder } from "#core/import/date-order.ts";
import { findReading, type Reading, type ReadingChoices } from "#core/import/detect.ts";
import { FileFault } from "#core/import/file-fault.ts";
import { type ColumnGuess, scoreColumns } from "#core/import/guess.ts";
import { judgeValues } from "#core/import/judge-values.ts";
import type { MidnightReading, MidnightSpike } from "#core/import/midnight.ts";
import type { Region } from "#core/import/place.ts";
import { createPlaceTally, type PlaceCounts, placeNotes } from "#core/import/place-tally.ts";
import type { ProfileName } from "#core/import/profile.ts";
import { type EventDraft, type RowFault, type RowReading, readRow } from "#core/import/read-row.ts";
import { createRowNotes, type RowNotes, type ShownUntil } from "#core/import/row-notes.ts";
import type { TableRow } from "#core/import/row-reader.ts";
import { isRowNumber, settleStartColumn, settleTypeColumn } from "#core/import/settle.ts";
import type { UnknownWord } from "#core/import/unknown-words.ts";
import type { WordChoices } from "#core/import/word-choices.ts";
import { createWordsMemory } from "#core/import/words.ts";
import type { EventKind, EventSource } from "#core/model/event.ts";
import type { Zone } from "#core/time/zone.ts";

export interface ImportChoices extends ReadingChoices {
  readonly kind: EventKind | null;
  readonly source: EventSource | null;
  /** Null to find the order of day and month from the whole column. */
  readonly dates: DateOrder | null;
  readonly words: WordChoices;
  readonly midnight: MidnightReading;
}

export interface ImportSetting {
  readonly zone: Zone;
  readonly region: Region;
  /** Epoch milliseconds; nothing can have happened later. */
  readonly latest: number;
  readonly shown: ShownUntil;
  /** By which streets and postcodes are found; needed only where a column of them is mapped. */
  readonly places?: PlaceFinder;
  /** The file comes from the page, which writes cells in place of words (core/gazetteer/place-step.ts). */
  readonly hasCells?: boolean;
}

/** What one piece of the file brought. */
export interface ReadRows {
  readonly drafts: readonly EventDraft[];
  readonly faults: readonly RowFault[];
}
export const noRows: ReadRows = { drafts: [], faults: [] };

/** How the file is read. */
export interface ImportOutline {
  readonly profile: ProfileName;
  /** Role to column header. */
  readonly mapping: Readonly<Record<string, string>>;
  /** How sure each role is of its column. */
  readonly guesses: readonly ColumnGuess[];
  readonly blockedColumns: readonly string[];
  /** The same, each with why it was left out. */
  readonly blocked: readonly BlockedColumn[];
  readonly notes: readonly string[];
  readonly unknownWords: readonly UnknownWord[];
  readonly midnightSpike: MidnightSpike | null;
}

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
    rowNotes = createRowNotes(settled.how, setting.shown);
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

/** What the rows told on the way. */
export function withRowNotes(
  outline: ImportOutline,
  rowNotes: RowNotes | null,
  where = "",
): ImportOutline {
  if (rowNotes === null) return outline;
  return {
    ...outline,
    notes: [...outline.notes, ...rowNotes.notes().map((note) => where + note)],
    unknownWords: rowNotes.unknownWords(),
    midnightSpike: rowNotes.midnightSpike(),
  };
}

export interface SettledReading {
  readonly how: RowReading;
  readonly orders: DateOrderFinder;
  readonly guesses: readonly ColumnGuess[];
}

interface ToSettle {
  readonly header: Header;
  readonly sample: readonly TableRow[];
  readonly choices: ImportChoices;
  readonly setting: ImportSetting;
}

/** What the headings say, corrected by what the first rows hold. */
export function settleReading({ header, sample, choices, setting }: ToSettle): SettledReading {
  const evidence = { sample, region: setting.region };
  const guess = findReading(header, choices, evidence);
  refuseContradiction(guess, choices);
  const isGiven = Object.keys(choices.map).some((role) => role === "kind" || role === "type");
  const reading = settleTypeColumn(settleStartColumn(guess, sample), sample, isGiven);
  refuseUnknownKind(reading, choices);
  refuseStrayPlaces(reading, setting);
  const orders = createDateOrderFinder(reading);
  for (const row of sample) orders.look(row);
  const how: RowReading = {
    header,
    reading,
    ...setting,
    places: setting.places ?? null,
    dateOrder: choices.dates ?? orders.found() ?? "day-first",
    kind: choices.kind,
    source: choices.source,
    words: choices.words,
    midnight: choices.midnight,
    wordsOf: createWordsMemory(),
    referenceIsId: !isRowNumber(sample, reading.columns.get("reference") ?? -1),
  };
  const guesses = scoreColumns(header, reading.columns, reading, evidence);
  return { how, orders, guesses };
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

function refuseContradiction({ profile }: Reading, choices: ImportChoices): void {
  if (profile.kind && choices.kind && choices.kind !== profile.kind) {
    throw new FileFault(`a file of ${profile.label} holds events of the kind ${profile.kind}`, {
      remedy: {
        command: `leave --kind ${choices.kind} out`,
        page: 'leave "Kind of event" as the file says',
      },
    });
  }
  const kind = profile.kind ?? choices.kind;
  const isPolice = kind === "arrest" || kind === "stop_search";
  if (isPolice && choices.source && choices.source !== "police") {
    throw new FileFault(`events of the kind ${kind} are always police`, {
      remedy: { command: "leave --source out", page: 'leave "Reported by" as the file says' },
    });
  }
}

function refuseUnknownKind({ profile, columns }: Reading, choices: ImportChoices): void {
  if (profile.kind || choices.kind || columns.has("kind")) return;
  throw new FileFault(`a file of ${profile.label} does not say what kind its events are`, {
    remedy: {
      command: "give --kind sighting, complaint, arrest or stop_search",
      page: 'choose the "Kind of event"',
    },
  });
}

/** Words need a gazetteer, and cells come from the page alone: nobody else knows how they were found. */
function refuseStrayPlaces({ columns }: Reading, { places, hasCells }: ImportSetting): void {
  if (columns.has("cell") && !hasCells) {
    throw new FileFault(
      "a column of cells is written by the page itself, and read from nowhere else",
    );
  }
  const hasWords = columns.has("street") || columns.has("postcode");
  if (!hasWords || (places?.size ?? 0) > 0) return;
  throw new FileFault(
    "no gazetteer has come in, so there is nothing to find streets and postcodes by",
    {
      remedy: {
        command: "bring one in with boxster import-gazetteer FILE",
        page: 'bring one in below, under "Names of streets and postcodes"',
      },
    },
  );
}

/**
 * Rows were read with one order from the start. When the column turns out to demand the other, or
 * never says, nothing may be kept: a date must not be guessed.
 */
function refuseUnsettledDates({ how, orders }: SettledReading): void {
  const found = orders.found();
  if (found === how.dateOrder) return;
  const cell = orders.ambiguous();
  if (found !== null) {
    const value = cell ? `"${cell.value}" was` : "dates were";
    throw new FileFault(
      `${value} read ${how.dateOrder.replace("-", " ")}, but more dates of the file can only be ${found.replace("-", " ")}`,
      {
        ...(cell ? { line: cell.line, value: cell.value } : {}),
        readDates: found,
        remedy: {
          command: `give --dates ${found}`,
          page: `choose "${found === "day-first" ? "Day first" : "Month first"}" under "Order of dates"`,
        },
      },
    );
  }
  if (!cell) return;
  const column = how.header.names[how.reading.columns.get(cell.role) ?? -1] ?? cell.role;
  throw new FileFault(
    `"${cell.value}" in "${column}" can be read day first or month first, and no date of the file settles it`,
    {
      line: cell.line,
      column,
      value: cell.value,
      remedy: {
        command: "say which with --dates day-first or --dates month-first",
        page: 'choose it under "Order of dates"',
      },
    },
  );
}

export function outlineOf(
  { how, orders, guesses }: SettledReading,
  isDateOrderKnown = true,
): ImportOutline {
  const { header } = how;
  const { profile, columns } = how.reading;
  const notes: string[] = [];
  if (orders.ambiguous() && isDateOrderKnown)
    notes.push(`Dates were read ${how.dateOrder.replace("-", " ")}.`);
  if (profile.name === "plain" && !columns.has("category")) {
    notes.push("No column says the category: every event is kept as other.");
  }
  if (!how.referenceIsId) {
    notes.push("The reference column only numbers the rows, so it was not used.");
  }
  notes.push(...guessNotes(header, guesses), ...columnNotes(header, how.reading));
  return {
    profile: profile.name,
    mapping: Object.fromEntries([...columns].map(([role, at]) => [role, header.names[at] ?? ""])),
    guesses,
    blockedColumns: blockedColumns(header, columns),
    blocked: blockedReasons(header, columns),
    notes,
    unknownWords: [],
    midnightSpike: null,
  };
}

function guessNotes(header: Header, guesses: readonly ColumnGuess[]): string[] {
  return guesses
    .filter(({ by }) => by === "values")
    .map(
      ({ role, at, fits }) =>
        `"${nameOfColumn(header, at)}" was read as ${role} by what stands in it: ${Math.round(100 * (fits ?? 0))} % of its first values fit.`,
    );
}
