import { isWithin } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import type { FixSink } from "#core/patrols/positions/fix-reader.ts";
import { findPositionColumns, type PositionColumns } from "#core/patrols/positions/profiles.ts";
import { createInstantReader } from "#core/patrols/positions/read-instant.ts";
import { type PlaceFault, type Region, readDegrees, readGrid } from "#core/places/place.ts";
import { headerWithin } from "#core/records/find-header.ts";
import { type Result, success } from "#core/result.ts";
import type { DateOrder } from "#core/table/clock.ts";
import { type ColumnRole, type Header, nameOfColumn, readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { createZone, type Zone } from "#core/time/zone.ts";

interface TableChoices {
  /** Role to heading, of a saved profile. */
  readonly map: Readonly<Record<string, string>>;
  readonly order: DateOrder;
}

/** Rows of a table to fixes: each row is one, accepted or rejected with what is wrong. */
export function createTableFixReader(sink: FixSink, zone: Zone, choices: TableChoices) {
  const before: TableRow[] = [];
  let take: ((row: TableRow) => void) | null = null;
  const start = (row: TableRow) => {
    const header = readHeader(row);
    const columns = findPositionColumns(header, choices.map);
    if (columns === null) {
      before.push(row);
      if (before.length >= headerWithin) throw noColumns(before);
      return;
    }
    take = createRowTaker(sink, zone, header, columns, choices.order);
  };
  return {
    push: (rows: readonly TableRow[]) => {
      for (const row of rows) {
        if (take === null) start(row);
        else take(row);
      }
    },
    finish: () => {
      if (take === null) throw noColumns(before);
    },
  };
}

function noColumns(before: readonly TableRow[]): FileFault {
  const header = readHeader(before[0] ?? { line: 1, cells: [] });
  const shown = header.names.slice(0, 12).map((_, at) => `"${nameOfColumn(header, at)}"`);
  return new FileFault(
    `no line of headings names a time and a place; call the columns time, latitude, longitude and device, or save them as a profile. The first line has ${shown.join(", ")}`,
    { line: header.line },
  );
}

export function createRowTaker(
  sink: FixSink,
  zone: Zone,
  header: Header,
  columns: PositionColumns,
  order: DateOrder = "day-first",
): (row: TableRow) => void {
  const readInstant = createInstantReader(columns.isUtc ? createZone("UTC") : zone, order);
  const own = columns.device === null ? sink.devices.unnamed() : null;
  const reject = (line: number, at: number, role: ColumnRole, text: string, reason: string) =>
    sink.reject(line, nameOfColumn(header, at), { role, text }, reason);
  const rejectPlace = (line: number, [first, second]: readonly string[], fault: PlaceFault) => {
    const [at, text] = fault.at === "second" ? [columns.second, second] : [columns.first, first];
    reject(line, at, columns.isGrid ? "easting" : "latitude", text ?? "", fault.reason);
  };
  const deviceOf = (cells: readonly string[]): number | null => {
    const name = cellAt(cells, columns.device ?? 0);
    return name === "" ? null : sink.devices.of(name);
  };
  return ({ line, cells }) => {
    const date = cellAt(cells, columns.date);
    const whole = columns.time === null ? date : `${date} ${cellAt(cells, columns.time)}`;
    const instant = readInstant(whole);
    if (!instant.ok) {
      const reason = date === "" ? "the row has no time" : instant.reason;
      reject(line, columns.date, "date", date, reason);
      return;
    }
    const device = own ?? deviceOf(cells);
    if (device === null) {
      const reason = "the row names no device; leave the column out if the file is one device";
      reject(line, columns.device ?? 0, "reference", "", reason);
      return;
    }
    const [first, second] = [cellAt(cells, columns.first), cellAt(cells, columns.second)];
    const point = readPoint(first, second, columns.isGrid, sink.region);
    if (point.ok) {
      sink.add(line, device, instant.value, point.value[1], point.value[0]);
      return;
    }
    rejectPlace(line, [first, second], point.reason);
  };
}

function cellAt(cells: readonly string[], at: number): string {
  return (cells[at] ?? "").trim();
}

/** Degrees as most files write them are numbers for JavaScript too, and there are millions of them. */
function readPoint(
  first: string,
  second: string,
  isGrid: boolean,
  region: Region,
): Result<Position, PlaceFault> {
  if (isGrid) return readGrid(first, second, region);
  const [lat, lng] = [Number(first), Number(second)];
  const isRead = second !== "" && isWithin(region, [lng, lat]);
  return isRead ? success([lng, lat]) : readDegrees(first, second, region);
}
