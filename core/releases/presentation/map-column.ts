import type { Point } from "#core/releases/presentation/shapes.ts";

interface Entry {
  /** Where its area is. */
  readonly at: Point;
  readonly height: number;
}

interface Column<Item extends Entry> {
  /** From the top down. */
  readonly order: readonly Item[];
  readonly tops: readonly number[];
}

/** Each as near to the height of its area as the others allow, in an order whose lines do not cross. */
export function spreadColumn<Item extends Entry>(
  entries: readonly Item[],
  side: "left" | "right",
  drawing: { readonly width: number; readonly height: number },
): Column<Item> {
  const order = entries.toSorted((a, b) => a.at[1] - b.at[1] || a.at[0] - b.at[0]);
  const x = side === "left" ? 0 : drawing.width;
  // Each exchange of two neighbours whose lines cross shortens the lines, so this ends.
  for (let pass = 0; pass < order.length; pass += 1) {
    const tops = topsOf(order, drawing.height);
    const from = (index: number): Point => [
      x,
      (tops[index] ?? 0) + (order[index]?.height ?? 0) / 2,
    ];
    let hasChanged = false;
    for (let index = 0; index + 1 < order.length; index += 1) {
      const [upper, lower] = [order[index], order[index + 1]];
      if (!upper || !lower) continue;
      if (!doCross(from(index), upper.at, from(index + 1), lower.at)) continue;
      order[index] = lower;
      order[index + 1] = upper;
      hasChanged = true;
      break;
    }
    if (!hasChanged) break;
  }
  return { order, tops: topsOf(order, drawing.height) };
}

/** Pushed down where the one above reaches, then up again from the foot of the drawing. */
function topsOf(order: readonly Entry[], foot: number): number[] {
  const tops: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const { at, height } of order) {
    const top = Math.max(at[1] - height / 2, least);
    tops.push(top);
    least = top + height;
  }
  let most = foot;
  for (let index = tops.length - 1; index >= 0; index -= 1) {
    const height = order[index]?.height ?? 0;
    tops[index] = Math.min(tops[index] ?? 0, most - height);
    most = tops[index] ?? 0;
  }
  return tops;
}

function doCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

function turn([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;
}
