import { type RowReading, readRow } from "#core/records/read-row.ts";
import type { ColumnMap } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

/** Axes that look swapped, and how to read them the other way round. */
export interface AxesSwap {
  /** "Latitude and longitude look swapped in 20 of 20 rows." */
  readonly sentence: string;
  /** Role to heading. */
  readonly map: Readonly<Record<string, string>>;
}

const axes = [
  ["latitude", "longitude"],
  ["easting", "northing"],
] as const;

/** Null unless most rows are refused as swapped, and are not once they are read the other way round. */
export function findSwap(rows: readonly TableRow[], how: RowReading): AxesSwap | null {
  const { columns } = how.reading;
  const pair = axes.find((both) => both.every((role) => columns.has(role)));
  if (!pair) return null;
  const [first, second] = pair;
  const places: ColumnMap = new Map([
    ...columns,
    [first, columns.get(second) as number],
    [second, columns.get(first) as number],
  ]);
  const other = { ...how, reading: { ...how.reading, columns: places } };
  const placeFault = (row: TableRow, reading: RowReading) => {
    const read = readRow(row, reading);
    return read.ok ? undefined : read.reason.place;
  };
  const isMended = (row: TableRow) =>
    placeFault(row, how) === "swapped" && placeFault(row, other) === undefined;
  const mended = rows.filter(isMended).length;
  if (mended * 2 <= rows.length) return null;
  const headingOf = (role: (typeof pair)[number]) => how.header.names[places.get(role) ?? -1] ?? "";
  return {
    sentence: `${first.charAt(0).toUpperCase()}${first.slice(1)} and ${second} look swapped in ${formatCount(mended)} of ${formatQuantity(rows.length, "row")}.`,
    map: { [first]: headingOf(first), [second]: headingOf(second) },
  };
}

/** For a command line. */
export function swapRemedy({ map }: AxesSwap): string {
  const said = Object.entries(map).map(([role, heading]) => `--map ${role}="${heading}"`);
  return `To swap them: ${said.join(" ")}.`;
}
