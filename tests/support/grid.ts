import { type Neighbours, neighboursFromLists } from "#core/stats/neighbours.ts";

/** Neighbour lists of a grid of squares, sides and corners (queen). */
export function queenLists(rows: number, columns: number): number[][] {
  const lists: number[][] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const list: number[] = [];
      for (const [down, right] of queenSteps) {
        const [r, c] = [row + down, column + right];
        if (r >= 0 && r < rows && c >= 0 && c < columns) list.push(r * columns + c);
      }
      lists.push(list);
    }
  }
  return lists;
}

export function queenGrid(rows: number, columns: number): Neighbours {
  return neighboursFromLists(queenLists(rows, columns));
}

const queenSteps = [
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 0],
  [1, 1],
] as const;

/** Every way to choose `size` of the items; slow, and obviously right. */
export function* subsets<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= items.length - size; first += 1) {
    for (const rest of subsets(items.slice(first + 1), size - 1)) {
      yield [items[first] as Item, ...rest];
    }
  }
}
