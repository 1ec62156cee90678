import type { Position } from "#core/geo/cell.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { unitsPerDegree } from "#core/places/streets/line.ts";
import { unitMetresAt } from "#core/places/streets/measure.ts";

/** What it takes at least from a node to a place: the straight line at the fastest speed. */
export interface LowerBound {
  readonly to: (place: Position, metresPerSecond: number) => (node: number) => number;
}

/** With the shortest measure that a unit has anywhere in the graph, so that no street is shorter than the line. */
export function createLowerBound({ nodeX, nodeY }: StreetGraph): LowerBound {
  let [south, north] = [0, 0];
  for (const y of nodeY) [south, north] = [Math.min(south, y), Math.max(north, y)];
  const { east } = unitMetresAt(Math.max(north, -south));
  // A degree of latitude is shortest at the equator.
  const along = unitMetresAt(0).north;
  return {
    to: ([lng, lat], metresPerSecond) => {
      const [x, y] = [lng * unitsPerDegree, lat * unitsPerDegree];
      // Rounding of sums along a way must not bring it under its line.
      const secondsPerMetre = (1 - 1e-9) / metresPerSecond;
      return (node) => {
        const dx = ((nodeX[node] as number) - x) * east;
        const dy = ((nodeY[node] as number) - y) * along;
        return Math.sqrt(dx * dx + dy * dy) * secondsPerMetre;
      };
    },
  };
}
