import type { Position } from "#core/geo/cell.ts";
import {
  type FileFeature,
  listOf,
  type Reference,
  readPosition,
} from "#core/places/layers/feature-file.ts";
import { FileFault } from "#core/table/file-fault.ts";

export type Polygons = readonly (readonly (readonly Position[])[])[];

/** The polygons of a feature in WGS84; whether their rings cross is the database's to say. */
export function readPolygons(
  { geometry }: Pick<FileFeature, "geometry">,
  reference: Reference,
  where: string,
): Polygons {
  if (geometry?.type === "Polygon") return [readPolygon(geometry.coordinates, reference, where)];
  if (geometry?.type === "MultiPolygon") {
    return listOf(geometry.coordinates, where).map((polygon) =>
      readPolygon(polygon, reference, where),
    );
  }
  throw new FileFault(
    `${where} is a ${geometry?.type ?? "feature without a shape"}, not a polygon`,
  );
}

function readPolygon(
  value: unknown,
  reference: Reference,
  where: string,
): readonly (readonly Position[])[] {
  return listOf(value, where).map((ring) => readRing(ring, reference, where));
}

function readRing(value: unknown, reference: Reference, where: string): readonly Position[] {
  const points = listOf(value, where);
  const ring = points.map((position) => readPosition(position, reference, where));
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) {
    throw new FileFault(`${where} has a ring of ${ring.length} points; a ring needs at least four`);
  }
  if (first[0] !== last[0] || first[1] !== last[1]) {
    throw new FileFault(
      `${where} has a ring that is not closed: it begins at ${written(first)} and ends at ${written(last)}`,
    );
  }
  return ring;
}

/** Five decimals are about a metre. */
function written([lng, lat]: Position): string {
  return `${Number(lng.toFixed(5))}, ${Number(lat.toFixed(5))}`;
}
