import { disk, type H3Cell, parentCell } from "#core/geo/cell.ts";

/**
 * The cells that count, zeros included: the user's boundary, never the hull of the data.
 * Neighbours within the set, without the cell itself, in compressed rows:
 * those of cell `i` are `targets[offsets[i] .. offsets[i + 1])`.
 */
export interface StudySet {
  /** Shown with every z and p. */
  readonly name: string;
  readonly resolution: number;
  readonly cells: readonly H3Cell[];
  readonly indexOf: ReadonlyMap<H3Cell, number>;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

export function createStudySet(
  name: string,
  resolution: number,
  cells: readonly H3Cell[],
): StudySet {
  const indexOf = new Map(cells.map((cell, index) => [cell, index] as const));
  let neighbours: Pick<StudySet, "offsets" | "targets"> | null = null;
  const known = () => {
    neighbours ??= neighboursWithin(cells, indexOf);
    return neighbours;
  };
  // Computed lazily: the finest set only tells what belongs to an area.
  return {
    name,
    resolution,
    cells,
    indexOf,
    get offsets() {
      return known().offsets;
    },
    get targets() {
      return known().targets;
    },
  };
}

function neighboursWithin(cells: readonly H3Cell[], indexOf: ReadonlyMap<H3Cell, number>) {
  const offsets = new Uint32Array(cells.length + 1);
  const targets: number[] = [];
  cells.forEach((cell, index) => {
    for (const other of disk(cell, 1)) {
      const target = other === cell ? undefined : indexOf.get(other);
      if (target !== undefined) targets.push(target);
    }
    offsets[index + 1] = targets.length;
  });
  return { offsets, targets: Uint32Array.from(targets) };
}

/** The parents of a set's cells: not a fresh fill, which loses cells at the edge (DEFINITIONS). */
export function parentStudySet(set: StudySet, resolution: number): StudySet {
  if (resolution === set.resolution) return set;
  const parents = new Set(set.cells.map((cell) => parentCell(cell, resolution)));
  return createStudySet(set.name, resolution, [...parents].sort());
}
