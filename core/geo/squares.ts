import { type PlanePoint, planeBounds } from "#core/geo/plane.ts";

/** A grid index: items by the squares that their bounds touch. */
export function createSquares<Item>(side: number) {
  const held = new Map<string, Item[]>();
  const keysOf = (points: readonly PlanePoint[], metres: number): string[] => {
    const [west, south, east, north] = planeBounds(points);
    const at = (value: number) => Math.floor(value / side);
    const keys: string[] = [];
    for (let column = at(west - metres); column <= at(east + metres); column += 1) {
      for (let row = at(south - metres); row <= at(north + metres); row += 1) {
        keys.push(`${column} ${row}`);
      }
    }
    return keys;
  };
  return {
    put: (points: readonly PlanePoint[], item: Item): void => {
      for (const key of keysOf(points, 0)) {
        const items = held.get(key);
        if (items) items.push(item);
        else held.set(key, [item]);
      }
    },
    /** A superset of the items within some metres of the points, each once. */
    around: (points: readonly PlanePoint[], metres: number): Item[] => [
      ...new Set(keysOf(points, metres).flatMap((key) => held.get(key) ?? [])),
    ],
  };
}
