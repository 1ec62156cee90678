/** Grid index of points, for searches within `reach`. */
export interface PointGrid {
  /** Every point within `reach`, unordered, with its squared distance. */
  readonly near: (x: number, y: number, visit: (point: number, squared: number) => void) => void;
  /**
   * The candidate ranges alone: ranges of `x`, `y` and `order` that hold every point within reach,
   * and some beyond it. One call per row of squares instead of one per point.
   */
  readonly ranges: (x: number, y: number, visit: (from: number, to: number) => void) => void;
  /** Coordinates square by square, so that a range is contiguous. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Original index of each. */
  readonly order: Uint32Array;
}

/** A few distant points must not create a huge empty table. */
const mostSquaresPerPoint = 4;

export function createPointGrid(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  reach: number,
): PointGrid {
  const count = x.length;
  const [west, east] = extent(x);
  const [south, north] = extent(y);
  let side = reach > 0 ? reach : 1;
  const most = Math.max(64, count * mostSquaresPerPoint);
  while (((east - west) / side + 1) * ((north - south) / side + 1) > most) side *= 2;
  const columns = count === 0 ? 1 : Math.floor((east - west) / side) + 1;
  const rows = count === 0 ? 1 : Math.floor((north - south) / side) + 1;

  // Counting sort: the points of a square become contiguous.
  const squareOf = new Uint32Array(count);
  const starts = new Uint32Array(columns * rows + 1);
  for (let point = 0; point < count; point += 1) {
    const row = Math.floor(((y[point] as number) - south) / side);
    const square = row * columns + Math.floor(((x[point] as number) - west) / side);
    squareOf[point] = square;
    starts[square + 1] = (starts[square + 1] as number) + 1;
  }
  for (let square = 1; square < starts.length; square += 1) {
    starts[square] = (starts[square] as number) + (starts[square - 1] as number);
  }
  const next = starts.slice();
  const order = new Uint32Array(count);
  const sortedX = new Float64Array(count);
  const sortedY = new Float64Array(count);
  for (let point = 0; point < count; point += 1) {
    const square = squareOf[point] as number;
    const at = next[square] as number;
    order[at] = point;
    sortedX[at] = x[point] as number;
    sortedY[at] = y[point] as number;
    next[square] = at + 1;
  }

  const limit = reach * reach;
  const ranges = (px: number, py: number, visit: (from: number, to: number) => void) => {
    const low = Math.max(0, Math.floor((px - reach - west) / side));
    const high = Math.min(columns - 1, Math.floor((px + reach - west) / side));
    const bottom = Math.max(0, Math.floor((py - reach - south) / side));
    const top = Math.min(rows - 1, Math.floor((py + reach - south) / side));
    if (!(low <= high)) return;
    for (let row = bottom; row <= top; row += 1) {
      visit(starts[row * columns + low] as number, starts[row * columns + high + 1] as number);
    }
  };
  return {
    ranges,
    x: sortedX,
    y: sortedY,
    order,
    near: (px, py, visit) => {
      ranges(px, py, (from, to) => {
        for (let at = from; at < to; at += 1) {
          const dx = (sortedX[at] as number) - px;
          const dy = (sortedY[at] as number) - py;
          const squared = dx * dx + dy * dy;
          if (squared <= limit) visit(order[at] as number, squared);
        }
      });
    },
  };
}

function extent(values: ArrayLike<number>): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
