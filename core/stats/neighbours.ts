/**
 * Neighbour lists in compressed rows, without the cell itself: those of cell `i` are
 * `targets[offsets[i] .. offsets[i + 1])`. A StudySet is one.
 */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

export function neighboursFromLists(lists: readonly (readonly number[])[]): Neighbours {
  const offsets = new Uint32Array(lists.length + 1);
  lists.forEach((list, index) => {
    offsets[index + 1] = (offsets[index] as number) + list.length;
  });
  return { offsets, targets: Uint32Array.from(lists.flat()) };
}

export function degreeOf(neighbours: Neighbours, index: number): number {
  return (neighbours.offsets[index + 1] as number) - (neighbours.offsets[index] as number);
}

/** Per cell, the sum over its neighbours, without itself. */
export function neighbourSums(values: ArrayLike<number>, neighbours: Neighbours): Float64Array {
  const { offsets, targets } = neighbours;
  const sums = new Float64Array(values.length);
  let at = 0;
  for (let cell = 0; cell < sums.length; cell += 1) {
    const end = offsets[cell + 1] as number;
    let sum = 0;
    for (; at < end; at += 1) sum += values[targets[at] as number] as number;
    sums[cell] = sum;
  }
  return sums;
}

export function neighbourSum(
  values: ArrayLike<number>,
  { offsets, targets }: Neighbours,
  cell: number,
): number {
  let sum = 0;
  for (let at = offsets[cell] as number; at < (offsets[cell + 1] as number); at += 1) {
    sum += values[targets[at] as number] as number;
  }
  return sum;
}
