import { cellAt, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import { type MainRoads, roundedPosition } from "#core/places/pack/main-roads.ts";
import { type StreetGraph, segmentClass, segmentName } from "#core/places/streets/graph.ts";
import { type StreetClass, streetClasses, toDegrees } from "#core/places/streets/line.ts";
import { segmentsAt } from "#core/places/streets/segment-names.ts";
import { compareText } from "#core/text/text-order.ts";

export interface Corner {
  readonly road: string;
  readonly name: string;
  readonly at: [number, number];
}

/** One name a stretch is enough. */
const apartMetres = 80;
const named: ReadonlySet<StreetClass> = new Set(["main", "secondary", "street"]);

/**
 * Where named streets meet a main road: of those within 80 m of one another the widest street, of two of one width the
 * longer. Each street once for each road.
 */
export function cornersOf(
  graph: StreetGraph,
  { segments }: Pick<MainRoads, "segments">,
  around: ReadonlySet<H3Cell>,
): Corner[] {
  const lengths = lengthsByName(graph);
  return [...segments].flatMap(([road, own]) => {
    const meeting = new Set(own.flatMap((one) => [graph.from[one] ?? 0, graph.to[one] ?? 0]));
    const found = [...meeting].flatMap((node) => streetsAt(graph, node, road));
    const inReach = found.filter(({ at }) => around.has(cellAt(at, eventResolution)));
    const longest = (name: string) => lengths.get(name) ?? 0;
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
  /** Place of its class among all, the widest first. */
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
    if (name === null || name === road || !named.has(kind)) return [];
    return [{ name, rank: streetClasses.indexOf(kind), at }];
  });
}

function keepApart(corners: readonly Meeting[]): Meeting[] {
  const first = corners[0];
  if (!first) return [];
  const plane = createPlane(first.at);
  const kept: { readonly corner: Meeting; readonly point: PlanePoint }[] = [];
  for (const corner of corners) {
    const point = plane.toPlane(corner.at);
    const isTaken = kept.some(
      (other) =>
        other.corner.name === corner.name || planeDistance(other.point, point) < apartMetres,
    );
    if (!isTaken) kept.push({ corner, point });
  }
  return kept.map(({ corner }) => corner);
}

function lengthsByName(graph: StreetGraph): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  for (let segment = 0; segment < graph.segmentCount; segment += 1) {
    const name = segmentName(graph, segment);
    if (name !== null) lengths.set(name, (lengths.get(name) ?? 0) + (graph.metres[segment] ?? 0));
  }
  return lengths;
}
