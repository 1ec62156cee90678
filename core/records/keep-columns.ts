import type { Reading } from "#core/records/detect.ts";
import type { PlaceStep } from "#core/records/place-step.ts";
import {
  type BlockedColumn,
  blockedReasons,
  cellColumn,
  type Header,
  readHeader,
} from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { createTableWriter } from "#core/table/write-csv.ts";
import { certainKind } from "#core/text/personal-value.ts";

/** Columns to keep; without a reading, all that do not look personal. */
export interface ColumnPlan {
  readonly header: Header;
  readonly keeps: (at: number) => boolean;
  readonly reference: number | null;
  /** Columns of a known word list: some of its codes look like vehicle marks. */
  readonly lists: ReadonlySet<number>;
}

/**
 * Only the columns that the reading uses: those with a role, those that identify its profile, and
 * those that distinguish rows. Anything else stays on the device.
 */
export function planByReading(header: Header, { profile, columns }: Reading): ColumnPlan {
  const wanted = new Set([
    ...profile.signature.flat(),
    ...(profile.sourceId ?? []),
    ...profile.detail,
  ]);
  const mapped = new Set(columns.values());
  return {
    header,
    reference: columns.get("reference") ?? null,
    lists: new Set(listRoles.flatMap((role) => columns.get(role) ?? [])),
    keeps: (at) =>
      !header.personal.has(at) && (mapped.has(at) || wanted.has(header.words[at] ?? "")),
  };
}

function planByHeader(header: Header): ColumnPlan {
  return { header, keeps: (at) => !header.personal.has(at), reference: null, lists: new Set() };
}

const listRoles = ["kind", "category", "type", "source"] as const;

/** Replaces a value that looks personal in a column that is read. */
export const leftOut = "(left out)";

/**
 * Turns records of a table into the lines that the browser sends instead (SAFEGUARDS, invariant 8).
 * Each record keeps its line, so that a refused row is named by the line of the file that the
 * person has open. With a step, one column of cells replaces those with words about places.
 */
export function createRowKeeper(
  given: ColumnPlan | null = null,
  firstLine: 0 | 1 = 1,
  step: PlaceStep | null = null,
) {
  let plan = given;
  let isHeader = true;
  const table = createTableWriter(firstLine);
  return {
    write: (row: TableRow): string => {
      plan ??= planByHeader(readHeader(row));
      const kept = isHeader ? keptNames(row.cells, plan, step) : keptCells(row.cells, plan, step);
      isHeader = false;
      return table.write({ line: row.line, cells: kept });
    },
    /** Dropped columns; known after the first record. */
    blocked: (): readonly BlockedColumn[] => (plan === null ? [] : blockedReasons(plan.header)),
  };
}

function keptNames(names: readonly string[], plan: ColumnPlan, step: PlaceStep | null): string[] {
  return names.flatMap((name, at) => {
    if (step?.isWord(at)) return at === step.at ? [cellColumn] : [];
    return plan.keeps(at) ? [name] : [];
  });
}

function keptCells(cells: readonly string[], plan: ColumnPlan, step: PlaceStep | null): string[] {
  return cells.flatMap((cell, at) => {
    if (step?.isWord(at)) return at === step.at ? [step.textOf(cells)] : [];
    // Cells beyond the header have no name to judge by: only their number is sent.
    if (at >= plan.header.names.length) return [cell.trim() === "" ? "" : "?"];
    return plan.keeps(at) ? [withoutPersonal(cell, at, plan)] : [];
  });
}

function withoutPersonal(cell: string, at: number, { reference, lists }: ColumnPlan): string {
  const kind = certainKind(cell);
  if (kind === null || (kind === "vehicle marks" && lists.has(at))) return cell;
  return at === reference ? "" : leftOut;
}
