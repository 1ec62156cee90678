import type { Position } from "#core/geo/cell.ts";
import { isOnGrid, positionOfGrid } from "#core/geo/national-grid.ts";
import { failure, type Result, success } from "#core/result.ts";

/** Where events of this command may lie; what is outside is refused, not dropped in silence. */
export interface Region {
  /** For a message: "Enfield and Haringey". */
  readonly name: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Which of the two cells is wrong; both when each is fine alone. */
export interface PlaceFault {
  readonly at: "first" | "second" | "both";
  readonly reason: string;
}

/** Latitude and longitude as written. */
export function readDegrees(
  latitude: string,
  longitude: string,
  region: Region,
): Result<Position, PlaceFault> {
  const lat = readNumber(latitude);
  if (!lat.ok) return failure({ at: "first", reason: lat.reason });
  const lng = readNumber(longitude);
  if (!lng.ok) return failure({ at: "second", reason: lng.reason });
  if (isWithin(region, [lng.value, lat.value])) return success([lng.value, lat.value]);
  return failure(whyNotDegrees(lat.value, lng.value, region));
}

/** Easting and northing in metres of the British National Grid. */
export function readGrid(
  easting: string,
  northing: string,
  region: Region,
): Result<Position, PlaceFault> {
  const east = readNumber(easting);
  if (!east.ok) return failure({ at: "first", reason: east.reason });
  const north = readNumber(northing);
  if (!north.ok) return failure({ at: "second", reason: north.reason });
  if (isOnGrid(east.value, north.value)) {
    const position = positionOfGrid(east.value, north.value);
    if (isWithin(region, position)) return success(position);
  }
  return failure(whyNotGrid(east.value, north.value, region));
}

function whyNotDegrees(lat: number, lng: number, region: Region): PlaceFault {
  if (isWithin(region, [lat, lng])) {
    return { at: "both", reason: "latitude and longitude look swapped" };
  }
  if (Math.abs(lat) > 90) {
    const isGrid = Math.abs(lng) > 180 && (isOnGrid(lng, lat) || isOnGrid(lat, lng));
    const hint = isGrid ? "; this looks like easting and northing" : "";
    return { at: "first", reason: `a latitude lies between -90 and 90${hint}` };
  }
  if (Math.abs(lng) > 180) return { at: "second", reason: "a longitude lies between -180 and 180" };
  if (isWithin(region, [-lng, lat])) {
    return {
      at: "second",
      reason: `the longitude seems to have lost its sign; ${outside(region)}`,
    };
  }
  return { at: "both", reason: outside(region) };
}

function whyNotGrid(east: number, north: number, region: Region): PlaceFault {
  if (isOnGrid(north, east) && isWithin(region, positionOfGrid(north, east))) {
    return { at: "both", reason: "easting and northing look swapped" };
  }
  if (Math.abs(east) <= 180 && Math.abs(north) <= 90) {
    return {
      at: "both",
      reason: "these look like degrees, not metres: map the columns to longitude and latitude",
    };
  }
  if (!isOnGrid(east, north))
    return { at: "both", reason: "this is not on the British National Grid" };
  if (east < 100_000 && north < 100_000) {
    return {
      at: "both",
      reason: `${outside(region)}; the figures of the 100 km square seem to be missing`,
    };
  }
  return { at: "both", reason: outside(region) };
}

function outside(region: Region): string {
  return `outside the area of ${region.name}`;
}

function isWithin(region: Region, [lng, lat]: Position): boolean {
  return lng >= region.west && lng <= region.east && lat >= region.south && lat <= region.north;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** What a file of features writes where it has no point (geojson/feature.ts). */
const shapes =
  /^(?:MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection)$/;

function readNumber(text: string): Result<number> {
  if (text === "") return failure("is empty");
  if (shapes.test(text)) return failure("is a shape and not a point; only points can be read");
  // Longer than any coordinate: not worth a pattern.
  const value = text.length <= 40 && decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? success(value) : failure("not a number");
}
