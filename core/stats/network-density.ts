export interface LinearNetwork {
  readonly nodeCount: number;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly metres: ArrayLike<number>;
}

/** Positions on segments, in metres from the first node. */
export interface NetworkPlaces {
  readonly segment: ArrayLike<number>;
  readonly along: ArrayLike<number>;
}

/**
 * Density of points along a network, per metre, at places on it: a quartic kernel over network
 * distance, which reaches `bandwidth` metres and integrates to its point's weight. Where `k` pieces
 * meet, 2/k of the arriving mass goes on into each and 2/k - 1 turns back, so that the density is
 * continuous and none is lost at an end (Okabe, Satoh and Sugihara 2009, doi
 * 10.1080/13658810802475491: equal-split continuous). Agrees with `densityEqualSplit(kernel =
 * "biweight", sigma = bandwidth / sqrt(7), continuous = TRUE)` of spatstat.linnet. Paths that reach
 * a node at the same distance are merged; a path is dropped at a billionth of its point's weight.
 */
export function networkDensity(
  network: LinearNetwork,
  points: NetworkPlaces & { readonly weight?: ArrayLike<number> },
  at: NetworkPlaces,
  bandwidth: number,
): Float64Array {
  const { metres } = network;
  const placesOn = groupBySegment(at, metres.length);
  const waysOut = arcsByNode(network);
  const density = new Float64Array(at.segment.length);
  const kernel = (distance: number): number => {
    if (distance >= bandwidth) return 0;
    const share = 1 - (distance / bandwidth) ** 2;
    return (15 / (16 * bandwidth)) * share * share;
  };
  const spread = (segment: number, distanceTo: (along: number) => number, weight: number) => {
    for (const place of placesOn[segment] ?? []) {
      const distance = distanceTo(at.along[place] as number);
      density[place] = (density[place] as number) + weight * kernel(distance);
    }
  };
  const tails = createTails();
  for (let point = 0; point < points.segment.length; point += 1) {
    const segment = points.segment[point] as number;
    const along = points.along[point] as number;
    const weight = points.weight?.[point] ?? 1;
    const length = metres[segment] as number;
    spread(segment, (place) => Math.abs(place - along), weight);
    tails.add(2 * segment, length - along, weight);
    tails.add(2 * segment + 1, along, weight);
    const least = Math.abs(weight) * negligible;
    for (let tail = tails.next(); tail; tail = tails.next()) {
      if (Math.abs(tail.weight) * beyond(tail.distance / bandwidth) <= least) continue;
      const node = endOf(network, tail.arc);
      const ways = waysOut[node] ?? [];
      for (const arc of ways) {
        const isBack = arc === (tail.arc ^ 1);
        const share = tail.weight * (2 / ways.length - Number(isBack));
        const piece = arc >> 1;
        const whole = metres[piece] as number;
        const isAgainst = (arc & 1) === 1;
        spread(piece, (place) => tail.distance + (isAgainst ? whole - place : place), share);
        tails.add(arc, tail.distance + whole, share);
      }
    }
  }
  return density;
}

const negligible = 1e-9;

/** Kernel mass further away on one side, the distance as a share of its reach. */
function beyond(share: number): number {
  if (share >= 1) return 0;
  return 0.5 - (15 / 16) * (share - (2 / 3) * share ** 3 + share ** 5 / 5);
}

/** `2 * segment` along it, `2 * segment + 1` against it. */
function endOf({ from, to }: LinearNetwork, arc: number): number {
  return ((arc & 1) === 0 ? to[arc >> 1] : from[arc >> 1]) as number;
}

function arcsByNode(network: LinearNetwork): readonly (readonly number[])[] {
  const ways: number[][] = Array.from({ length: network.nodeCount }, () => []);
  for (let arc = 0; arc < 2 * network.metres.length; arc += 1) {
    ways[endOf(network, arc ^ 1)]?.push(arc);
  }
  return ways;
}

function groupBySegment(at: NetworkPlaces, segments: number): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: segments }, () => []);
  for (let place = 0; place < at.segment.length; place += 1) {
    groups[at.segment[place] as number]?.push(place);
  }
  return groups;
}

/** Kernel remainder at an arc's end. */
interface Tail {
  readonly arc: number;
  readonly distance: number;
  weight: number;
}

/** Tails by distance, nearest first; those of one arc and distance are merged. */
function createTails() {
  const heap: Tail[] = [];
  const known = new Map<string, Tail>();
  const keyOf = ({ arc, distance }: Pick<Tail, "arc" | "distance">) =>
    `${arc} ${Math.round(distance * 1e6)}`;
  const rise = (tail: Tail) => {
    let at = heap.length;
    heap.push(tail);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Tail;
      if (above.distance <= tail.distance) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = tail;
  };
  const sink = (tail: Tail) => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      const right = heap[child + 1];
      if (right && right.distance < (heap[child] as Tail).distance) child += 1;
      const below = heap[child] as Tail;
      if (below.distance >= tail.distance) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = tail;
  };
  return {
    add: (arc: number, distance: number, weight: number) => {
      const key = keyOf({ arc, distance });
      const same = known.get(key);
      if (same) {
        same.weight += weight;
        return;
      }
      const tail = { arc, distance, weight };
      known.set(key, tail);
      rise(tail);
    },
    next: (): Tail | null => {
      const top = heap[0];
      const last = heap.pop();
      if (!top || !last) return null;
      if (heap.length > 0) sink(last);
      known.delete(keyOf(top));
      return top;
    },
  };
}
