/** Circles of a scan: around each place, one per distance to another place. */
export interface ScanZones {
  readonly places: number;
  readonly groupsOf: (place: number) => readonly CircleGroup[];
  readonly membersOf: (place: number, size: number) => number[];
  readonly radiusOf: (place: number, size: number) => number;
}

/** One circle, as its difference from the one inside. */
export interface CircleGroup {
  readonly size: number;
  readonly cases: number;
  /** Cases of the places added by it. */
  readonly own: Uint32Array;
}

interface ZoneInput {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly place: ArrayLike<number>;
}

/** Up to `maxRadius` and half of all cases; places at equal distance enter together. */
export function createScanZones({ x, y, place }: ZoneInput, maxRadius: number): ScanZones {
  const places = x.length;
  const casesOf = Array.from({ length: places }, () => [] as number[]);
  for (let index = 0; index < place.length; index += 1) {
    (casesOf[place[index] as number] as number[]).push(index);
  }
  const most = place.length / 2;
  const distance = (a: number, b: number) =>
    Math.hypot((x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number));
  const orderOf = Array.from({ length: places }, (_, centre) =>
    Array.from({ length: places }, (_unused, other) => other)
      .map((other) => ({ other, metres: distance(centre, other) }))
      .filter(({ metres }) => metres <= maxRadius)
      .sort((a, b) => a.metres - b.metres || a.other - b.other),
  );
  const groups = orderOf.map((order) => {
    const circles: CircleGroup[] = [];
    let cases = 0;
    let from = 0;
    while (from < order.length) {
      let to = from;
      const own: number[] = [];
      const metres = (order[from] as { metres: number }).metres;
      while (to < order.length && (order[to] as { metres: number }).metres === metres) {
        own.push(...(casesOf[(order[to] as { other: number }).other] as number[]));
        to += 1;
      }
      cases += own.length;
      if (cases > most) break;
      circles.push({ size: to, cases, own: Uint32Array.from(own) });
      from = to;
    }
    return circles;
  });
  return {
    places,
    groupsOf: (centre) => groups[centre] as CircleGroup[],
    membersOf: (centre, size) =>
      (orderOf[centre] as { other: number }[]).slice(0, size).map(({ other }) => other),
    radiusOf: (centre, size) => (orderOf[centre] as { metres: number }[])[size - 1]?.metres ?? 0,
  };
}
