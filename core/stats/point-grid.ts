/** Points by square of the plane, for those within a reach of a place. */
export interface PointGrid {
  /** Every point at most `reach` away, in no order, with its squared distance. */
  readonly near: (x: number, y: number, visit: (point: number, squared: number) => void) => void;
}

/** Few points far apart must not make a table of empty squares. */
const mostSquaresPerPoint = 4;

export function createPointGrid(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  reach: number,
): PointGrid {
  const count = x.length;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let point = 0; point < count; point += 1) {
    west = Math.min(west, x[point] as number);
    east = Math.max(east, x[point] as number);
    south = Math.min(south, y[point] as number);
    north = Math.max(north, y[point] as number);
  }
  let side = reach > 0 ? reach : 1;
  const most = Math.max(64, count * mostSquaresPerPoint);
  while (((east - west) / side + 1) * ((north - south) / side + 1) > most) side *= 2;
  const columns = count === 0 ? 1 : Math.floor((east - west) / side) + 1;
  const rows = count === 0 ? 1 : Math.floor((north - south) / side) + 1;
  const squareOf = (point: number) =>
    Math.floor(((y[point] as number) - south) / side) * columns +
    Math.floor(((x[point] as number) - west) / side);

  // Counting sort: the points of a square lie side by side.
  const starts = new Uint32Array(columns * rows + 1);
  for (let point = 0; point < count; point += 1) {
    const square = squareOf(point) + 1;
    starts[square] = (starts[square] as number) + 1;
  }
  for (let square = 1; square < starts.length; square += 1) {
    starts[square] = (starts[square] as number) + (starts[square - 1] as number);
  }
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let point = 0; point < count; point += 1) {
    const square = squareOf(point);
    const at = next[square] as number;
    order[at] = point;
    next[square] = at + 1;
  }

  const limit = reach * reach;
  return {
    near: (px, py, visit) => {
      const low = Math.max(0, Math.floor((px - reach - west) / side));
      const high = Math.min(columns - 1, Math.floor((px + reach - west) / side));
      const bottom = Math.max(0, Math.floor((py - reach - south) / side));
      const top = Math.min(rows - 1, Math.floor((py + reach - south) / side));
      if (!(low <= high)) return;
      for (let row = bottom; row <= top; row += 1) {
        const end = starts[row * columns + high + 1] as number;
        for (let at = starts[row * columns + low] as number; at < end; at += 1) {
          const point = order[at] as number;
          const dx = (x[point] as number) - px;
          const dy = (y[point] as number) - py;
          const squared = dx * dx + dy * dy;
          if (squared <= limit) visit(point, squared);
        }
      }
    },
  };
}
