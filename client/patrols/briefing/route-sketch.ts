import { discsAlong, furnitureDiscs, placeLabels } from "#client/map/sketch-labels.ts";
import {
  clipLine,
  type SketchPoint,
  type SketchView,
  sketchView,
} from "#client/map/sketch-view.ts";
import type { PaperGround } from "#client/map/streets/paper-ground.ts";
import { namesInView } from "#client/patrols/briefing/sketch-names.ts";
import type { StopToFind } from "#client/patrols/briefing/stop-finding.ts";
import { stopsOnWay } from "#client/patrols/stops-on-way.ts";
import type { ScaleBar } from "#client/ui/picture/scale.ts";
import {
  cellAt,
  cellRing,
  eventResolution,
  type H3Cell,
  outlineOf,
  type Position,
} from "#core/geo/cell.ts";
import { routeCells } from "#core/patrols/ground/leg.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

/**
 * A line map for paper: sharp, and readable in black and white. In tenths of a millimetre, as
 * browsers space text of two units unevenly. It shows only the permitted route and what the bundled
 * places know of the ground around it (SAFEGUARDS 6): the frame follows from the route alone.
 */
export type RouteSketch = ReturnType<typeof sketchRoute>;

export interface SketchLeg {
  readonly line: readonly SketchPoint[];
  readonly middle: SketchPoint;
  readonly turn: number;
}

export interface SketchedWindow {
  readonly stops: readonly (StopToFind & { readonly cell: string })[];
  /** Absent without streets. */
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

function corridorOf({ stops, legs, route }: SketchedWindow): readonly (readonly Position[])[] {
  const entered = legs && route?.map((middle) => cellAt(middle, eventResolution));
  return outlineOf(entered ?? routeCells(stops.map((stop) => stop.cell as H3Cell))).flat();
}

/** On street tiles where available. */
export function sketchRoute(
  window: SketchedWindow,
  gazetteer: Gazetteer,
  size: Size,
  streets: PaperGround | null = null,
) {
  const { stops, legs: ways } = window;
  const cells = stops.map((stop) => stop.cell as H3Cell);
  const corridor = corridorOf(window);
  const view = frameRoute(window, size);
  const drawnStops = stopsOnWay(window).map(({ at, wayEnd }, index) => ({
    order: stops[index]?.order ?? index + 1,
    at: view.toPoint(at),
    /** End of a way that does not reach the stop's cell; else null. */
    wayEnd: wayEnd && view.toPoint(wayEnd),
  }));
  const legs = (ways ?? []).flatMap(({ line }) =>
    line ? [alongLine(line.map(view.toPoint))] : [],
  );
  const roads = gazetteer.roads
    .map(({ name, line }) => ({ name, parts: clipLine(line.map(view.toPoint), size) }))
    .filter(({ parts }) => parts.length > 0);
  const stations = gazetteer.stations.map(({ at }) => view.toPoint(at)).filter(isOn(size));
  const scaleBar = barFor(view);
  const taken = [
    ...drawnStops.map(({ at }) => ({ at, radius: stopRadius + 4 })),
    ...legs.flatMap(({ line, middle }) => [...discsAlong(line), { at: middle, radius: 12 }]),
    ...furnitureDiscs(size, scaleBar.length),
  ];
  return {
    view,
    roads: streets ? [] : roads,
    stations,
    corridor: corridor.map((ring) => ring.map(view.toPoint)),
    /** Around each stop's own cell. */
    grounds: cells.map((cell) => cellRing(cell).map(view.toPoint)),
    /** Ways by street where known; otherwise the numbers give the order. */
    legs,
    stops: drawnStops,
    labels: placeLabels(namesInView({ gazetteer, roads, streets, view, stops }), taken, size),
    scaleBar,
  };
}

/** With its arrow half way. */
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
        line,
        middle: [from[0] + share * x, from[1] + share * y],
        turn: (Math.atan2(y, x) * 180) / Math.PI,
      };
    }
    left -= length;
  }
  return { line, middle: first, turn: 0 };
}

/** A round length, about a thumb's width. */
function barFor({ scale }: SketchView): ScaleBar {
  const metres = [50, 100, 200, 500].find((each) => each * scale >= 130) ?? 1000;
  return { metres, length: metres * scale };
}

export function isOn({ width, height }: { readonly width: number; readonly height: number }) {
  return ([x, y]: SketchPoint) => x >= 0 && x <= width && y >= 0 && y <= height;
}
