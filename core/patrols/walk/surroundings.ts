import { cellAt, cellCentre, disk, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import type { ClosedTime, Interval } from "#core/patrols/ground/closed-time.ts";

/** About 1.5 km: no detour round closed cells goes further. */
const furthestRound = 12;

export interface Surroundings {
  /**
   * Cells around the zone that are closed at any moment of [start, end), ascending: its routes
   * avoid them. The same cells give the same array.
   */
  readonly closedDuring: (start: number, end: number) => readonly H3Cell[];
}

export function createSurroundings(zone: H3Cell, closed: ClosedTime): Surroundings {
  const groups = groupsNear(surroundingCells(zone), closed);
  const lists = new Map<string, readonly H3Cell[]>();
  return {
    closedDuring: (start, end) => {
      const shut = groups.filter(({ times }) =>
        times.some(({ from, to }) => from < end && start < to),
      );
      if (shut.length === 0) return nothing;
      const key = shut.map(({ number }) => number).join();
      const cells = lists.get(key) ?? shut.flatMap((group) => group.cells).sort();
      lists.set(key, cells);
      return cells;
    },
  };
}

export function surroundingCells(zone: H3Cell): ReadonlySet<H3Cell> {
  return new Set(disk(cellAt(cellCentre(zone), eventResolution), furthestRound));
}

const nothing: readonly H3Cell[] = [];

/** Cells closed at the same times throughout: mostly those of one footprint. */
interface Group {
  readonly number: number;
  readonly times: readonly Interval[];
  readonly cells: H3Cell[];
}

function groupsNear(around: ReadonlySet<H3Cell>, closed: ClosedTime): Group[] {
  const groups = new Map<string, Group>();
  for (const cell of closed.cells) {
    if (!around.has(cell)) continue;
    const times = closed.of(cell);
    const key = times.map(({ from, to }) => `${from} ${to}`).join();
    const group = groups.get(key) ?? { number: groups.size, times, cells: [] };
    group.cells.push(cell);
    groups.set(key, group);
  }
  return [...groups.values()];
}
