import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import { type H3Cell, sortCells } from "#core/geo/cell.ts";

/** The cells that are closed at some moment of [from, to). */
export function cellsClosed(
  keepClear: KeepClear,
  during: { readonly from: number; readonly to: number },
): readonly H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const stretch of keepClear.stretches) {
    if (stretch.from >= during.to || stretch.to <= during.from) continue;
    for (const cell of stretch.cells) cells.add(cell);
  }
  return sortCells(cells);
}
