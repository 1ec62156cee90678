import { boundsOfPolygons } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { type EdgeLine, nearestLines } from "#core/places/nearest-edge.ts";
import type { Area } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

type Pair = readonly [Position, Position];

const furthestMetres = 100;

export interface DerivedEdges {
  readonly edges: readonly EdgeLine[];
  /** Segments that no neighbour is near: a coast, or a neighbour that is missing. They are in no edge. */
  readonly alone: readonly Pair[];
  /** Segments that lie in an edge though no neighbour has them: a gap, or another drawing of the line. */
  readonly apart: readonly Pair[];
}

/**
 * The command's border by neighbour. Boroughs of one source share their vertices, so a segment that
 * occurs in two of them is their border; what is left of the command's line belongs to the nearest
 * district outside London. Two boroughs of the command meet at an edge named after both. Throws where
 * no neighbour is near.
 */
export function deriveEdges(areas: readonly Area[]): EdgeLine[] {
  const { edges, alone } = deriveFoundEdges(areas);
  const [missing] = alone;
  if (missing === undefined) return [...edges];
  const [[x, y]] = missing;
  throw new RangeError(`No neighbour within ${furthestMetres} m of the border at ${x}, ${y}`);
}

/** The same of a command that may lie by the sea: what has no neighbour is left out, and told. */
export function deriveFoundEdges(areas: readonly Area[]): DerivedEdges {
  const command = areas.filter((area) => area.inCommand);
  const others = areas.filter((area) => !area.inCommand);
  const plane = createPlane(middleOf(command));
  const rings = others.map(({ polygons }) =>
    polygons.flat().map((ring) => ring.map(plane.toPlane)),
  );
  const nearest = nearestLines(rings);
  const found = new Map<string, Pair[]>();
  const alone: Pair[] = [];
  const apart: Pair[] = [];
  const add = (name: string, segment: Pair) => {
    const held = found.get(name);
    if (held) held.push(segment);
    else found.set(name, [segment]);
  };
  const addToNeighbour = (segment: Pair, key: string) => {
    const exact = others.find((other) => hasSegment(other, key));
    if (exact) {
      add(exact.name, segment);
      return;
    }
    const [[ax, ay], [bx, by]] = segment;
    const near = others[nearest(plane.toPlane([(ax + bx) / 2, (ay + by) / 2]), furthestMetres)];
    (near ? apart : alone).push(segment);
    if (near) add(near.name, segment);
  };
  const seen = new Set<string>();
  for (const area of command) {
    for (const segment of segmentsOf(area)) {
      const key = keyOf(segment);
      if (seen.has(key)) continue;
      seen.add(key);
      const partner = command.find((other) => other !== area && hasSegment(other, key));
      if (partner) add([area.name, partner.name].sort(compareText).join("-"), segment);
      else addToNeighbour(segment, key);
    }
  }
  const edges = [...found]
    .map(([neighbour, segments]) => ({ neighbour, lines: chain(segments) }))
    .sort((a, b) => compareText(a.neighbour, b.neighbour));
  return { edges, alone, apart };
}

/** Of the bounds: a distance in the plane around it is right to 0.1 % within 25 km. */
function middleOf(areas: readonly Area[]): Position {
  const { west, south, east, north } = boundsOfPolygons(areas.flatMap((area) => area.polygons));
  return [(west + east) / 2, (south + north) / 2];
}

const segmentCache = new WeakMap<Area, ReadonlySet<string>>();

function hasSegment(area: Area, key: string): boolean {
  const known = segmentCache.get(area) ?? new Set(segmentsOf(area).map(keyOf));
  segmentCache.set(area, known);
  return known.has(key);
}

function segmentsOf(area: Area): Pair[] {
  return area.polygons
    .flat()
    .flatMap((ring) => ring.slice(1).map((to, index): Pair => [ring[index] ?? to, to]));
}

function keyOf([a, b]: Pair): string {
  return [a.join(), b.join()].sort(compareText).join(" ");
}

/** Joins segments that follow one another; a ring's wrap-around is joined too. */
function chain(segments: readonly Pair[]): Position[][] {
  const lines: Position[][] = [];
  for (const [from, to] of segments) {
    const line = lines.at(-1);
    if (line?.at(-1)?.join() === from.join()) line.push(to);
    else lines.push([from, to]);
  }
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Position[];
    const follower = lines.findIndex(
      (other, at) => at !== index && other[0]?.join() === line.at(-1)?.join(),
    );
    if (follower >= 0) {
      line.push(...(lines[follower] as Position[]).slice(1));
      lines.splice(follower, 1);
      index = -1;
    }
  }
  return lines;
}
