import type { LaneOptions } from "#core/patrols/lane.ts";

/** What the best way to each place from `first` on is worth; before that nothing is. */
interface Ways {
  readonly first: number;
  readonly total: Float64Array;
}

/**
 * The sequence of places in [first, end) that is worth most, each one that may follow the one before it: a
 * longest path. `worth` begins with the first place; what is worth nothing is left out.
 */
export function bestWay(
  { certain, byEnd, near }: LaneOptions,
  first: number,
  end: number,
  worth: ArrayLike<number>,
): number[] {
  const ways: Ways = { first, total: new Float64Array(end - first) };
  const previous = new Int32Array(end - first).fill(-1);
  let looked = certain[first] ?? 0;
  let sure = -1;
  let last = -1;
  for (let place = first; place < end; place += 1) {
    const ended = certain[place] as number;
    sure = bestOf(byEnd, looked, ended, ways, sure);
    looked = ended;
    const own = worth[place - first] as number;
    if (!(own > 0)) continue;
    const others = near[place] as Int32Array;
    const before = bestOf(others, 0, others.length, ways, sure);
    ways.total[place - first] = totalOf(ways, before) + own;
    previous[place - first] = before;
    if (totalOf(ways, place) > totalOf(ways, last)) last = place;
  }
  const way: number[] = [];
  for (let place = last; place >= 0; place = previous[place - first] ?? -1) way.push(place);
  return way.reverse();
}

/** Of these and the one that is known the first that is worth most; -1 for none. */
function bestOf(places: Int32Array, from: number, to: number, ways: Ways, known: number): number {
  let found = known;
  let most = totalOf(ways, known);
  for (let at = from; at < to; at += 1) {
    const place = places[at] as number;
    const total = totalOf(ways, place);
    if (total > most) {
      most = total;
      found = place;
    }
  }
  return found;
}

function totalOf({ first, total }: Ways, place: number): number {
  return place < first ? 0 : (total[place - first] as number);
}
