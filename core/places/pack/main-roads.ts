import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { longestWay } from "#core/places/pack/longest-way.ts";
import { type StreetGraph, segmentClass, segmentName } from "#core/places/streets/graph.ts";
import type { StreetClass } from "#core/places/streets/line.ts";
import { segmentMiddle } from "#core/places/streets/segment-names.ts";
import { compareText } from "#core/text/text-order.ts";

/** One stretch of a main road; a road may come in several. */
export interface RoadPiece {
  readonly name: string;
  readonly line: readonly (readonly [number, number])[];
}

export interface MainRoads {
  /** Those of the main class first, then the longest. */
  readonly names: readonly string[];
  readonly pieces: readonly RoadPiece[];
  /** Segments of the graph that have one of the names, by name. */
  readonly segments: ReadonlyMap<string, readonly number[]>;
}

/** So much of a road must run through the command. */
const leastMetres = 400;
const mostRoads = 40;
/** Where no class says which are main roads. */
const mostLongest = 6;
/** A shorter stretch beside the others of its road is a slip road or one side of a crossing. */
const leastPieceMetres = 120;
/** The two sides of a road lie nearer to one another than this. */
const sidesApartMetres = 45;

/**
 * The roads that a command is spoken of by: named streets of the main class, then of the next, where the high streets of a
 * town are; without either the longest named ones. Each is drawn by
 * the longest way along each part of it that hangs together; the other side of a dual carriageway is left out.
 *
 * @param inside resolution-10 cells of the command: they choose the roads
 * @param around those cells and what lies about them: roads are drawn there
 */
export function mainRoads(
  graph: StreetGraph,
  inside: ReadonlyMap<H3Cell, unknown>,
  around: ReadonlySet<H3Cell>,
): MainRoads {
  const roads = measureRoads(graph, inside, around);
  const found = [...roads].map(([name, road]) => ({ name, ...road }));
  const wide = found.filter((road) => road.wide >= leastMetres);
  const isMain = (road: { readonly main: number }) => Number(road.main >= leastMetres);
  const chosen = (wide.length > 0 ? wide : found.filter(({ metres }) => metres >= leastMetres))
    .toSorted((a, b) => isMain(b) - isMain(a) || b.metres - a.metres || compareText(a.name, b.name))
    .slice(0, wide.length > 0 ? mostRoads : mostLongest);
  return {
    names: chosen.map(({ name }) => name),
    pieces: chosen.flatMap(({ name, segments }) => drawRoad(graph, name, segments)),
    segments: new Map(chosen.map(({ name, segments }) => [name, segments])),
  };
}

interface MeasuredRoad {
  /** Inside the command: in all, as a road of the main class, as one of that or the next. */
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
    if (inside.has(cell)) addMetres(road, kind, graph.metres[segment] ?? 0);
  }
  return roads;
}

function addMetres(road: MeasuredRoad, kind: StreetClass, metres: number): void {
  road.metres += metres;
  if (kind === "main") road.main += metres;
  if (kind !== "street") road.wide += metres;
}

const driven: ReadonlySet<StreetClass> = new Set(["main", "secondary", "street"]);

function drawRoad(graph: StreetGraph, name: string, segments: readonly number[]): RoadPiece[] {
  const ways = longestWay(graph, segments).toSorted((a, b) => b.metres - a.metres);
  const first = ways[0]?.line[0];
  if (!first) return [];
  const plane = createPlane(first);
  const kept: { line: readonly Position[]; flat: readonly PlanePoint[] }[] = [];
  for (const { line, metres } of ways) {
    if (kept.length > 0 && metres < leastPieceMetres) continue;
    const flat = line.map(plane.toPlane);
    if (!kept.some((other) => runsBeside(flat, other.flat))) kept.push({ line, flat });
  }
  return kept.map(({ line }) => ({ name, line: rounded(line) }));
}

/** Whether most points of a line lie along another. */
function runsBeside(line: readonly PlanePoint[], other: readonly PlanePoint[]): boolean {
  const near = line.filter((point) => locateOnLine(point, other).distance < sidesApartMetres);
  return near.length > 0.6 * line.length;
}

/** Five decimals, about a metre; points that fall together become one. */
function rounded(line: readonly Position[]): [number, number][] {
  const points: [number, number][] = [];
  for (const at of line) {
    const next = roundedPosition(at);
    const last = points.at(-1);
    if (last?.[0] !== next[0] || last[1] !== next[1]) points.push(next);
  }
  return points;
}

export function roundedPosition([lng, lat]: Position): [number, number] {
  return [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}
