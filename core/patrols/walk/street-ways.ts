import {
  cellCentre,
  type H3Cell,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import type { ClosedTime } from "#core/patrols/ground/closed-time.ts";
import { crowLeg, type Leg } from "#core/patrols/ground/leg.ts";
import type { Movement } from "#core/patrols/ground/settings.ts";
import {
  type StreetNeeds,
  type StreetNumbers,
  type StreetTimes,
  walkKey,
} from "#core/patrols/ground/street-times.ts";
import {
  createSurroundings,
  type Surroundings,
  surroundingCells,
} from "#core/patrols/walk/surroundings.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import { isStreetFault, type Router, type StreetRow } from "#core/places/streets/route.ts";

export interface StreetWays extends StreetTimes {
  /**
   * Legs between consecutive stops that avoid `closed`, one fewer than stops; times are those of
   * `walks`. Null where every route of a leg is closed.
   */
  readonly legs: (
    stops: readonly H3Cell[],
    mode: PatrolMode,
    closed: readonly H3Cell[],
  ) => readonly Leg[] | null;
  /** `between` of all of them, row by row, in steps of a few milliseconds. */
  readonly matrix: (
    cells: readonly H3Cell[],
    mode: PatrolMode,
  ) => Generator<void, Float64Array, void>;
}

/**
 * Within this distance a route from a cell's centre ends in the cell or one beside it. A stop
 * further from every street is reached in a straight line, which the route's line omits.
 */
const withinMetres = 120;
/** More than a day's plans ask for. */
const mostKept = 4_000;
/** Of some megabytes each, for a large plan. */
const mostMatrices = 6;

export function createStreetWays(
  router: Router,
  modes: Readonly<Record<PatrolMode, Movement>>,
  attribution: string | null = null,
): StreetWays {
  const pairs = createCache<number>(mostKept);
  const matrices = createCache<Float64Array>(mostMatrices);
  const walks = createCache<Float64Array>(mostKept);
  const legs = createCache<Leg | null>(mostKept);
  const cellsOf = createCellWalk();

  const freeWalks = (cells: readonly H3Cell[], mode: PatrolMode) =>
    walks(walkKey({ cells, mode, closed: [] }), () =>
      matrixOf(cells, router.row(mode, { withinMetres })).map((one) =>
        one < Infinity ? one : Number.NaN,
      ),
    );
  const walksOf: StreetTimes["walks"] = (cells, mode, closed) => {
    const free = freeWalks(cells, mode);
    const [first] = cells;
    if (closed.length === 0 || first === undefined) return free;
    return walks(walkKey({ cells, mode, closed }), () => {
      const around = matrixOf(
        cells,
        router.row(mode, { avoid: avoiding(first, closed), withinMetres }),
      );
      return around.map((one, at) => (Number.isNaN(free[at]) ? Number.NaN : one));
    });
  };
  const legOf = (from: H3Cell, to: H3Cell, mode: PatrolMode, closed: readonly H3Cell[]) =>
    legs(walkKey({ cells: [from, to], mode, closed }), (): Leg | null => {
      const [seconds = Number.NaN] = walksOf([from, to], mode, closed).subarray(1);
      if (Number.isNaN(seconds)) return crowOf(from, to, mode, closed);
      return seconds === Infinity ? null : streetLeg(from, to, mode, closed);
    });
  const streetLeg = (from: H3Cell, to: H3Cell, mode: PatrolMode, closed: readonly H3Cell[]) => {
    const avoid = closed.length > 0 ? avoiding(from, closed) : undefined;
    const way = router.route(cellCentre(from), cellCentre(to), mode, avoid);
    if (isStreetFault(way) || Math.max(...way.offStreet) > withinMetres) return null;
    // Rounded as it is stored and sent, so that every reader finds the same cells under it.
    const line = way.line.map(([lng, lat]): Position => [rounded(lng), rounded(lat)]);
    const cells = cellsOf(line);
    if (cells.some((cell) => closed.includes(cell))) return null;
    const { metres, seconds, words } = way;
    return { line, cells, metres, seconds, words, attribution };
  };
  const crowOf = (from: H3Cell, to: H3Cell, mode: PatrolMode, closed: readonly H3Cell[]) => {
    const leg = crowLeg(from, to, modes[mode]);
    return leg.cells.some((cell) => closed.includes(cell)) ? null : leg;
  };
  return {
    between: (from, to, mode) =>
      pairs(`${mode} ${from} ${to}`, () => {
        const row = router.row(mode, { withinMetres });
        return row(cellCentre(from), [cellCentre(to)])[0] as number;
      }),
    walks: walksOf,
    matrix: function* matrix(cells, mode) {
      const key = `${mode} ${cells.join()}`;
      const known = matrices.get(key);
      if (known) return known;
      const seconds = yield* router.matrix(cells.map(cellCentre), mode, withinMetres);
      return matrices.keep(key, seconds);
    },
    legs: (stops, mode, closed) => {
      const all: Leg[] = [];
      for (const [at, to] of stops.entries()) {
        const from = stops[at - 1];
        if (from === undefined) continue;
        const leg = legOf(from, to, mode, closed);
        if (!leg) return null;
        all.push(leg);
      }
      return all;
    },
  };
}

/** To a centimetre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function matrixOf(cells: readonly H3Cell[], row: StreetRow): Float64Array {
  const points = cells.map(cellCentre);
  return Float64Array.from(points.flatMap((point) => [...row(point, points)]));
}

function avoiding(zone: H3Cell, closed: readonly H3Cell[]): (cell: H3Cell) => boolean {
  const [around, shut] = [surroundingCells(parentCell(zone, zoneResolution)), new Set(closed)];
  return (cell) => shut.has(cell) || !around.has(cell);
}

interface Cache<Value> {
  (key: string, make: () => Value): Value;
  readonly get: (key: string) => Value | undefined;
  readonly keep: (key: string, value: Value) => Value;
}

/** Least recently used goes first. */
function createCache<Value>(most: number): Cache<Value> {
  const known = new Map<string, Value>();
  const keep = (key: string, value: Value): Value => {
    known.delete(key);
    known.set(key, value);
    for (const oldest of known.keys()) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    return value;
  };
  const cache = (key: string, make: () => Value): Value =>
    keep(key, known.has(key) ? (known.get(key) as Value) : make());
  return Object.assign(cache, { get: (key: string) => known.get(key), keep });
}

/** A plan's needs, in steps of a few milliseconds, so that nothing else is blocked. */
export function* streetNumbers(
  ways: StreetWays,
  needs: StreetNeeds,
): Generator<void, StreetNumbers, void> {
  const places: StreetNumbers["places"][number][] = [];
  for (const { mode, cells } of needs.places) {
    const seconds = yield* ways.matrix(cells, mode);
    places.push({ mode, cells, seconds });
  }
  const walks: StreetNumbers["walks"][number][] = [];
  for (const need of needs.walks) {
    walks.push({ ...need, seconds: ways.walks(need.cells, need.mode, need.closed) });
    yield;
  }
  return { places, walks };
}

/**
 * A window's legs from stop to stop, avoiding cells closed at any moment of [start, end). "closed"
 * where every route of a leg is closed.
 */
export type LegMaker = (
  stops: readonly H3Cell[],
  mode: PatrolMode,
  span: { readonly start: number; readonly end: number },
) => readonly Leg[] | "closed";

/** Null without streets: windows then go as the crow flies. */
export function createLegMaker(ways: StreetWays | null, closed: ClosedTime): LegMaker | null {
  if (!ways) return null;
  const known = new Map<H3Cell, Surroundings>();
  return (stops, mode, { start, end }) => {
    const [first] = stops;
    if (first === undefined) return [];
    const zone = parentCell(first, zoneResolution);
    const surroundings = known.get(zone) ?? createSurroundings(zone, closed);
    known.set(zone, surroundings);
    const { closedDuring } = surroundings;
    return ways.legs(stops, mode, closedDuring(start, end)) ?? "closed";
  };
}
