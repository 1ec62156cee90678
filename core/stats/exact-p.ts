import {
  copyDrawSums,
  createDrawSums,
  type DrawSums,
  groupValues,
  poolGroup,
  upperTail,
  type ValueGroup,
} from "#core/stats/draw-sums.ts";
import {
  createPearsonTail,
  isExactFeasible,
  pearsonTailName,
  type UpperTails,
} from "#core/stats/hot-p.ts";
import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";

/**
 * Exact conditional permutation p of Gi*: given the cell's own count, the chance that k cells drawn
 * without replacement from the other n - 1 have at least the sum of its k neighbours.
 */
export function exactP(counts: ArrayLike<number>, neighbours: Neighbours): UpperTails {
  const sums = neighbourSums(counts, neighbours);
  const p = new Float64Array(sums.length).fill(1);
  const cellsOf = new Map<number, number[]>();
  let cap = 0;
  let most = 0;
  let events = 0;
  for (let cell = 0; cell < sums.length; cell += 1) {
    const count = counts[cell] as number;
    events += count;
    // P(at least 0) is 1: such a cell needs no table.
    if (sums[cell] === 0) continue;
    cap = Math.max(cap, sums[cell] as number);
    most = Math.max(most, degreeOf(neighbours, cell));
    const list = cellsOf.get(count);
    if (list) list.push(cell);
    else cellsOf.set(count, [cell]);
  }
  const groups = groupValues(counts);
  if (!isExactFeasible({ events, most, cap, groups })) {
    approximate(counts, neighbours, sums, p, cellsOf);
    return { p, method: pearsonTailName };
  }
  leaveOneOut(
    groups,
    createDrawSums(most, cap),
    (value, others) => {
      fillTails(cellsOf.get(value) ?? [], sums, neighbours, others, p);
    },
    (value) => cellsOf.has(value),
  );
  return { p, method: "exact" };
}

/**
 * Visits every wanted value with the sums over all cells but one of that value. Halving the list of
 * groups and pooling the other half first takes log2 of the number of groups; removing a cell from
 * the full pool would subtract and lose small tails.
 */
function leaveOneOut(
  groups: readonly ValueGroup[],
  pool: DrawSums,
  visit: (value: number, others: DrawSums) => void,
  isWanted: (value: number) => boolean,
): void {
  const first = groups[0];
  if (!first || !groups.some(({ value }) => isWanted(value))) return;
  if (groups.length === 1) {
    poolGroup(pool, { value: first.value, cells: first.cells - 1 });
    visit(first.value, pool);
    return;
  }
  const middle = groups.length >> 1;
  const low = groups.slice(0, middle);
  const high = groups.slice(middle);
  const withHigh = copyDrawSums(pool);
  for (const group of high) poolGroup(withHigh, group);
  leaveOneOut(low, withHigh, visit, isWanted);
  for (const group of low) poolGroup(pool, group);
  leaveOneOut(high, pool, visit, isWanted);
}

function fillTails(
  cells: readonly number[],
  sums: Float64Array,
  neighbours: Neighbours,
  others: DrawSums,
  p: Float64Array,
): void {
  const tails = new Map<number, Float64Array>();
  for (const cell of cells) {
    const draws = degreeOf(neighbours, cell);
    let tail = tails.get(draws);
    if (!tail) {
      tail = upperTail(others, draws);
      tails.set(draws, tail);
    }
    p[cell] = tail[sums[cell] as number] as number;
  }
}

function approximate(
  counts: ArrayLike<number>,
  neighbours: Neighbours,
  sums: Float64Array,
  p: Float64Array,
  cellsOf: ReadonlyMap<number, readonly number[]>,
): void {
  for (const cells of cellsOf.values()) {
    const left = Array.from(counts);
    left.splice(cells[0] as number, 1);
    const tailOf = createPearsonTail(left);
    for (const cell of cells) p[cell] = tailOf(degreeOf(neighbours, cell), sums[cell] as number);
  }
}
