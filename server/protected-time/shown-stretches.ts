import type { ProtectedStretch } from "#core/protected-time/protected.ts";
import { addDays } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  loadKnown,
  type Question,
  stretchesOf,
} from "#server/protected-time/protected-stretches.ts";

/**
 * Protected time as police are shown it, each day asked by itself: a calendar that is fresh for the days
 * up to the ninth is only assumed, and so widened, on the tenth; that must not widen the ninth as well.
 */
export async function shownStretches(
  tx: Transaction,
  { from, to, ...question }: Question & { readonly seen: Set<string> },
): Promise<ProtectedStretch[]> {
  const { zone } = question;
  const known = await loadKnown(tx, { ...question, from, to });
  const shown: ProtectedStretch[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, zone.startOfDate(addDays(zone.dateOf(start), 1)));
    for (const next of stretchesOf(known, { ...question, from: start, to: end })) {
      const before = shown.findIndex((one) => one.to === next.from && sameCells(one, next));
      const earlier = shown[before];
      if (next.from === start && earlier) shown[before] = { ...earlier, to: next.to };
      else shown.push(next);
    }
    start = end;
  }
  return shown;
}

/** Cells come sorted. */
function sameCells(a: ProtectedStretch, b: ProtectedStretch): boolean {
  return a.cells.length === b.cells.length && a.cells.every((cell, at) => cell === b.cells[at]);
}
