import { readDutyCell, readMode } from "#client/patrols/staffing/duty-cell.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { failure, type Result, success } from "#core/result.ts";
import { parseLocalDate } from "#core/time/zone.ts";

/** One officer's duty as it was pasted. The name is shown on this page and goes no further. */
export interface RosterDuty {
  readonly name: string;
  readonly date: string;
  /** `14:00-22:00` */
  readonly hours: string;
  /** The crew's name in the roster; null where it has none. */
  readonly callsign: string | null;
  readonly mode: PatrolMode | null;
}

export interface RosterFault {
  /** As pasted, from 1. */
  readonly row: number;
  /** From 1. */
  readonly column: number;
  readonly value: string;
  readonly reason: string;
}

export interface ReadRoster {
  readonly duties: readonly RosterDuty[];
  readonly faults: readonly RosterFault[];
  /** Codes such as L or N whose hours are needed. */
  readonly codes: readonly string[];
  /** Cells that say rest or leave. */
  readonly rests: number;
}

/**
 * Reads a roster pasted from a spreadsheet or message, only here: a row per officer with a column
 * per day, or a row per duty with date and hours.
 */
export function readRoster(
  text: string,
  dates: readonly string[],
  codes: ReadonlyMap<string, string>,
): Result<ReadRoster> {
  const rows = rowsOf(text);
  if (rows.length === 0) return failure("Paste the roster: rows from a spreadsheet, or a list.");
  if (rows.length > mostRows) {
    return failure(`There are ${rows.length} rows; paste at most ${mostRows} at a time.`);
  }
  const head = rows.findIndex(({ cells }) => dayColumns(cells, dates).length > 0);
  const listHead = rows.findIndex(({ cells }) => listColumns(cells) !== null);
  if (listHead >= 0 && (head < 0 || listHead <= head)) {
    return success(sortOut(listEntries(rows, listHead, dates), codes));
  }
  if (head >= 0) return success(sortOut(gridEntries(rows, head, dates), codes));
  return failure(
    `No days found. The first row needs a day in each column, such as "Mon ${dates[0]?.slice(8)}", or the columns Name, Date and Hours.`,
  );
}

/** A cell that should say when somebody works, with the text beside it; "" where there is none. */
interface Entry extends Omit<RosterFault, "reason"> {
  readonly name: string;
  /** Null: of another week; undefined: `value` names no day. */
  readonly date: string | null | undefined;
  readonly callsign: string;
  readonly mode: string;
}

function sortOut(entries: readonly Entry[], codes: ReadonlyMap<string, string>): ReadRoster {
  const duties: RosterDuty[] = [];
  const faults: RosterFault[] = [];
  const asked = new Set(codes.keys());
  let rests = 0;
  for (const { name, date, callsign, mode, ...place } of entries) {
    if (date === null) continue;
    if (date === undefined) {
      faults.push({ ...place, reason: "is no day" });
      continue;
    }
    const cell = readDutyCell(place.value, codes);
    if (cell.kind === "rest") rests += 1;
    else if (cell.kind === "code") asked.add(cell.code);
    else if (cell.kind === "unread") faults.push({ ...place, reason: cell.reason });
    else if (cell.kind === "hours") {
      duties.push({
        name: name.trim(),
        date,
        hours: cell.hours,
        callsign: callsign || null,
        mode: cell.mode ?? readMode(mode),
      });
    }
  }
  return { duties, faults, codes: [...asked].sort(), rests };
}

interface RosterRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Tab-separated as from a spreadsheet, else by semicolons, commas or wide gaps. */
function rowsOf(text: string): RosterRow[] {
  const lines = text.split(/\r\n|\r|\n/);
  const delimiter =
    ["\t", ";", ","].find((each) => lines.some((line) => line.includes(each))) ?? / {2,}/;
  return lines
    .map((line, index) => ({
      row: index + 1,
      cells: line.split(delimiter).map((cell) => cell.replace(/^"(.*)"$/, "$1").trim()),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
}

/** Columns headed by a day; other weeks' columns are recognised and left out. */
function dayColumns(cells: readonly string[], dates: readonly string[]) {
  return cells.flatMap((cell, column) => {
    const date = readRosterDate(cell, dates);
    return date === undefined ? [] : [{ column, date }];
  });
}

function gridEntries(
  rows: readonly RosterRow[],
  head: number,
  dates: readonly string[],
): readonly Entry[] {
  const heading = rows[head]?.cells ?? [];
  const columns = dayColumns(heading, dates);
  const crewColumn = heading.findIndex((cell) => crewHeads.test(cell));
  const modeColumn = heading.findIndex((cell) => modeHeads.test(cell));
  const taken = new Set([crewColumn, modeColumn, ...columns.map(({ column }) => column)]);
  return rows.slice(head + 1).flatMap(({ row, cells }) => {
    const name = cells.filter((_, column) => !taken.has(column)).join(" ");
    const [callsign, mode] = [cells[crewColumn] ?? "", cells[modeColumn] ?? ""];
    return columns.map(({ column, date }) => {
      return { row, column: column + 1, value: cells[column] ?? "", name, date, callsign, mode };
    });
  });
}

/** Columns of a list by their headings; null where it is none. */
function listColumns(cells: readonly string[]) {
  const find = (pattern: RegExp) => cells.findIndex((cell) => pattern.test(cell));
  const date = find(/^(date|day)$/i);
  const hours = find(/^(hours|shift|duty|times?)$/i);
  const [start, end] = [find(/^(start|from|on)$/i), find(/^(end|to|until|off)$/i)];
  const isList = date >= 0 && (hours >= 0 || (start >= 0 && end >= 0));
  if (!isList) return null;
  return { date, hours, start, end, crew: find(crewHeads), mode: find(modeHeads) };
}

function listEntries(
  rows: readonly RosterRow[],
  head: number,
  dates: readonly string[],
): readonly Entry[] {
  const heading = rows[head]?.cells ?? [];
  const columns = listColumns(heading);
  if (!columns) return [];
  const names = heading.flatMap((cell, column) => (nameHeads.test(cell) ? [column] : []));
  const isOneColumn = columns.hours >= 0;
  return rows.slice(head + 1).map(({ row, cells }) => {
    const at = (column: number) => cells[column] ?? "";
    const date = readRosterDate(at(columns.date), dates);
    const name = names.map(at).join(" ");
    const beside = { row, name, date, callsign: at(columns.crew), mode: at(columns.mode) };
    if (date === undefined) {
      return { ...beside, column: columns.date + 1, value: at(columns.date) };
    }
    const hours = isOneColumn ? at(columns.hours) : `${at(columns.start)}-${at(columns.end)}`;
    const column = (isOneColumn ? columns.hours : columns.start) + 1;
    return { ...beside, column, value: hours === "-" ? "" : hours };
  });
}

/**
 * The day named by a heading or cell: one of these dates, null for any other date, undefined if it
 * names none. Day before month, as on local rosters.
 */
function readRosterDate(text: string, dates: readonly string[]): Entry["date"] {
  const value = text.trim();
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(value);
  if (iso) return among(dates, Number(iso[3]), Number(iso[2]), Number(iso[1]));
  const numeric = /\b(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?\b/.exec(value);
  if (numeric) return among(dates, Number(numeric[1]), Number(numeric[2]), yearOf(numeric[3]));
  const written = /\b(\d{1,2})(?:st|nd|rd|th)?\s*[- ]?\s*([a-z]{3,9})\b/i.exec(value);
  const month = written ? months.indexOf((written[2] ?? "").slice(0, 3).toLowerCase()) : -1;
  if (written && month >= 0) return among(dates, Number(written[1]), month + 1, null);
  const weekday = weekdayWord.exec(value)?.[1]?.toLowerCase();
  if (weekday === undefined || value.length > 16) return undefined;
  const number = /\b(\d{1,2})\b/.exec(value)?.[1];
  const found = dates.filter(
    (date) =>
      weekdayOf(date) === weekday &&
      (number === undefined || Number(date.slice(8)) === Number(number)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function among(
  dates: readonly string[],
  day: number,
  month: number,
  year: number | null,
): Entry["date"] {
  if (day < 1 || day > 31 || month < 1 || month > 12) return undefined;
  const end = `-${[month, day].map((part) => String(part).padStart(2, "0")).join("-")}`;
  return (
    dates.find((date) => date.endsWith(end) && (year === null || date.startsWith(String(year)))) ??
    null
  );
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function weekdayOf(date: string): string {
  return weekdays[(new Date(parseLocalDate(date)).getUTCDay() + 6) % 7] ?? "";
}

const mostRows = 400;
const nameHeads = /^(name|officer|pc|collar|shoulder|id|surname|first ?name|rank)/i;
const crewHeads = /^(unit|call ?sign|crew|car)/i;
const modeHeads = /^(mode|how|vehicle|transport)/i;
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const weekdayWord = /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/i;
