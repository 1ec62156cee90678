import {
  cellAt,
  eventResolution,
  type H3Cell,
  type Position,
  roundedPosition,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import { firstOfEach } from "#core/group-by.ts";
import { onceBy } from "#core/once-for.ts";
import {
  type StreetGraph,
  segmentClass,
  segmentLine,
  segmentName,
  segmentsByName,
} from "#core/places/streets/graph.ts";
import { type StreetClass, streetClasses, toDegrees } from "#core/places/streets/line.ts";
import { createSearch } from "#core/places/streets/search.ts";
import { segmentMiddle, segmentsAt } from "#core/places/streets/segment-names.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

const leastMetres = 400;
const mostRoads = 40;
/** Used where no class marks main roads. */
const mostLongest = 6;
/** A shorter piece beside its road's others is a slip road or one side of a crossing. */
const leastPieceMetres = 120;
/** Largest distance between the two sides of a road. */
const sidesApartMetres = 45;

/**
 * The roads that a command is spoken of by: named streets of the main class, then of the next, where the high streets of a
 * town are; without either the longest named ones. Each is drawn by
 * the longest way along each part of it that hangs together; the other side of a dual carriageway is left out. Those of the
 * main class come first, then the longest.
 *
 * @param inside resolution-10 cells of the command: they choose the roads
 * @param around those cells and what lies about them: roads are drawn there
 */
export function mainRoads(
  graph: StreetGraph,
  inside: ReadonlyMap<H3Cell, unknown>,
  around: ReadonlySet<H3Cell>,
) {
  const roads = measureRoads(graph, inside, around);
  const found = [...roads].map(([name, road]) => ({ name, ...road }));
  const wide = found.filter((road) => road.wide >= leastMetres);
  const isMain = (road: { readonly main: number }) => Number(road.main >= leastMetres);
  const chosen = (wide.length > 0 ? wide : found.filter(({ metres }) => metres >= leastMetres))
    .toSorted((a, b) => isMain(b) - isMain(a) || b.metres - a.metres || compareText(a.name, b.name))
    .slice(0, wide.length > 0 ? mostRoads : mostLongest);
  return {
    names: chosen.map(({ name }) => name),
    // A road may have several pieces.
    pieces: chosen.flatMap(({ name, segments }) => drawRoad(graph, name, segments)),
    segments: new Map(chosen.map(({ name, segments }) => [name, segments])),
  };
}

interface MeasuredRoad {
  /** Inside the command: in total, in the main class, and in that or the next. */
  metres: number;
  main: number;
  wide: number;
  readonly segments: number[];
}

function measureRoads(
  graph: StreetGraph,
  inside: ReadonlyMap<H3Cell, unknown>,
  around: ReadonlySet<H3Cell>,
): ReadonlyMap<string, MeasuredRoad> {
  const roads = new Map<string, MeasuredRoad>();
  for (let segment = 0; segment < graph.segmentCount; segment += 1) {
    const name = segmentName(graph, segment);
    const kind = segmentClass(graph, segment);
    if (name === null || !driven.has(kind)) continue;
    const cell = cellAt(segmentMiddle(graph, segment), eventResolution);
    if (!around.has(cell)) continue;
    const road = roads.get(name) ?? { metres: 0, main: 0, wide: 0, segments: [] };
    roads.set(name, road);
    road.segments.push(segment);
    const metres = inside.has(cell) ? (graph.metres[segment] ?? 0) : 0;
    road.metres += metres;
    if (kind === "main") road.main += metres;
    if (kind !== "street") road.wide += metres;
  }
  return roads;
}

const driven: ReadonlySet<StreetClass> = new Set(["main", "secondary", "street"]);

function drawRoad(graph: StreetGraph, name: string, segments: readonly number[]) {
  const ways = longestWay(graph, segments).toSorted((a, b) => b.metres - a.metres);
  const first = ways[0]?.line[0];
  if (!first) return [];
  const plane = createPlane(first);
  const pieces = ways
    .filter(({ metres }, at) => at === 0 || metres >= leastPieceMetres)
    .map(({ line }) => ({ line, flat: line.map(plane.toPlane) }));
  const kept = firstOfEach(pieces, (other, { flat }) => runsBeside(flat, other.flat));
  return kept.map(({ line }) => ({ name, line: rounded(line) }));
}

function runsBeside(line: readonly PlanePoint[], other: readonly PlanePoint[]): boolean {
  const near = line.filter((point) => locateOnLine(point, other).distance < sidesApartMetres);
  return near.length > 0.6 * line.length;
}

function rounded(line: readonly Position[]): [number, number][] {
  const points: [number, number][] = [];
  for (const at of line) {
    const next = roundedPosition(at);
    const last = points.at(-1);
    if (last?.[0] !== next[0] || last[1] !== next[1]) points.push(next);
  }
  return points;
}

interface Way {
  readonly line: readonly Position[];
  readonly metres: number;
}

/**
 * For each connected part of some segments, the shortest path between two distant ends: from any
 * node to the furthest, and from there to the furthest again. In a tree this is the longest path,
 * otherwise a long one.
 */
function longestWay(graph: StreetGraph, segments: readonly number[]): Way[] {
  const own = new Set(segments);
  const left = new Set(segments.flatMap((segment) => [graph.from[segment], graph.to[segment]]));
  const search = createSearch(graph);
  const costOf = (arc: number) => (own.has(arc >> 1) ? (graph.metres[arc >> 1] ?? 0) : Infinity);
  const furthestFrom = (start: number, onNode: (node: number) => void = () => undefined) => {
    let best = { node: start, metres: -1 };
    search.run([{ node: start, cost: 0, arc: -1 }], costOf, (node, metres) => {
      onNode(node);
      if (metres > best.metres) best = { node, metres };
      return false;
    });
    return best;
  };
  const ways: Way[] = [];
  for (const node of left) {
    const end = furthestFrom(node ?? 0, (reached) => left.delete(reached));
    const { node: other, metres } = furthestFrom(end.node);
    const line = lineBack(graph, search.arcsTo(other).slice(1));
    if (line.length > 1) ways.push({ line, metres });
  }
  return ways;
}

/** From the end of the last arc to the beginning of the first. */
function lineBack(graph: StreetGraph, arcs: readonly number[]): readonly Position[] {
  return arcs.toReversed().flatMap((arc, index) => {
    const points = segmentLine(graph, arc >> 1);
    const back = (arc & 1) === 0 ? points.reverse() : points;
    return index === 0 ? back : back.slice(1);
  });
}

/** One name a stretch is enough. */
const apartMetres = 80;

/**
 * Where named streets meet a main road: among those within 80 m of one another the widest street,
 * of equal widths the longer. Each street once per road.
 */
export function cornersOf(
  graph: StreetGraph,
  { segments }: Pick<ReturnType<typeof mainRoads>, "segments">,
  around: ReadonlySet<H3Cell>,
): Gazetteer["corners"] {
  const longest = onceBy((name: string) =>
    (segmentsByName(graph).get(name) ?? []).reduce((sum, one) => sum + (graph.metres[one] ?? 0), 0),
  );
  return [...segments].flatMap(([road, own]) => {
    const meeting = new Set(own.flatMap((one) => [graph.from[one] ?? 0, graph.to[one] ?? 0]));
    const found = [...meeting].flatMap((node) => streetsAt(graph, node, road));
    const inReach = found.filter(({ at }) => around.has(cellAt(at, eventResolution)));
    const best = inReach.toSorted(
      (a, b) => a.rank - b.rank || longest(b.name) - longest(a.name) || compareText(a.name, b.name),
    );
    return keepApart(best)
      .map(({ name, at }) => ({ road, name, at }))
      .sort((a, b) => a.at[1] - b.at[1] || a.at[0] - b.at[0]);
  });
}

interface Meeting {
  readonly name: string;
  /** Rank of its class, the widest first. */
  readonly rank: number;
  readonly at: [number, number];
}

function streetsAt(graph: StreetGraph, node: number, road: string): Meeting[] {
  const at = roundedPosition([
    toDegrees(graph.nodeX[node] ?? 0),
    toDegrees(graph.nodeY[node] ?? 0),
  ]);
  return segmentsAt(graph, node).flatMap((segment) => {
    const name = segmentName(graph, segment);
    const kind = segmentClass(graph, segment);
    if (name === null || name === road || !driven.has(kind)) return [];
    return [{ name, rank: streetClasses.indexOf(kind), at }];
  });
}

function keepApart(corners: readonly Meeting[]): Meeting[] {
  const first = corners[0];
  if (!first) return [];
  const plane = createPlane(first.at);
  const placed = corners.map((corner) => ({ ...corner, point: plane.toPlane(corner.at) }));
  return firstOfEach(
    placed,
    (other, { name, point }) =>
      other.name === name || planeDistance(other.point, point) < apartMetres,
  );
}
