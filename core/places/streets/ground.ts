import type { H3Cell, Position } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import { lineOfStretch, type StreetGraph, type Stretch } from "#core/places/streets/graph.ts";
import { type StreetMode, type StreetSpeeds, streetClasses } from "#core/places/streets/line.ts";
import type { Nearest, StreetPlace } from "#core/places/streets/nearest.ts";
import { partsOf } from "#core/places/streets/parts.ts";
import type { ArcCost, Seed } from "#core/places/streets/search.ts";

/** Whether no part of a way may lie in a cell of the event resolution. */
export type Avoid = (cell: H3Cell) => boolean;

/** Where one mode may go, less what is avoided. */
export interface Ground {
  readonly network: ReturnType<typeof modeNetwork>;
  /** Seconds of a whole segment; Infinity where the mode may not go or its line meets an avoided cell. */
  readonly arcCost: ArcCost;
  readonly isOpen: (stretch: Stretch) => boolean;
}

/** What a mode makes of the streets and the cells of a segment are worked out once, when they are first asked for. */
export function createGrounds(graph: StreetGraph, speeds: StreetSpeeds) {
  const walk = createCellWalk();
  const wholeCells = onceBy((segment: number): readonly H3Cell[] =>
    walk(lineOfStretch(graph, { segment, start: 0, end: graph.metres[segment] ?? 0 })),
  );
  const cellsOf = (stretch: Stretch): readonly H3Cell[] => {
    const { segment, start, end } = stretch;
    if (Math.abs(end - start) !== graph.metres[segment]) return walk(lineOfStretch(graph, stretch));
    return start > end ? wholeCells(segment).toReversed() : wholeCells(segment);
  };
  const networkOf = onceBy((mode: StreetMode) => modeNetwork(graph, speeds, mode));
  return {
    /** The cells that a stretch has ground in common with, in its order. */
    cellsOf,
    of: (mode: StreetMode, avoid?: Avoid): Ground => {
      const network = networkOf(mode);
      const { seconds } = network;
      const free: ArcCost = (arc) => seconds[arc] as number;
      if (!avoid) return { network, arcCost: free, isOpen: () => true };
      // Memo by segment: 1 open, 2 closed.
      const judged = new Uint8Array(graph.segmentCount);
      const isClosed = (segment: number) => {
        if (judged[segment] === 0) judged[segment] = wholeCells(segment).some(avoid) ? 2 : 1;
        return judged[segment] === 2;
      };
      return {
        network,
        arcCost: (arc) => {
          const cost = free(arc);
          return cost < Infinity && isClosed(arc >> 1) ? Infinity : cost;
        },
        isOpen: (stretch) => !cellsOf(stretch).some(avoid),
      };
    },
  };
}

export function modeNetwork(graph: StreetGraph, speeds: StreetSpeeds, mode: StreetMode) {
  const { segmentCount, metres, classes, oneWay, from, to } = graph;
  const perClass = streetClasses.map((name) => speeds[mode][name] / 3.6);
  const seconds = new Float64Array(2 * segmentCount);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const speed = perClass[classes[segment] ?? 0] ?? 0;
    const cost = speed > 0 ? (metres[segment] ?? 0) / speed : Infinity;
    seconds[2 * segment] = cost;
    seconds[2 * segment + 1] = mode === "vehicle" && oneWay[segment] === 1 ? Infinity : cost;
  }
  const parts = partsOf(graph, (arc) => (seconds[arc] as number) < Infinity);
  const mayUse = (segment: number) => (seconds[2 * segment] as number) < Infinity;
  return {
    /** Of each arc; Infinity where the mode may not go. */
    seconds,
    parts,
    mayUse,
    isInLargest: (segment: number) =>
      mayUse(segment) &&
      parts.of[from[segment] as number] === parts.largest &&
      parts.of[to[segment] as number] === parts.largest,
    /** Metres a second. */
    fastest: Math.max(...perClass),
  };
}

/** A stop is on the streets that lead everywhere if they are so near, whatever lies nearer. */
const nearEnough = 200;
/** Further from any street nobody says where a way begins. */
export const furthestFromStreet = 1_000;

/**
 * Where a point gets onto the streets: the nearest place of the largest part that the mode can use, and of any part
 * where that is far.
 */
export function joinStreets(nearest: Nearest, { network, isOpen }: Ground, at: Position) {
  const isTaken = ({ segment, along }: StreetPlace) =>
    isOpen({ segment, start: along, end: along });
  return (
    nearest.placeAt(at, nearEnough, network.isInLargest, isTaken) ??
    nearest.placeAt(at, furthestFromStreet, network.mayUse, isTaken)
  );
}

/** From a place both ways to the nodes of its segment, as far as they are open. */
export const waysFrom = (graph: StreetGraph, ground: Ground, place: StreetPlace) =>
  endsOf(graph, ground, place, true);

/** From the nodes of its segment to a place. */
export const waysTo = (graph: StreetGraph, ground: Ground, place: StreetPlace) =>
  endsOf(graph, ground, place, false);

/** Seconds along the segment that both places are on, without leaving it. */
export function directSeconds(
  graph: StreetGraph,
  ground: Ground,
  from: StreetPlace,
  to: StreetPlace,
): number {
  if (from.segment !== to.segment) return Infinity;
  const arc = 2 * from.segment + Number(from.along > to.along);
  return secondsAlong(graph, ground, arc, from.along, to.along);
}

function endsOf(
  graph: StreetGraph,
  ground: Ground,
  { segment, along }: StreetPlace,
  isLeaving: boolean,
): Seed[] {
  const whole = graph.metres[segment] ?? 0;
  const seeds: Seed[] = [
    { end: 0, node: graph.from[segment] ?? 0, arc: 2 * segment + Number(isLeaving) },
    { end: whole, node: graph.to[segment] ?? 0, arc: 2 * segment + Number(!isLeaving) },
  ].map(({ end, node, arc }) => ({
    node,
    arc,
    cost: secondsAlong(graph, ground, arc, along, end),
  }));
  return seeds.filter(({ cost }) => cost < Infinity);
}

/** A place on a node may be left against the direction of a one-way street: nothing of that is gone. */
function secondsAlong(graph: StreetGraph, ground: Ground, arc: number, start: number, end: number) {
  if (Math.abs(end - start) < onNode) return 0;
  const segment = arc >> 1;
  const share = Math.abs(end - start) / (graph.metres[segment] ?? 0);
  const seconds = (ground.network.seconds[arc] as number) * share;
  return seconds < Infinity && ground.isOpen({ segment, start, end }) ? seconds : Infinity;
}

/** Metres: a place that was reckoned along its segment lies on a node to within rounding. */
const onNode = 0.01;
