import {
  type Disc,
  type LabelWish,
  placeLabels,
  type SketchLabel,
  spotsAlong,
  spotsBeside,
} from "#client/plan/sketch-labels.ts";
import { clipLine, type SketchPoint, sketchView } from "#client/plan/sketch-view.ts";
import type { Position } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/wire/places.ts";

/**
 * A map for paper, drawn in lines: it stays sharp and reads in black and white. In tenths of a
 * millimetre, as browsers set letters of two units unevenly.
 */
export interface RouteSketch {
  readonly roads: readonly { readonly name: string; readonly parts: readonly SketchPoint[][] }[];
  readonly stations: readonly SketchPoint[];
  readonly route: readonly SketchPoint[];
  readonly stops: readonly { readonly order: number; readonly at: SketchPoint }[];
  readonly labels: readonly SketchLabel[];
  /** Length of the bar that stands for 100 m. */
  readonly hundredMetres: number;
}

export interface SketchedWindow {
  readonly stops: readonly { readonly order: number; readonly centre: Position }[];
  readonly route: readonly Position[];
}

const marginM = 110;
const leastM = 420;

export function sketchRoute(
  { stops, route }: SketchedWindow,
  gazetteer: Gazetteer,
  size: { readonly width: number; readonly height: number },
): RouteSketch {
  const view = sketchView([...route, ...stops.map((stop) => stop.centre)], size, {
    marginM,
    leastM,
  });
  const roads = gazetteer.roads
    .map(({ name, line }) => ({ name, parts: clipLine(line.map(view.toPoint), size) }))
    .filter(({ parts }) => parts.length > 0);
  const inView = ({ at }: { readonly at: Position }) => {
    const [x, y] = view.toPoint(at);
    return x >= 0 && x <= size.width && y >= 0 && y <= size.height;
  };
  const stations = gazetteer.stations.filter(inView);
  const drawnStops = stops.map(({ order, centre }) => ({ order, at: view.toPoint(centre) }));
  const wishes: LabelWish[] = [
    ...byName(roads).map(({ name, parts }) => ({
      text: name,
      kind: "road" as const,
      spots: spotsAlong(parts),
    })),
    ...stations.map(({ name, at }) => ({
      text: name,
      kind: "station" as const,
      spots: spotsBeside(view.toPoint(at), name),
    })),
    ...gazetteer.streets.filter(inView).map(({ name, at }) => ({
      text: name,
      kind: "street" as const,
      spots: [{ at: view.toPoint(at), turn: 0 }],
    })),
    ...gazetteer.neighbourhoods.filter(inView).map(({ name, at }) => ({
      text: name,
      kind: "place" as const,
      spots: [{ at: view.toPoint(at), turn: 0 }],
    })),
  ];
  const taken: Disc[] = [
    ...drawnStops.map(({ at }) => ({ at, radius: 26 })),
    ...stations.map(({ at }) => ({ at: view.toPoint(at), radius: 13 })),
    // The bar that shows 100 m.
    ...[40, 80, 120].map((left) => ({
      at: [size.width - left, size.height - 20] as const,
      radius: 30,
    })),
  ];
  return {
    roads,
    stations: stations.map(({ at }) => view.toPoint(at)),
    route: route.map(view.toPoint),
    stops: drawnStops,
    labels: placeLabels(wishes, taken, size),
    hundredMetres: 100 * view.scale,
  };
}

/** A road of several lines is named once. */
function byName(roads: RouteSketch["roads"]): RouteSketch["roads"] {
  const joined = new Map<string, SketchPoint[][]>();
  for (const { name, parts } of roads) joined.set(name, [...(joined.get(name) ?? []), ...parts]);
  return [...joined].map(([name, parts]) => ({ name, parts }));
}
