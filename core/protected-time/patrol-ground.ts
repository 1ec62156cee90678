import { cellCentre, disk, type H3Cell, metresBetween, type Position } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";

/** Where this team may patrol; a place that touches none of it cannot be protected. */
export interface PatrolGround {
  /** "North and South" */
  readonly name: string;
  readonly touches: (cells: readonly H3Cell[]) => boolean;
  /** So far off that it must be a slip or swapped coordinates; true for invalid places too. */
  readonly isFar: (at: Position) => boolean;
}

/** From the centre of the command. */
const farM = 40_000;

/** Stops are cells of the command; the path between two of them may leave it by this much. */
const besideRings = 2;

export function patrolGroundOf({ name, cells, offsets }: StudySet): PatrolGround {
  const ground = new Set(cells);
  cells.forEach((cell, index) => {
    const isAtEdge = (offsets[index + 1] ?? 0) - (offsets[index] ?? 0) < 6;
    if (isAtEdge) for (const other of disk(cell, besideRings)) ground.add(other);
  });
  const middle = middleOf(cells);
  return {
    name,
    touches: (asked) => asked.some((cell) => ground.has(cell)),
    isFar: (at) => !(metresBetween(at, middle) <= farM),
  };
}

function middleOf(cells: readonly H3Cell[]): Position {
  const centres = cells.map(cellCentre);
  const between = (axis: 0 | 1) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const centre of centres) {
      least = Math.min(least, centre[axis]);
      most = Math.max(most, centre[axis]);
    }
    return (least + most) / 2;
  };
  return [between(0), between(1)];
}

/** For a footprint that no patrol can come near; the same words for all. */
export function footprintGroundFault(
  ground: PatrolGround,
  cells: readonly H3Cell[],
): string | null {
  if (ground.touches(cells)) return null;
  return `This place lies outside ${ground.name} and the ground beside them. This team plans no patrols there, so it can keep nothing clear: ask the police team of that area.`;
}
