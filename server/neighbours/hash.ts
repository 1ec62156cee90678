import { createHash } from "node:crypto";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Quarter } from "#core/neighbours/quarter.ts";
import { compareText } from "#core/text/text-order.ts";

/** Twelve figures of a SHA-256: enough to find a slip and short enough for a cell of a table. */
function shortHash(words: readonly string[]): string {
  return createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 12);
}

/** Of a zone and quarters as they were agreed: it stands in each row of the file that is filled in. */
export function zoneHashOf(agreed: {
  readonly neighbour: string;
  readonly cells: readonly H3Cell[];
  readonly firstQuarter: Quarter;
  readonly lastQuarter: Quarter;
}): string {
  const { neighbour, cells, firstQuarter, lastQuarter } = agreed;
  return shortHash([neighbour, firstQuarter, lastQuarter, ...cells.toSorted(compareText)]);
}

/** Of what a figure counts: cells, and the public areas of which complaints are left out. */
export function hashOfCounted(cells: readonly H3Cell[], leftOut: readonly string[]): string {
  return shortHash([...cells.toSorted(compareText), ...leftOut.toSorted(compareText)]);
}
