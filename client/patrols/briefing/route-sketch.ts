import { roadsBeyond } from "#client/map/place-features.ts";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import {
  type Disc,
  type LabelWish,
  placeLabels,
  type SketchLabel,
  spotsAlong,
  spotsBeside,
} from "#client/patrols/briefing/sketch-labels.ts";
import {
  clipLine,
  type SketchPoint,
  type SketchView,
  sketchView,
} from "#client/patrols/briefing/sketch-view.ts";
import {
  cellAt,
  cellRing,
  eventResolution,
  type H3Cell,
  outlineOf,
  type Position,
} from "#core/geo/cell.ts";
import { routeCells } from "#core/patrols/route.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

/**
 * A map for paper, drawn in lines: it stays sharp and reads in black and white. In tenths of a
 * millimetre, as browsers set letters of two units unevenly. It holds the permitted route and what
 * the bundled places know of the ground around it, and nothing of what is not permitted
 * (SAFEGUARDS 6): the frame follows from the route alone.
 */
export interface RouteSketch {
  readonly view: SketchView;
  /** What the built-in map has of roads, where tiles do not have all streets. */
  readonly roads: readonly { readonly name: string; readonly parts: readonly SketchPoint[][] }[];
  readonly stations: readonly SketchPoint[];
  /** Around the cells of the stops and of the legs between them. */
  readonly corridor: readonly (readonly SketchPoint[])[];
  /** Around each stop's own cell. */
  readonly grounds: readonly (readonly SketchPoint[])[];
  /** From stop to stop in the order of the walk, cut short of the numbers. */
  readonly legs: readonly SketchLeg[];
  readonly stops: readonly { readonly order: number; readonly at: SketchPoint }[];
  readonly labels: readonly SketchLabel[];
  readonly scaleBar: { readonly metres: number; readonly length: number };
}

export interface SketchLeg {
  readonly from: SketchPoint;
  readonly to: SketchPoint;
  /** By street; null straight from number to number, which is the order and not the way. */
  readonly line: readonly SketchPoint[] | null;
  /** Of the arrow at its middle. */
  readonly middle: SketchPoint;
  readonly turn: number;
}

export interface SketchedWindow {
  readonly stops: readonly {
    readonly order: number;
    readonly centre: Position;
    readonly cell: string;
  }[];
  /** Left out without streets. */
  readonly legs?: readonly { readonly line: readonly Position[] | null }[] | undefined;
  /** Middles of all cells that the route enters. */
  readonly route?: readonly Position[];
}

const marginM = 70;
const leastM = 480;
/** A larger map shows more ground and its names, not larger hexagons: 100 m are at most 19 mm. */
const mostUnitsPerMetre = 1.9;
export const stopRadius = 22;

type Size = Pick<SketchView, "width" | "height">;

/** The frame follows from the route alone. */
export function frameRoute(window: SketchedWindow, size: Size): SketchView {
  return sketchView(corridorOf(window).flat(), size, {
    marginM,
    leastM: Math.max(leastM, size.height / mostUnitsPerMetre),
  });
}

/** Around every cell that the route enters. */
function corridorOf({ stops, legs, route }: SketchedWindow): readonly (readonly Position[])[] {
  const entered = legs && route?.map((middle) => cellAt(middle, eventResolution));
  return outlineOf(entered ?? routeCells(stops.map((stop) => stop.cell as H3Cell))).flat();
}

/** On the streets of tiles where there are some. */
export function sketchRoute(
  window: SketchedWindow,
  gazetteer: Gazetteer,
  size: Size,
  streets: PaperGround | null = null,
): RouteSketch {
  const { stops, legs: ways } = window;
  const cells = stops.map((stop) => stop.cell as H3Cell);
  const corridor = corridorOf(window);
  const view = frameRoute(window, size);
  const drawnStops = stops.map(({ order, centre }) => ({ order, at: view.toPoint(centre) }));
  const legs = legsBetween(
    drawnStops.map(({ at }) => at),
    ways?.map(({ line }) => line?.map(view.toPoint) ?? null) ?? [],
  );
  const partsOf = (all: Gazetteer["roads"]) =>
    all
      .map(({ name, line }) => ({ name, parts: clipLine(line.map(view.toPoint), size) }))
      .filter(({ parts }) => parts.length > 0);
  const roads = partsOf(gazetteer.roads);
  const stations = gazetteer.stations.map(({ at }) => view.toPoint(at)).filter(isOn(size));
  const scaleBar = barFor(view);
  const taken = [
    ...drawnStops.map(({ at }) => ({ at, radius: stopRadius + 4 })),
    ...legs.map(({ middle }) => ({ at: middle, radius: 12 })),
    ...furniture(size, scaleBar.length),
  ];
  const named = streets ? namedStreets(streets, view) : [];
  return {
    view,
    roads: streets ? partsOf([...roadsBeyond(streets.covered, gazetteer.roads)]) : roads,
    stations,
    corridor: corridor.map((ring) => ring.map(view.toPoint)),
    grounds: cells.map((cell) => cellRing(cell).map(view.toPoint)),
    legs,
    stops: drawnStops,
    labels: placeLabels(
      namesInView({ gazetteer, roads, streets: named, view, stops: drawnStops }),
      taken,
      size,
    ),
    scaleBar,
  };
}

/** Along the street where its course is known; else straight from number to number: the order. */
function legsBetween(
  stops: readonly SketchPoint[],
  lines: readonly (readonly SketchPoint[] | null)[],
): readonly SketchLeg[] {
  return stops.slice(1).flatMap((end, index): SketchLeg[] => {
    const start = stops[index] ?? end;
    const line = lines[index];
    if (line) return [alongLine(line)];
    const [x, y] = [end[0] - start[0], end[1] - start[1]];
    const length = Math.hypot(x, y);
    // Two numbers that touch need no arrow.
    if (length < 3 * stopRadius) return [];
    const at = (distance: number): SketchPoint => [
      start[0] + (x * distance) / length,
      start[1] + (y * distance) / length,
    ];
    const turn = (Math.atan2(y, x) * 180) / Math.PI;
    const short = stopRadius + 6;
    return [{ from: at(short), to: at(length - short), line: null, middle: at(length / 2), turn }];
  });
}

/** The whole line, with its arrow half way. */
function alongLine(line: readonly SketchPoint[]): SketchLeg {
  const first = line[0] ?? [0, 0];
  const pieces = line.slice(1).map((to, at) => {
    const from = line[at] ?? to;
    return { from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
  });
  let left = pieces.reduce((all, { length }) => all + length, 0) / 2;
  for (const { from, to, length } of pieces) {
    if (left <= length && length > 0) {
      const share = left / length;
      const [x, y] = [to[0] - from[0], to[1] - from[1]];
      return {
        from: first,
        to: line.at(-1) ?? first,
        line,
        middle: [from[0] + share * x, from[1] + share * y],
        turn: (Math.atan2(y, x) * 180) / Math.PI,
      };
    }
    left -= length;
  }
  return { from: first, to: first, line, middle: first, turn: 0 };
}

/** A round length whose bar is easy to hold a thumb against. */
function barFor({ scale }: SketchView): RouteSketch["scaleBar"] {
  const metres = [50, 100, 200, 500].find((each) => each * scale >= 130) ?? 1000;
  return { metres, length: metres * scale };
}

/** The north arrow at the top right and the scale bar at the bottom right. */
function furniture(
  { width, height }: { readonly width: number; readonly height: number },
  barLength: number,
): readonly Disc[] {
  const steps = Math.ceil(barLength / 40);
  return [
    { at: [width - 40, 55], radius: 50 },
    ...Array.from({ length: steps + 1 }, (_, step) => ({
      at: [width - 20 - (step * barLength) / steps, height - 25] as const,
      radius: 30,
    })),
  ];
}

export function isOn({ width, height }: { readonly width: number; readonly height: number }) {
  return ([x, y]: SketchPoint) => x >= 0 && x <= width && y >= 0 && y <= height;
}

interface NamedParts {
  readonly name: string;
  readonly parts: readonly (readonly SketchPoint[])[];
}

interface NamedStreet extends NamedParts {
  readonly isMain: boolean;
}

/** Of tiles, which have a street in pieces. */
function namedStreets({ lines }: PaperGround, view: SketchView): readonly NamedStreet[] {
  const parts = lines.flatMap(({ name, kind, line }) => {
    if (name === null) return [];
    const clipped = clipLine(line.map(view.toPoint), view);
    return clipped.length === 0 ? [] : [{ name, parts: clipped, kind }];
  });
  const main = new Set(parts.filter(({ kind }) => mainKinds.has(kind)).map(({ name }) => name));
  return byName(parts).map((street) => ({ ...street, isMain: main.has(street.name) }));
}

const mainKinds = new Set(["motorway", "main", "secondary"]);

interface NamesInput {
  readonly gazetteer: Gazetteer;
  readonly roads: readonly NamedParts[];
  /** Empty where tiles have none with a name. */
  readonly streets: readonly NamedStreet[];
  readonly view: SketchView;
  readonly stops: readonly { readonly at: SketchPoint }[];
}

/**
 * Every name of the ground in view, in the order in which it gets room: main roads and stations by
 * which one finds the place, then corners and streets from the stops outwards, then what the
 * neighbourhood is called.
 */
function namesInView(input: NamesInput): readonly LabelWish[] {
  const { gazetteer, roads, streets: ways, view, stops } = input;
  const distance = (at: SketchPoint) =>
    Math.min(...stops.map((stop) => Math.hypot(stop.at[0] - at[0], stop.at[1] - at[1])));
  const points = (named: readonly { readonly name: string; readonly at: Position }[]) =>
    named
      .map(({ name, at }) => ({ name, at: view.toPoint(at) }))
      .filter(({ at: [x, y] }) => x >= 0 && x <= view.width && y >= 0 && y <= view.height)
      .sort((a, b) => distance(a.at) - distance(b.at));
  const marked = (kind: LabelWish["kind"], text: string, at: SketchPoint): LabelWish => ({
    text,
    kind,
    mark: at,
    spots: spotsBeside(at, text),
  });
  const along =
    (kind: LabelWish["kind"]) =>
    ({ name, parts }: NamedParts): LabelWish => ({
      text: name,
      kind,
      spots: spotsAlong(parts),
    });
  const nearest = ({ parts }: NamedParts) => Math.min(...parts.flat().map(distance));
  const near = [...ways].sort((a, b) => nearest(a) - nearest(b));
  // Where tiles name the streets, names run along them, and no dot has to say where one is.
  const roadNames = (ways.length > 0 ? near.filter(({ isMain }) => isMain) : byName(roads)).map(
    along("road"),
  );
  const stations = points(gazetteer.stations).map(({ name, at }): LabelWish => {
    const text = `${name} station`;
    return { text, kind: "station", spots: spotsBeside(at, text, 20) };
  });
  const dots = (kind: "street" | "corner", from: typeof gazetteer.streets) =>
    ways.length > 0 ? [] : points(from).map(({ name, at }) => marked(kind, name, at));
  const streets = [
    ...near.filter(({ isMain }) => !isMain).map(along("street")),
    ...dots("street", gazetteer.streets),
  ];
  const corners = dots("corner", gazetteer.corners);
  const neighbourhoods = points(gazetteer.neighbourhoods).map(
    ({ name, at }): LabelWish => ({
      text: name,
      kind: "place",
      spots: [{ at, turn: 0 }, ...spotsBeside(at, name, 8)],
    }),
  );
  const named = [...roadNames, ...stations, ...corners, ...streets, ...neighbourhoods];
  // A street is named once, where it is nearest: at its corner on the main road, else by its point.
  return named.filter(
    ({ text }, index) => named.findIndex((other) => other.text === text) === index,
  );
}

/** A road of several lines is named once. */
function byName(roads: readonly NamedParts[]): readonly NamedParts[] {
  const joined = new Map<string, (readonly SketchPoint[])[]>();
  for (const { name, parts } of roads) joined.set(name, [...(joined.get(name) ?? []), ...parts]);
  return [...joined].map(([name, parts]) => ({ name, parts }));
}
