import { type H3Cell, sortCells } from "#core/geo/cell.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import type { Session } from "#core/protected-time/session.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

/** Cells that one session closes during [from, to), epoch milliseconds. */
export interface Closure {
  readonly cells: readonly H3Cell[];
  readonly from: number;
  readonly to: number;
}

/**
 * All that is closed during [from, to): every session's cells in one shape, so that partners can
 * be neither told apart nor counted. Stretches follow each other in time and do not overlap.
 */
export type ProtectedStretch = Closure;

/** Merges closures into stretches, clipped to [from, to). */
export function mergeClosures(
  closures: readonly Closure[],
  { from, to }: { readonly from: number; readonly to: number },
): ProtectedStretch[] {
  const inside = closures
    .map((closure) => ({
      cells: closure.cells,
      from: Math.max(closure.from, from),
      to: Math.min(closure.to, to),
    }))
    .filter((closure) => closure.from < closure.to);
  const marks = [...new Set(inside.flatMap((closure) => [closure.from, closure.to]))].sort(
    (a, b) => a - b,
  );
  const stretches: ProtectedStretch[] = [];
  for (let index = 0; index + 1 < marks.length; index += 1) {
    const stretch = { from: marks[index] ?? 0, to: marks[index + 1] ?? 0 };
    const cells = cellsDuring(inside, stretch);
    if (cells.length > 0) append(stretches, { ...stretch, cells });
  }
  return stretches;
}

function cellsDuring(
  closures: readonly Closure[],
  { from, to }: { readonly from: number; readonly to: number },
): H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const closure of closures) {
    if (closure.from <= from && closure.to >= to) for (const cell of closure.cells) cells.add(cell);
  }
  return sortCells(cells);
}

/** Joins equal neighbours: a boundary without change would reveal separate sessions. */
function append(stretches: ProtectedStretch[], next: ProtectedStretch): void {
  const last = stretches.at(-1);
  const isSame =
    last !== undefined &&
    last.to === next.from &&
    last.cells.length === next.cells.length &&
    last.cells.every((cell, index) => cell === next.cells[index]);
  if (last !== undefined && isSame) stretches[stretches.length - 1] = { ...last, to: next.to };
  else stretches.push(next);
}

export interface ProtectedIndex {
  /** Whether any of these cells is closed within [from, to); touching ends do not count. */
  readonly isClosed: (cells: Iterable<H3Cell>, from: number, to: number) => boolean;
  /** The closed intervals of one cell, ascending, not overlapping. */
  readonly intervalsOf: (cell: H3Cell) => readonly (readonly [from: number, to: number])[];
}

export function indexClosures(closures: readonly Closure[]): ProtectedIndex {
  const byCell = new Map<H3Cell, [from: number, to: number][]>();
  for (const { cells, from, to } of [...closures].sort((a, b) => a.from - b.from)) {
    for (const cell of cells) {
      const intervals = byCell.get(cell);
      const last = intervals?.at(-1);
      if (intervals === undefined) byCell.set(cell, [[from, to]]);
      else if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
      else intervals.push([from, to]);
    }
  }
  const intervalsOf = (cell: H3Cell) => byCell.get(cell) ?? [];
  return {
    intervalsOf,
    isClosed: (cells, from, to) => {
      for (const cell of cells) {
        if (intervalsOf(cell).some(([start, end]) => start < to && end > from)) return true;
      }
      return false;
    },
  };
}

export function upcoming(zone: Zone, session: Session, now: number): Occurrence[] {
  return occurrencesBetween(zone, session, { from: now, to: horizonOf(now) });
}

export function horizonOf(now: number): number {
  return now + horizonWeeks * 7 * dayMs;
}
