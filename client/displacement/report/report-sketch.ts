import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { pathOf } from "#client/map/streets/PaperStreets.tsx";
import { cellRing, type H3Cell, outlineOf, type Position } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";

/** Ground on a flat sheet: millimetre-like units of a drawing, y down. */
export interface Sketch {
  readonly width: number;
  readonly height: number;
  readonly point: (at: Position) => readonly [number, number];
  /** A closed path around each ring. */
  readonly rings: (rings: readonly (readonly Position[])[]) => string;
  readonly line: (line: readonly Position[]) => string;
  readonly cells: (cells: readonly string[]) => string;
  readonly unitsPerMetre: number;
  /** Of all the ground in the drawing. */
  readonly bounds: Bounds;
}

export interface SketchSize {
  readonly width: number;
  readonly height: number;
  /** Left free around what is shown, in units. */
  readonly margin: number;
}

/** Everything of `shown` within a drawing of this size, north up, in true proportion. */
export function sketchOf(
  shown: readonly Position[],
  { width, height, margin }: SketchSize,
): Sketch | null {
  const [origin] = shown;
  if (!origin) return null;
  const plane = createPlane(origin);
  const flat = shown.map(plane.toPlane);
  const [west, east] = rangeOf(flat.map(([x]) => x));
  const [south, north] = rangeOf(flat.map(([, y]) => y));
  const unitsPerMetre = Math.min(
    (width - 2 * margin) / Math.max(1, east - west),
    (height - 2 * margin) / Math.max(1, north - south),
  );
  const middle = [(west + east) / 2, (south + north) / 2] as const;
  const point = (at: Position): readonly [number, number] => {
    const [x, y] = plane.toPlane(at);
    return [
      width / 2 + (x - middle[0]) * unitsPerMetre,
      height / 2 - (y - middle[1]) * unitsPerMetre,
    ];
  };
  const line = (positions: readonly Position[]) => pathOf(positions.map(point));
  const rings = (all: readonly (readonly Position[])[]) =>
    all.map((ring) => `${line(ring)}Z`).join("");
  return {
    width,
    height,
    point,
    line,
    rings,
    cells: (cells) => (cells.length === 0 ? "" : rings(outlineOf(cells as H3Cell[]).flat())),
    unitsPerMetre,
    bounds: boundsOf(
      [-1, 1].map((side) =>
        plane.toPosition([
          middle[0] + (side * width) / 2 / unitsPerMetre,
          middle[1] + (side * height) / 2 / unitsPerMetre,
        ]),
      ),
    ) ?? [0, 0, 0, 0],
  };
}

/** Tenths of a millimetre: what two maps beside each other have of a sheet, and how high they may be. */
const widthOfBoth = 1_850;
const mostHeight = 1_300;

/** Sizes for two drawings beside each other, of one height, in the shapes of what they show: no empty bands. */
export function sizesBeside(
  first: readonly Position[],
  second: readonly Position[],
): readonly [width: number, width: number, height: number] {
  const [a, b] = [shapeOf(first), shapeOf(second)];
  const height = Math.min(mostHeight, Math.round(widthOfBoth / (a + b)));
  const width = Math.round((widthOfBoth * a) / (a + b));
  return [width, widthOfBoth - width, height];
}

/** Width by height on the ground, neither a strip nor a column. */
function shapeOf(shown: readonly Position[]): number {
  const [origin] = shown;
  if (!origin) return 1;
  const flat = shown.map(createPlane(origin).toPlane);
  const [west, east] = rangeOf(flat.map(([x]) => x));
  const [south, north] = rangeOf(flat.map(([, y]) => y));
  return Math.min(1.7, Math.max(0.6, (east - west) / Math.max(1, north - south)));
}

/** Corners of cells, for what a sketch has to hold. */
export function cornersOf(cells: readonly string[]): readonly Position[] {
  return cells.flatMap((cell) => cellRing(cell as H3Cell));
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
    [Infinity, -Infinity] as readonly [number, number],
  );
}

export interface NamedPlace {
  readonly name: string;
  readonly at: readonly [number, number];
}

/** Roads that run through the drawing, in any number of pieces; the longest have their name at their middle. */
export function roadsOn(
  sketch: Sketch,
  roads: readonly { readonly name: string; readonly line: readonly Position[] }[],
  mostNames: number,
): { readonly paths: readonly string[]; readonly names: readonly NamedPlace[] } {
  const isOn = (at: Position) => {
    const [x, y] = sketch.point(at);
    return x > 20 && y > 20 && x < sketch.width - 20 && y < sketch.height - 20;
  };
  const seen = roads.filter(({ line }) => line.some(isOn));
  // For a name to stand whole, and clear of the arrow at the upper right.
  const hasRoom = ([x, y]: readonly [number, number]) =>
    x > 80 &&
    y > 30 &&
    x < sketch.width - 80 &&
    y < sketch.height - 40 &&
    (x < sketch.width - 130 || y > 90);
  const points = new Map<string, (readonly [number, number])[]>();
  for (const { name, line } of seen) {
    points.set(name, [...(points.get(name) ?? []), ...line.map(sketch.point).filter(hasRoom)]);
  }
  const names = [...points]
    .filter(([, all]) => all.length > 0)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([name, all]) => ({ name, at: middlePoint(all) }));
  return {
    paths: seen.map(({ line }) => sketch.line(line)),
    names: apart(names).slice(0, mostNames),
  };
}

/** The point of a road that is nearest to the mean of all. */
function middlePoint(points: readonly (readonly [number, number])[]): readonly [number, number] {
  const mean = (axis: 0 | 1) => points.reduce((all, at) => all + at[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const distance = (at: readonly [number, number]) => Math.hypot(at[0] - x, at[1] - y);
  return points.reduce((best, at) => (distance(at) < distance(best) ? at : best), [
    Infinity,
    0,
  ] as const);
}

/** None over another: a name is some 150 units long and 30 high. */
function apart(names: readonly NamedPlace[]): readonly NamedPlace[] {
  const kept: NamedPlace[] = [];
  for (const one of names) {
    const isFree = kept.every(
      ({ at }) => Math.abs(at[0] - one.at[0]) > 170 || Math.abs(at[1] - one.at[1]) > 32,
    );
    if (isFree) kept.push(one);
  }
  return kept;
}
