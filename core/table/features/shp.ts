import type { Position } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { longestRecord, type Shape } from "#core/table/features/feature-layer.ts";
import { type Octets, takeOctets, viewOf } from "#core/table/features/octets.ts";

const fileCode = 9994;
/** With heights 10 more, with measures 20 more. */
const types: Readonly<Record<number, string>> = {
  0: "Null",
  1: "Point",
  3: "PolyLine",
  5: "Polygon",
  8: "MultiPoint",
};
const mostRings = 20_000;

export function readShpHead(octets: Uint8Array): { readonly type: string } {
  const view = viewOf(octets);
  const type = types[view.getInt32(32, true) % 10];
  if (view.getInt32(0) !== fileCode || type === undefined) throw new RangeError("No Shapefile");
  return { type };
}

/** The shape of the row of this number; null where it has none. */
export async function nextShape(octets: Octets, number: number): Promise<Shape | null> {
  const head = viewOf(await takeOctets(octets, 8));
  const length = head.getInt32(4) * 2;
  if (head.getInt32(0) !== number || length < 4 || length > longestRecord) {
    throw new RangeError("Not the next shape");
  }
  return readRecord(viewOf(await takeOctets(octets, length)));
}

function readRecord(view: DataView): Shape | null {
  const kind = types[view.getInt32(0, true) % 10];
  const pointAt = (at: number): Position => [
    view.getFloat64(at, true),
    view.getFloat64(at + 8, true),
  ];
  if (kind === "Null") return null;
  if (kind === "Point") return { type: "Point", coordinates: pointAt(4) };
  // Behind the bounding box.
  const first = view.getInt32(36, true);
  if (kind === "MultiPoint") {
    return { type: "MultiPoint", coordinates: pointsFrom(40, first) };
  }
  const total = view.getInt32(40, true);
  if (kind === undefined || first < 1 || first > mostRings) throw new RangeError("No such shape");
  const starts = Array.from({ length: first }, (_, part) => view.getInt32(44 + 4 * part, true));
  const lines = starts.map((start, part) => {
    const end = starts[part + 1] ?? total;
    if (start < 0 || end < start) throw new RangeError("Parts that overlap");
    return pointsFrom(44 + 4 * first + 16 * start, end - start);
  });
  return kind === "PolyLine"
    ? { type: "MultiLineString", coordinates: lines }
    : { type: "MultiPolygon", coordinates: polygonsOf(lines) };

  function pointsFrom(from: number, count: number): Position[] {
    if (from + 16 * count > view.byteLength) throw new RangeError("A shape that is cut off");
    return Array.from({ length: count }, (_, index) => pointAt(from + 16 * index));
  }
}

/** Outer rings run clockwise; a hole belongs to the outer ring around it, or stands alone where there is none. */
function polygonsOf(rings: readonly (readonly Position[])[]): (readonly Position[])[][] {
  const outer = rings.filter((ring) => isClockwise(ring)).map((ring) => [ring]);
  for (const hole of rings) {
    const [corner] = hole;
    if (isClockwise(hole) || corner === undefined) continue;
    const around = outer.find(([ring]) => ring !== undefined && isInsidePolygons(corner, [[ring]]));
    if (around) around.push(hole);
    else outer.push([hole]);
  }
  return outer;
}

function isClockwise(ring: readonly Position[]): boolean {
  let twice = 0;
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] as Position;
    twice += (nextX - x) * (nextY + y);
  });
  return twice > 0;
}
