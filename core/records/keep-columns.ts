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

/** Which columns of a table go on; all that do not look personal unless a reading says which. */
export interface ColumnPlan {
  readonly header: Header;
  readonly keeps: (at: number) => boolean;
  readonly reference: number | null;
  /** Columns of words that a list knows: some codes of such lists look like vehicle marks. */
  readonly lists: ReadonlySet<number>;
}

/**
 * Only the columns that the reading uses: those with a role, those that tell its profile, and those
 * that tell rows apart. What nobody reads has no business elsewhere.
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

/** What stands in the place of a value that looks personal in a column that is read. */
export const leftOut = "(left out)";

/**
 * Records of a table to lines of the table that the browser sends instead of it (SAFEGUARDS,
 * invariant 8). Each record stays on its line, so that a refused row is named by the line of the
 * file that the person has open. With a step, one column of cells goes on in place of those of words about places.
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
    /** Columns that were dropped; known once the first record is through. */
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
    // Cells beyond the header have no name to judge them by: they stay behind, but for their number.
    if (at >= plan.header.names.length) return [cell.trim() === "" ? "" : "?"];
    return plan.keeps(at) ? [withoutPersonal(cell, at, plan)] : [];
  });
}

function withoutPersonal(cell: string, at: number, { reference, lists }: ColumnPlan): string {
  const kind = certainKind(cell);
  if (kind === null || (kind === "vehicle marks" && lists.has(at))) return cell;
  return at === reference ? "" : leftOut;
}
