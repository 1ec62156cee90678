import {
  byName,
  furnitureDiscs,
  placeLabels,
  type SketchLabel,
  spotsAlong,
} from "#client/map/sketch-labels.ts";
import { clipLine, type SketchPoint, type SketchView } from "#client/map/sketch-view.ts";
import { pathOf } from "#client/map/streets/PaperStreets.tsx";
import { type ScaleBar, scaleBar } from "#client/ui/picture/scale.ts";
import { cellRing, type H3Cell, outlineOf, type Position } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";

export function ringsOn({ toPoint }: SketchView, rings: readonly (readonly Position[])[]): string {
  return rings.map((ring) => `${pathOf(ring.map(toPoint))}Z`).join("");
}

export function cellsOn(view: SketchView, cells: readonly string[]): string {
  return cells.length === 0 ? "" : ringsOn(view, outlineOf(cells as H3Cell[]).flat());
}

/** A round length of a quarter of the drawing or less. */
export function barOn({ width, scale }: SketchView): ScaleBar {
  return scaleBar(1 / scale, width / 4) ?? { metres: 1, length: scale };
}

/** Tenths of a millimetre: the two maps together, and their greatest height. */
const widthOfBoth = 1_850;
const mostHeight = 1_300;

/** Two drawings of equal height, each in the shape of its content. */
export function sizesBeside(
  first: readonly Position[],
  second: readonly Position[],
): readonly [width: number, width: number, height: number] {
  const [a, b] = [shapeOf(first), shapeOf(second)];
  const height = Math.min(mostHeight, Math.round(widthOfBoth / (a + b)));
  const width = Math.round((widthOfBoth * a) / (a + b));
  return [width, widthOfBoth - width, height];
}

/** Width by height on the ground, within 0.6 to 1.7. */
function shapeOf(shown: readonly Position[]): number {
  const [origin] = shown;
  if (!origin) return 1;
  const flat = shown.map(createPlane(origin).toPlane);
  const [west, east] = rangeOf(flat.map(([x]) => x));
  const [south, north] = rangeOf(flat.map(([, y]) => y));
  return Math.min(1.7, Math.max(0.6, (east - west) / Math.max(1, north - south)));
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
    [Infinity, -Infinity] as readonly [number, number],
  );
}

/** Corners of cells, for what a drawing has to hold. */
export function cornersOf(cells: readonly string[]): readonly Position[] {
  return cells.flatMap((cell) => cellRing(cell as H3Cell));
}

interface Road {
  readonly name: string;
  readonly line: readonly Position[];
}

/** The stretches of roads that run through the drawing. */
export function roadsOn(view: SketchView, roads: readonly Road[]) {
  return roads
    .map(({ name, line }) => ({ name, parts: clipLine(line.map(view.toPoint), view) }))
    .filter(({ parts }) => parts.length > 0);
}

/** Names along roads, in any number of pieces: those of the longest that find room. */
export function roadNamesOn(
  view: SketchView,
  roads: readonly Road[],
  mostNames: number,
): readonly SketchLabel[] {
  const named = byName(roadsOn(view, roads)).toSorted(
    (a, b) => lengthOf(b.parts) - lengthOf(a.parts),
  );
  const candidates = named.map(({ name, parts }) => ({
    text: name,
    kind: "road" as const,
    spots: spotsAlong(parts, name),
  }));
  return placeLabels(candidates, furnitureDiscs(view, barOn(view).length), view).slice(
    0,
    mostNames,
  );
}

function lengthOf(parts: readonly (readonly SketchPoint[])[]): number {
  const stretches = parts.flatMap((part) =>
    part.slice(1).map(([x, y], at) => {
      const [fromX, fromY] = part[at] ?? [x, y];
      return Math.hypot(x - fromX, y - fromY);
    }),
  );
  return stretches.reduce((all, length) => all + length, 0);
}
