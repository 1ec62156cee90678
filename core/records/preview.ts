import type { DateCell, MixedOrders } from "#core/records/date-order.ts";
import { headerAt } from "#core/records/find-header.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { createRowsReader } from "#core/records/import-reader.ts";
import { judgeValues } from "#core/records/judge-values.ts";
import { type ImportOutline, outlineOf } from "#core/records/outline.ts";
import {
  type EventDraft,
  type RowFault,
  type RowReading,
  readRow,
} from "#core/records/read-row.ts";
import { settleReading } from "#core/records/settle-reading.ts";
import { failure, type Result, success } from "#core/result.ts";
import type { DateOrder } from "#core/table/clock.ts";
import { type ColumnRole, type Header, readHeader } from "#core/table/columns.ts";
import { findDelimiter } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { createRowReader, type TableRow, tableLimits } from "#core/table/row-reader.ts";
import { headerNumber, type RowUnit } from "#core/table/row-unit.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface PreviewRow {
  /** The row's mapped cells as in the file; no other column. */
  readonly written: readonly { readonly role: ColumnRole; readonly text: string }[];
  readonly read: Result<EventDraft, RowFault>;
  /** The row with day and month swapped, while that is open and differs. */
  readonly other: EventDraft | null;
}

export interface ImportPreview {
  readonly outline: ImportOutline;
  /** The first rows, each as read, or why not. */
  readonly rows: readonly PreviewRow[];
  /** A date valid in both orders, while the order is open. */
  readonly openDate: DateCell | null;
  /** Why it is open, where the file writes dates in both orders. */
  readonly mixed: MixedOrders | null;
  readonly swap: AxesSwap | null;
}

/**
 * Reading of a file's beginning, before anything is sent. The last record of `head` may be cut off
 * and is left out, unless `isWhole` marks the end.
 */
export function previewImport(
  head: string,
  isWhole: boolean,
  choices: ImportChoices,
  setting: ImportSetting,
  count = 20,
  unit: RowUnit = "line",
): Result<ImportPreview, FileFault> {
  try {
    const { header, sample } = readHeadTable(head, isWhole, unit, choices.map);
    const settled = settleReading(header, sample, choices, setting);
    const { how, orders } = settled;
    const isOpen = choices.dates === null && (orders.found() === null || orders.mixed() !== null);
    const openDate = isOpen ? orders.ambiguous() : null;
    const reader = createRowsReader(how, setting);
    reader.read(sample);
    const where = isWhole ? "" : `In the first ${formatCount(sample.length)} rows: `;
    return success({
      outline: reader.complete(outlineOf(settled, openDate === null), where),
      rows: sample.slice(0, count).map((row) => previewRow(row, how, openDate !== null)),
      openDate,
      mixed: openDate === null ? null : orders.mixed(),
      swap: findSwap(how, reader.placeCounts().refused.swapped ?? 0, sample.length),
    });
  } catch (error) {
    if (error instanceof FileFault) return failure(error.in(unit));
    throw error;
  }
}

interface AxesSwap {
  /** "Latitude and longitude look swapped in 20 of 20 rows." */
  readonly sentence: string;
  /** Role to heading. */
  readonly map: Readonly<Record<string, string>>;
}

const axes = [
  { first: "latitude", second: "longitude", both: "Latitude and longitude" },
  { first: "easting", second: "northing", both: "Easting and northing" },
] as const;

/** How to exchange the axes, where most rows are refused as swapped. */
function findSwap({ reading, header }: RowReading, swapped: number, all: number): AxesSwap | null {
  const { columns } = reading;
  const pair = axes.find(({ first, second }) => columns.has(first) && columns.has(second));
  if (!pair || swapped * 2 <= all) return null;
  const { first, second, both } = pair;
  const heading = (role: ColumnRole) => header.names[columns.get(role) ?? -1] ?? "";
  return {
    sentence: `${both} look swapped in ${formatCount(swapped)} of ${formatQuantity(all, "row")}.`,
    map: { [first]: heading(second), [second]: heading(first) },
  };
}

function previewRow(row: TableRow, how: RowReading, isOpen: boolean): PreviewRow {
  const read = readRow(row, how);
  const written = [...how.reading.columns].map(([role, at]) => ({
    role,
    text: row.cells[at]?.trim() ?? "",
  }));
  if (!isOpen || !read.ok) return { written, read, other: null };
  const order: DateOrder = how.dateOrder === "day-first" ? "month-first" : "day-first";
  const other = readRow(row, { ...how, dateOrder: order });
  const differs =
    other.ok &&
    (other.value.startsAt !== read.value.startsAt || other.value.endsAt !== read.value.endsAt);
  return { written, read, other: differs ? other.value : null };
}

/** As many as the full reader judges by. */
const judgedRows = 1_000;

/** Headings and first rows of a file, judged by their values too. */
export function readHeadTable(
  head: string,
  isWhole: boolean,
  unit: RowUnit,
  map: Readonly<Record<string, string>> = {},
): { header: Header; sample: TableRow[] } {
  const reader = createRowReader(findDelimiter(head), tableLimits, headerNumber(unit));
  const records = reader.push(head);
  if (isWhole) records.push(...reader.finish());
  const at = headerAt(records, map);
  const [first, ...sample] = records.slice(at);
  if (first === undefined) {
    throw new FileFault(
      isWhole ? "the file is empty" : "there is no whole record at the beginning of this file",
    );
  }
  const header = judgeValues(readHeader(first), sample.slice(0, judgedRows));
  if (sample.length > 0) return { header, sample };
  throw new FileFault(
    isWhole
      ? "the file has a header and no rows below it"
      : "there is no whole row at the beginning of this file",
    { line: header.line },
  );
}
