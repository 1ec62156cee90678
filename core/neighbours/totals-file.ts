import { isQuarter, type Quarter } from "#core/neighbours/quarter.ts";
import { fewerThanTen, readGivenCount } from "#core/neighbours/received-totals.ts";
import type { GivenTotalReply } from "#core/neighbours/wire.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { createRowReader, type TableRow } from "#core/table/row-reader.ts";
import { csvRow, defuse } from "#core/table/write-csv.ts";

export interface AgreedTotals {
  readonly neighbour: string;
  /** Hash of the agreed cells and quarters; in each row. */
  readonly zoneHash: string;
  /** Those that have ended, in order. */
  readonly quarters: readonly Quarter[];
}

export type GivenTotal = Pick<GivenTotalReply, "quarter" | "reports">;

export interface TotalsFault {
  /** Line of the file; in the form, the place in its list. */
  readonly row: number;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

export type ReadTotals =
  | { readonly ok: true; readonly totals: readonly GivenTotal[] }
  | { readonly ok: false; readonly faults: readonly TotalsFault[] };

export const totalsColumns = ["zone", "quarter", "reports", "agreed"] as const;

/** One row to fill in for each ended quarter. */
export function totalsTemplate(
  agreed: AgreedTotals,
  given: ReadonlyMap<Quarter, number | null> = new Map(),
): string {
  const rows = agreed.quarters.map((quarter) => {
    const held = given.get(quarter);
    const reports = held === undefined ? "" : held === null ? fewerThanTen : String(held);
    return [defuse(agreed.neighbour), quarter, reports, agreed.zoneHash];
  });
  return [totalsColumns, ...rows].map((cells) => `${csvRow(cells)}\r\n`).join("");
}

const mostRows = 200;

/** All or nothing: one fault rejects the file. */
export function readTotalsFile(text: string, agreed: AgreedTotals): ReadTotals {
  let rows: readonly TableRow[];
  try {
    rows = recordsOf(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return refused({ row: error.line ?? 1, field: "file", value: "", reason: error.reason });
  }
  const [head, ...body] = rows;
  const headFault = faultOfHead(head);
  if (headFault !== null) return refused(headFault);
  if (body.length === 0) {
    return refused({ row: 2, field: "file", value: "", reason: "The file has no totals." });
  }
  if (body.length > mostRows) {
    const reason = `There are more than ${mostRows} rows. Include one row per agreed quarter.`;
    return refused({ row: body[mostRows]?.line ?? mostRows, field: "file", value: "", reason });
  }
  return readRows(
    body.map(({ line, cells }) => ({ row: line, cells })),
    agreed,
  );
}

export function readTotalsForm(
  typed: readonly { readonly quarter: string; readonly reports: string }[],
  agreed: AgreedTotals,
): ReadTotals {
  const { neighbour, zoneHash } = agreed;
  const rows = typed.map(({ quarter, reports }, at) => ({
    row: at + 1,
    cells: [neighbour, quarter, reports, zoneHash],
  }));
  return readRows(rows, agreed);
}

function readRows(
  rows: readonly { readonly row: number; readonly cells: readonly string[] }[],
  agreed: AgreedTotals,
): ReadTotals {
  const totals: GivenTotal[] = [];
  const faults: TotalsFault[] = [];
  const seen = new Map<Quarter, number>();
  for (const { row, cells } of rows) {
    const found = faultsOfRow(cells, agreed, seen);
    faults.push(...found.map((fault) => ({ row, ...fault })));
    const [, quarter = "", reports = ""] = cells;
    seen.set(quarter, seen.get(quarter) ?? row);
    const count = readGivenCount(reports);
    if (found.length === 0 && count.ok) totals.push({ quarter, reports: count.value });
  }
  return faults.length === 0 ? { ok: true, totals } : { ok: false, faults };
}

type CellFault = Omit<TotalsFault, "row">;

function faultsOfRow(
  cells: readonly string[],
  agreed: AgreedTotals,
  seen: ReadonlyMap<Quarter, number>,
): CellFault[] {
  if (cells.length !== totalsColumns.length) {
    const reason = `This row has ${cells.length} columns, not ${totalsColumns.length}: ${totalsColumns.join(", ")}.`;
    return [{ field: "row", value: "", reason }];
  }
  const [zone = "", quarter = "", reports = "", hash = ""] = cells;
  const count = readGivenCount(reports);
  return [
    ["zone", zone, zoneFault(zone, agreed)] as const,
    ["quarter", quarter, quarterFault(quarter, agreed, seen.get(quarter))] as const,
    ["reports", reports, count.ok ? null : count.reason] as const,
    ["agreed", hash, hash === agreed.zoneHash ? null : otherAgreement] as const,
  ].flatMap(([field, value, reason]) =>
    reason === null ? [] : [{ field, value: shortened(value), reason }],
  );
}

const otherAgreement = "This template is out of date. Download it again and copy the totals over.";

function zoneFault(zone: string, { neighbour }: AgreedTotals): string | null {
  if (zone === defuse(neighbour)) return null;
  return `Totals are agreed for the whole zone “${neighbour}” only, not for another zone, a cell or a part.`;
}

function quarterFault(
  quarter: string,
  { quarters }: AgreedTotals,
  before: number | undefined,
): string | null {
  if (!isQuarter(quarter)) {
    return "Not a quarter. Write it as 2021-Q3. Months and days are not accepted.";
  }
  if (!quarters.includes(quarter)) {
    const span = quarters.length === 0 ? "none yet" : `${quarters[0]} to ${quarters.at(-1)}`;
    return `This quarter is not agreed or has not ended. Quarters you can send: ${span}.`;
  }
  return before === undefined ? null : `This quarter is also in row ${before}. Remove one.`;
}

function faultOfHead(head: TableRow | undefined): TotalsFault | null {
  const expected = `The columns must be ${totalsColumns.join(",")} in this order, separated by commas. Download the template and fill it in.`;
  if (head === undefined) {
    return { row: 1, field: "file", value: "", reason: `The file is empty. ${expected}` };
  }
  const at = totalsColumns.findIndex((name, index) => head.cells[index] !== name);
  const wrong = at >= 0 ? at : head.cells.length > totalsColumns.length ? totalsColumns.length : -1;
  if (wrong < 0) return null;
  const value = shortened(head.cells[wrong] ?? "");
  return { row: head.line, field: totalsColumns[wrong] ?? "heading", value, reason: expected };
}

function recordsOf(text: string): readonly TableRow[] {
  const reader = createRowReader(",");
  return [...reader.push(text), ...reader.finish()];
}

function refused(fault: TotalsFault): ReadTotals {
  return { ok: false, faults: [fault] };
}

function shortened(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
