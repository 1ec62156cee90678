import type { LaneOptions } from "#core/patrol/lane.ts";

const none = new Int32Array(0);

/**
 * The sequence of places in [first, end) that is worth most, each one that may follow the one before it: a
 * longest path. `worth` begins with the first place; what is worth nothing is left out.
 */
export function bestWay(
  of: LaneOptions,
  first: number,
  end: number,
  worth: ArrayLike<number>,
): number[] {
  const total = new Float64Array(end - first);
  const previous = new Int32Array(end - first).fill(-1);
  const totalOf = (place: number) => (place < first ? 0 : (total[place - first] ?? 0));
  const best = (places: Int32Array, from: number, to: number, so: number) => {
    let found = so;
    for (let at = from; at < to; at += 1) {
      const place = places[at] ?? 0;
      if (totalOf(place) > totalOf(found)) found = place;
    }
    return found;
  };
  let looked = of.certain[first] ?? 0;
  let sure = -1;
  let last = -1;
  for (let place = first; place < end; place += 1) {
    const certain = of.certain[place] ?? 0;
    sure = best(of.byEnd, looked, certain, sure);
    looked = certain;
    const own = worth[place - first] ?? 0;
    if (own <= 0) continue;
    const near = of.near[place] ?? none;
    const before = best(near, 0, near.length, sure);
    total[place - first] = totalOf(before) + own;
    previous[place - first] = before;
    if (totalOf(place) > totalOf(last)) last = place;
  }
  const way: number[] = [];
  for (let place = last; place >= 0; place = previous[place - first] ?? -1) way.push(place);
  return way.reverse();
}
