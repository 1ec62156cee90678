import { isWithin } from "#core/geo/bounds.ts";
import { cellAt, eventResolution, type H3Cell, isCell, resolutionOf } from "#core/geo/cell.ts";
import { createInstantReader, type InstantReader } from "#core/patrols/positions/read-instant.ts";
import type { Region } from "#core/places/place.ts";
import { failure, type Result, success } from "#core/result.ts";
import { createRowReader } from "#core/table/row-reader.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

export interface LoggedVisit {
  readonly cell: H3Cell;
  readonly start: number;
  readonly end: number;
  readonly units: number;
}

export interface VisitFault {
  /** As a spreadsheet counts, the headings being row 1. */
  readonly row: number;
  readonly reason: string;
}

export interface ReadVisits {
  readonly visits: readonly LoggedVisit[];
  readonly faults: readonly VisitFault[];
}

const layouts = [
  ["cell", "from", "to", "units"],
  ["latitude", "longitude", "from", "to", "units"],
] as const;

export const visitHeadings = layouts.map((layout) => layout.join(",")).join(" or ");

const longestHours = 12;
const mostUnits = 12;
const mostRows = 200_000;

/**
 * Logged visits from a comma-separated table: `cell` (H3 resolution 10) or `latitude` and `longitude`, `from` and `to`
 * as wall-clock times or with an offset, and `units`. Any other column is refused: a log of patrols names no officer.
 */
export function readVisits(text: string, zone: Zone, region: Region): Result<ReadVisits> {
  const reader = createRowReader(",");
  const [head, ...rows] = [...reader.push(text), ...reader.finish()];
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const layout = layouts.find((each) => each.join() === names.join());
  if (!layout) {
    return failure(
      `The first row must be ${visitHeadings}; it is "${names.join(",").slice(0, 80)}".`,
    );
  }
  if (rows.length > mostRows) {
    return failure(`There are ${rows.length} rows. Import at most ${mostRows} at a time.`);
  }
  const instantOf = createInstantReader(zone);
  /** To the minute: a list with seconds and one without are the same visits. */
  const minuteOf: InstantReader = (text) => {
    const read = instantOf(text);
    return read.ok
      ? success(read.value - (read.value % minuteMs))
      : failure(`"${text.slice(0, 30)}" is not a time; write it as 2021-11-05T14:30`);
  };
  const visits: LoggedVisit[] = [];
  const faults: VisitFault[] = [];
  rows.forEach(({ cells }, index) => {
    if (cells.every((cell) => cell.trim() === "")) return;
    const visit = readRow(layout, cells, { minuteOf, region });
    if (visit.ok) visits.push(visit.value);
    else faults.push({ row: index + 2, reason: visit.reason });
  });
  return success({ visits, faults });
}

function readRow(
  layout: readonly string[],
  cells: readonly string[],
  { minuteOf, region }: { readonly minuteOf: InstantReader; readonly region: Region },
): Result<LoggedVisit> {
  if (cells.length !== layout.length) {
    return failure(`it has ${cells.length} columns, not ${layout.length}`);
  }
  const valueIn = (name: string) => cells[layout.indexOf(name)]?.trim() ?? "";
  const cell = layout.includes("cell")
    ? readCell(valueIn("cell"))
    : readPoint(valueIn("latitude"), valueIn("longitude"), region);
  if (!cell.ok) return cell;
  const start = minuteOf(valueIn("from"));
  if (!start.ok) return start;
  const end = minuteOf(valueIn("to"));
  if (!end.ok) return end;
  if (end.value <= start.value) return failure("it ends at or before it starts");
  if (end.value - start.value > longestHours * hourMs) {
    return failure(`it lasts longer than ${longestHours} hours`);
  }
  const units = Number(valueIn("units") || "1");
  if (!Number.isInteger(units) || units < 1 || units > mostUnits) {
    return failure(`units is a whole number from 1 to ${mostUnits}, not "${valueIn("units")}"`);
  }
  return success({ cell: cell.value, start: start.value, end: end.value, units });
}

function readCell(text: string): Result<H3Cell> {
  if (isCell(text) && resolutionOf(text) === eventResolution) return success(text);
  return failure(`"${text.slice(0, 20)}" is not an H3 cell of resolution ${eventResolution}`);
}

function readPoint(latitude: string, longitude: string, region: Region): Result<H3Cell> {
  const [lat = Number.NaN, lng = Number.NaN] = [latitude, longitude].map((text) =>
    text === "" ? Number.NaN : Number(text),
  );
  if (!isWithin(region, [lng, lat])) {
    return failure(
      `latitude ${latitude} and longitude ${longitude} are outside the area of ${region.name}`,
    );
  }
  return success(cellAt([lng, lat], eventResolution));
}
