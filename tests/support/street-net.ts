import type { Position } from "#core/geo/cell.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { StreetNeeds, StreetNumbers } from "#core/patrols/ground/street-times.ts";
import {
  createStreetWays,
  type StreetWays,
  streetNumbers,
} from "#core/patrols/walk/street-ways.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { type StreetLine, streetSpeeds } from "#core/places/streets/line.ts";
import { createRouter } from "#core/places/streets/route.ts";
import { createRandom } from "#core/random.ts";

export interface NetGiven {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
  /** Between two streets that run the same way. */
  readonly metres: number;
  readonly seed?: number;
}

/** Streets of a made-up town: rows and columns with bent corners, one in ten blocks without its street. */
export function streetNet({ south, west, north, east, metres, seed = 1 }: NetGiven): StreetLine[] {
  const random = createRandom(seed);
  const up = metres / 111_195;
  const across = up / Math.cos((south * Math.PI) / 180);
  const rows = Math.floor((north - south) / up) + 1;
  const columns = Math.floor((east - west) / across) + 1;
  const shifted = (step: number) => (random.next() - 0.5) * 0.4 * step;
  const corners: Position[][] = Array.from({ length: rows }, (_, row) =>
    Array.from(
      { length: columns },
      (_, column): Position => [
        west + column * across + shifted(across),
        south + row * up + shifted(up),
      ],
    ),
  );
  const lines: StreetLine[] = [];
  const add = (name: string, from: Position | undefined, to: Position | undefined) => {
    if (!from || !to || random.next() < 0.1) return;
    const bend: Position = [(from[0] + to[0]) / 2 + shifted(across) / 4, (from[1] + to[1]) / 2];
    lines.push({ line: [from, bend, to], name, class: "street", oneWay: 0 });
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corner = corners[row]?.[column];
      add(`${row + 1} Row`, corner, corners[row]?.[column + 1]);
      add(`${column + 1} Lane`, corner, corners[row + 1]?.[column]);
    }
  }
  return lines;
}

/** A net with all that a planner asks of streets. */
export function waysOver(graph: StreetGraph): StreetWays {
  return createStreetWays(createRouter(graph, streetSpeeds), patrolDefaults.modes);
}

export function netWays(given: NetGiven): StreetWays {
  return waysOver(buildGraph(streetNet(given)));
}

/** What a plan needs of streets, all at once. */
export function numbersOf(ways: StreetWays, needs: StreetNeeds): StreetNumbers {
  const steps = streetNumbers(ways, needs);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
