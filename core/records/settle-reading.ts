import { cellFinder } from "#core/geo/cell-finder.ts";
import {
  createDateOrderFinder,
  type DateOrderFinder,
  mixedWords,
} from "#core/records/date-order.ts";
import { findReading, hasPoint, type Reading } from "#core/records/detect.ts";
import { isMoment, refuseRivalTimes } from "#core/records/find-times.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { kinds } from "#core/records/kinds.ts";
import type { RowReading } from "#core/records/read-row.ts";
import { findIdentityColumns, whatReferenceIs } from "#core/records/row-identity.ts";
import { fitsAt, lookedAtRows, settleByValues } from "#core/records/settle-by-values.ts";
import { createTypeReader } from "#core/records/type-reader.ts";
import { categoryOf, kindOf } from "#core/records/words.ts";
import { dateOrderOf, parseMoment, parseTime } from "#core/table/clock.ts";
import type { ColumnRole, Header } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { createWordsMemory } from "#core/text/normalise.ts";

export interface SettledReading {
  readonly how: RowReading;
  readonly orders: DateOrderFinder;
}

export function settleReading(
  header: Header,
  sample: readonly TableRow[],
  choices: ImportChoices,
  setting: ImportSetting,
): SettledReading {
  const hasPlaces = (setting.places?.size ?? 0) > 0;
  const found = findReading(header, choices, {
    hasPlaces,
    isOfDates: (at) => fitsAt(sample, at, isMoment),
  });
  refuseContradiction(found, choices);
  const guess = settleByValues(found, header, sample, setting.region);
  const isGiven = Object.hasOwn(choices.map, "kind");
  const reading = settleTypeColumn(settleStartColumn(guess, sample), sample, isGiven);
  refuseRowAsHeadings(header, reading);
  refuseRivalTimes(header, reading, sample.slice(0, lookedAtRows));
  refuseUnknownKind(reading, choices);
  refuseStrayPlaces(reading, setting);
  const orders = createDateOrderFinder(reading);
  for (const row of sample) orders.look(row);
  const how: RowReading = {
    header,
    reading,
    ...setting,
    places: hasPlaces && setting.places ? setting.places : null,
    dateOrder: choices.dates ?? orders.found() ?? "day-first",
    kind: choices.kind,
    source: choices.source,
    words: choices.words,
    midnight: choices.midnight,
    cellOf: cellFinder(),
    wordsOf: createWordsMemory(),
    typeOf: createTypeReader(reading, header),
    referenceIs: whatReferenceIs(sample, reading.columns),
    identityColumns: findIdentityColumns(header, reading),
  };
  return { how, orders };
}

export function refuseContradiction({ profile }: Reading, choices: ImportChoices): void {
  if (profile.kind && choices.kind && choices.kind !== profile.kind) {
    throw new FileFault(`a file of ${profile.label} holds events of the kind ${profile.kind}`, {
      remedy: {
        command: `leave --kind ${choices.kind} out`,
        page: 'leave "Kind of event" as the file says',
      },
    });
  }
  const kind = profile.kind ?? choices.kind;
  const isPolice = kind !== null && kinds[kind].by === "police";
  if (isPolice && choices.source && choices.source !== "police") {
    throw new FileFault(`events of the kind ${kind} are always police`, {
      remedy: { command: "leave --source out", page: 'leave "Reported by" as the file says' },
    });
  }
}

function refuseUnknownKind({ profile, columns }: Reading, choices: ImportChoices): void {
  if (profile.kind || choices.kind || columns.has("kind")) return;
  throw new FileFault(
    `${profile.name === "plain" ? "this table" : `a file of ${profile.label}`} does not say what kind its events are`,
    {
      remedy: {
        command: "give --kind sighting, complaint, arrest or stop_search",
        page: 'choose the "Kind of event"',
      },
    },
  );
}

/** A file without headings would silently lose its first row. */
function refuseRowAsHeadings({ names, line }: Header, { columns }: Reading): void {
  const isRow = [...columns].some(([role, at]) => isValueOf(role, names[at] ?? ""));
  if (!isRow) return;
  throw new FileFault(
    "this looks like a row and not like headings, and it would be lost; put a line of headings on top of the table",
    { line },
  );
}

function isValueOf(role: ColumnRole, heading: string): boolean {
  if (placeRoles.has(role)) return /^[+-]?\d+(?:[.,]\d+)?$/.test(heading);
  if (!dateRoles.has(role)) return false;
  const moment = parseMoment(
    heading,
    dateOrderOf(heading) === "month-first" ? "month-first" : "day-first",
  );
  return moment.ok && moment.value.day !== null;
}

const placeRoles = new Set<ColumnRole>(["latitude", "longitude", "easting", "northing"]);
const dateRoles = new Set<ColumnRole>(["date", "start", "end"]);

/** Words need a gazetteer; cells must come from the page, which knows how they were found. */
function refuseStrayPlaces({ columns }: Reading, { places, hasCells }: ImportSetting): void {
  if (columns.has("cell") && !hasCells) {
    throw new FileFault(
      "a column of cells is written by the page itself, and read from nowhere else",
    );
  }
  const hasWords = columns.has("street") || columns.has("postcode");
  if (!hasWords || hasPoint(columns) || (places?.size ?? 0) > 0) return;
  throw new FileFault("there is no list of streets or postcodes yet", {
    remedy: {
      command: "add one with boxster import-gazetteer FILE",
      page: 'add one under "Boundaries and places", "Street and postcode names"',
    },
  });
}

/**
 * Rows were read in one date order from the start. If the column turns out to need the other, or
 * never decides, nothing may be kept: a date must not be guessed.
 */
export function refuseUnsettledDates({ how, orders }: SettledReading): void {
  refuseMixedDates(orders);
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
    { line: cell.line, column, value: cell.value, remedy: sayOrder },
  );
}

const sayOrder = {
  command: "choose with --dates day-first or --dates month-first",
  page: 'choose it under "Order of dates"',
};

/** In a column with both orders, ambiguous rows cannot be decided. */
function refuseMixedDates(orders: DateOrderFinder): void {
  const mixed = orders.mixed();
  const cell = orders.ambiguous();
  if (mixed === null || cell === null) return;
  throw new FileFault(
    `${mixedWords(mixed)}, so nobody can tell what "${cell.value}" is; export the dates in one way, or leave the rows of the other order refused`,
    { line: cell.line, value: cell.value, remedy: sayOrder },
  );
}

/**
 * A guessed `type` column whose words are categories ("litter"), not kinds ("complaint"), is the
 * category column; one with neither stays, and its rows state the fault.
 */
function settleTypeColumn(
  reading: Reading,
  sample: readonly TableRow[],
  isGiven: boolean,
): Reading {
  const at = reading.columns.get("kind");
  if (at === undefined || isGiven || reading.columns.has("category")) return reading;
  const words = wordsAt(sample, at);
  const kinds = words.filter((word) => kindOf(word) !== undefined).length;
  const categories = words.filter((word) => categoryOf(word) !== undefined).length;
  if (kinds > 0 || categories === 0) return reading;
  const columns = new Map(reading.columns);
  columns.delete("kind");
  columns.set("category", at);
  return { ...reading, columns };
}

const wordsAt = (sample: readonly TableRow[], at: number) =>
  sample.flatMap(({ cells }) => cells[at]?.trim() || []);

/**
 * Beside a date column, `start` and `end` may hold times of day; otherwise they are complete and
 * the date column is dropped, unless a person named it.
 */
function settleStartColumn(reading: Reading, sample: readonly TableRow[]): Reading {
  const at = reading.columns.get("start");
  if (at === undefined || !reading.columns.has("date")) return reading;
  const columns = new Map(reading.columns);
  const words = wordsAt(sample, at);
  const times = words.filter((word) => parseTime(word).ok).length;
  if (times * 2 <= words.length) {
    const { said } = reading;
    const isDateMeant = said.has("date") && !said.has("start");
    const unused = isDateMeant ? (["start", "end"] as const) : (["date"] as const);
    for (const role of unused) if (!isDateMeant || !said.has(role)) columns.delete(role);
    return { ...reading, columns };
  }
  const end = columns.get("end");
  columns.delete("start");
  columns.delete("end");
  columns.set("start_time", at);
  if (end !== undefined) columns.set("end_time", end);
  return { ...reading, columns };
}
