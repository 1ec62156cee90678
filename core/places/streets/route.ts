import type { H3Cell, Position } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import { onceBy, onceFor } from "#core/once-for.ts";
import {
  describeEnds,
  describeWay,
  type NamedWay,
  namesOf,
} from "#core/places/streets/directions.ts";
import { eliminate } from "#core/places/streets/elimination.ts";
import {
  lineOfStretch,
  type StreetGraph,
  type Stretch,
  segmentClass,
  segmentName,
  stretchOfArc,
} from "#core/places/streets/graph.ts";
import {
  type Avoid,
  createGrounds,
  directSeconds,
  furthestFromStreet,
  type Ground,
  joinStreets,
  waysFrom,
  waysTo,
} from "#core/places/streets/ground.ts";
import { createHierarchy, type Hierarchy, meetCost } from "#core/places/streets/hierarchy.ts";
import type { StreetMode, StreetSpeeds } from "#core/places/streets/line.ts";
import { createNearest, type Nearest, type StreetPlace } from "#core/places/streets/nearest.ts";
import { createLowerBound, createSearch, type Seed } from "#core/places/streets/search.ts";

export interface StreetRoute {
  readonly metres: number;
  readonly seconds: number;
  /** From the place on a street that is nearest to the start to the one nearest to the end. */
  readonly line: readonly Position[];
  /** Of streets in their order; those without a name are left out. */
  readonly names: readonly string[];
  /** Every cell of the event resolution that the line has ground in common with, in its order. */
  readonly cells: readonly H3Cell[];
  /** "north on Fore Street, left into Sebastopol Road" */
  readonly words: string;
  /** Metres from start and end to the street, which the way does not hold. */
  readonly offStreet: readonly [from: number, to: number];
}

export interface StreetFault {
  readonly fault: string;
  /** No street near one end; no way between the two; none that keeps out of closed cells. */
  readonly kind: "far" | "apart" | "closed";
}

/** A point further than so many metres from every street has no way. */
interface RowGiven {
  readonly withinMetres: number;
  readonly avoid?: Avoid;
}

/** Seconds from one point to each of the others; Infinity where there is no way, or no street near. */
export type StreetRow = (from: Position, to: readonly Position[]) => Float64Array;

export type Router = ReturnType<typeof createRouter>;

export function isStreetFault(answer: StreetRoute | StreetFault): answer is StreetFault {
  return "fault" in answer;
}

const eliminated = onceFor(eliminate);

export function createRouter(
  graph: StreetGraph,
  speeds: StreetSpeeds,
  nearest: Nearest = createNearest(graph),
) {
  const search = createSearch(graph);
  const boundTo = createLowerBound(graph);
  const grounds = createGrounds(graph, speeds);
  const hierarchyOf = onceBy((mode: StreetMode) =>
    createHierarchy(graph, eliminated(graph), grounds.of(mode).arcCost),
  );

  const wayBetween = (from: StreetPlace, to: StreetPlace, ground: Ground): Way | null => {
    let seconds = directSeconds(graph, ground, from, to);
    let last: Seed | null = null;
    const goals = waysTo(graph, ground, to);
    const ahead = boundTo(to.at, ground.network.fastest);
    const arrive = (goal: Seed, cost: number) => {
      if (cost >= seconds) return;
      seconds = cost;
      last = goal;
    };
    search.run(
      waysFrom(graph, ground, from),
      ground.arcCost,
      (node, cost) => {
        for (const goal of goals) if (goal.node === node) arrive(goal, cost + goal.cost);
        return cost + ahead(node) >= seconds;
      },
      ahead,
    );
    if (seconds === Infinity) return null;
    return { seconds, stretches: stretchesTo(last, from, to) };
  };

  /** What the last search went to get to `goal`, or along the one segment where there is none. */
  const stretchesTo = (goal: Seed | null, from: StreetPlace, to: StreetPlace): Stretch[] => {
    if (!goal) return [{ segment: from.segment, start: from.along, end: to.along }];
    const [first = 0, ...arcs] = search.arcsTo(goal.node);
    return [
      { ...stretchOfArc(graph, first), start: from.along },
      ...arcs.map((arc) => stretchOfArc(graph, arc)),
      { ...stretchOfArc(graph, goal.arc), end: to.along },
    ];
  };

  const routeOf = (way: Way, from: StreetPlace, to: StreetPlace): StreetRoute => {
    const gone = way.stretches.filter(({ start, end }) => start !== end);
    const stretches = gone.length > 0 ? gone : way.stretches.slice(0, 1);
    const ways: NamedWay[] = stretches.map((stretch) => ({
      name: segmentName(graph, stretch.segment),
      class: segmentClass(graph, stretch.segment),
      metres: Math.abs(stretch.end - stretch.start),
      line: lineOfStretch(graph, stretch),
    }));
    const offStreet = [from.metres, to.metres] as const;
    return {
      metres: ways.reduce((sum, { metres }) => sum + metres, 0),
      seconds: way.seconds,
      line: ways.flatMap(({ line }, index) => (index === 0 ? line : line.slice(1))),
      names: namesOf(ways),
      cells: [...new Set(stretches.flatMap(grounds.cellsOf))],
      words: [describeWay(ways), describeEnds(offStreet) ?? []].flat().join("; "),
      offStreet,
    };
  };

  const faultOf = (from: Position, to: Position, mode: StreetMode): StreetFault => {
    const ground = grounds.of(mode);
    const [start, end] = [from, to].map((at) => joinStreets(nearest, ground, at));
    if (!start || !end) {
      return {
        kind: "far",
        fault: `There is no street ${modeWords[mode]} within ${furthestFromStreet} m of ${placeWords(start ? to : from)}.`,
      };
    }
    const between = `from ${placeWords(from)} to ${placeWords(to)}`;
    // There is a path otherwise, so only the avoided cells are in the way.
    if (wayBetween(start, end, ground)) {
      const fault = `Every way ${modeWords[mode]} ${between} goes through closed ground.`;
      return { kind: "closed", fault };
    }
    return { kind: "apart", fault: `No streets lead ${modeWords[mode]} ${between}.` };
  };

  const rowOn = (ground: Ground, withinMetres: number): StreetRow => {
    const placeAt = onceFor((at: Position) => placeWithin(nearest, ground, at, withinMetres));
    return (from, to) => {
      const start = placeAt(from);
      const ends = to.map(placeAt);
      const seconds = Float64Array.from(ends, (end, at) => {
        if (start && to[at]?.join() === from.join()) return 0;
        return start && end ? directSeconds(graph, ground, start, end) : Infinity;
      });
      if (!start) return seconds;
      const goals = goalsOf(graph, ground, ends);
      let left = goals.size;
      search.run(waysFrom(graph, ground, start), ground.arcCost, (node, cost) => {
        const here = goals.get(node);
        for (const { cost: rest, at } of here ?? []) {
          seconds[at] = Math.min(seconds[at] as number, cost + rest);
        }
        if (here) left -= 1;
        return left === 0;
      });
      return seconds;
    };
  };
  return {
    route: (
      from: Position,
      to: Position,
      mode: StreetMode,
      avoid?: Avoid,
    ): StreetRoute | StreetFault => {
      const ground = grounds.of(mode, avoid);
      const [start, end] = [from, to].map((at) => joinStreets(nearest, ground, at));
      const way = start && end ? wayBetween(start, end, ground) : null;
      return start && end && way ? routeOf(way, start, end) : faultOf(from, to, mode);
    },
    /** Rows of times, one search each that ends when it has come everywhere: for places close together, and round closed ground. */
    row: (mode: StreetMode, { withinMetres, avoid }: RowGiven): StreetRow =>
      rowOn(grounds.of(mode, avoid), withinMetres),
    /** The same between many points, row by row, a row a step for who has others to serve meanwhile. */
    matrix: (points: readonly Position[], mode: StreetMode, withinMetres: number) => {
      const ground = grounds.of(mode);
      const places = points.map((at) => placeWithin(nearest, ground, at, withinMetres));
      return secondsInSteps(graph, ground, hierarchyOf(mode), places);
    },
  };
}

function placeWithin(nearest: Nearest, ground: Ground, at: Position, withinMetres: number) {
  const place = joinStreets(nearest, ground, at);
  return place && place.metres <= withinMetres ? place : null;
}

/** By node, which of the ends are reached from there and at what cost. */
function goalsOf(graph: StreetGraph, ground: Ground, ends: readonly (StreetPlace | null)[]) {
  const goals = ends.flatMap((end, at) =>
    end === null ? [] : waysTo(graph, ground, end).map(({ node, cost }) => ({ node, cost, at })),
  );
  return groupBy(goals, ({ node }) => node);
}

interface Way {
  readonly seconds: number;
  readonly stretches: readonly Stretch[];
}

const modeWords: Readonly<Record<StreetMode, string>> = {
  foot: "on foot",
  cycle: "by cycle",
  vehicle: "by vehicle",
};

function placeWords([lng, lat]: Position): string {
  return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
}

/** Seconds from each place to each, a row a step. A place that is on no street is reached from nowhere. */
function* secondsInSteps(
  graph: StreetGraph,
  ground: Ground,
  hierarchy: Hierarchy,
  places: readonly (StreetPlace | null)[],
): Generator<void, Float64Array, void> {
  const size = places.length;
  const seconds = new Float64Array(size * size).fill(Infinity);
  const leaving = places.map((place) => place && hierarchy.leave(waysFrom(graph, ground, place)));
  const arriving = places.map((place) => place && hierarchy.arrive(waysTo(graph, ground, place)));
  for (const [row, from] of places.entries()) {
    const leave = leaving[row];
    places.forEach((to, column) => {
      const arrive = arriving[column];
      if (!(from && to && leave && arrive)) return;
      seconds[row * size + column] = Math.min(
        directSeconds(graph, ground, from, to),
        meetCost(leave, arrive),
      );
    });
    seconds[row * size + row] = 0;
    yield;
  }
  return seconds;
}
