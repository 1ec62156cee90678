import {
  type Bounds,
  boundsMeet,
  boundsOfPolygons,
  isWithin,
  widenedBounds,
} from "#core/geo/bounds.ts";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import {
  centreOfSquare,
  type GridCorner,
  type GridReferenceFault,
  type GridSquare,
  isOnGrid,
  lettersOfSquare,
  parseGridReference,
  positionOfGrid,
  squareSide,
} from "#core/geo/national-grid.ts";
import { onceFor } from "#core/once-for.ts";
import { ownBoroughs } from "#core/places/command.ts";
import { degreesOf, metresOf } from "#core/places/coordinate.ts";
import type { PlaceFaultKind } from "#core/places/place-fault.ts";
import type { Area } from "#core/places/wire/places.ts";
import { failure, type Result, success } from "#core/result.ts";

/** Where this command's events may lie; those outside are refused, not dropped silently. */
export interface Region extends Bounds {
  /** For a message: "North and South". */
  readonly name: string;
  /** For metres and grid references; null where only degrees are accepted. */
  readonly grid: "EPSG:27700" | null;
}

/**
 * How far outside the command's bounds an event is still of use: the outer edge zones reach 1 km,
 * controls and a neighbour's own hotspots a few more.
 */
const marginKm = 5;

/** The boroughs' bounds, 5 km around them by default; null without any. */
export function commandRegion(
  { areas, name, grid }: Pick<Region, "name" | "grid"> & { readonly areas: readonly Area[] },
  aroundKm = marginKm,
): Region | null {
  const polygons = ownBoroughs(areas).flatMap((area) => area.polygons);
  if (polygons.length === 0) return null;
  const bounds = widenedBounds(boundsOfPolygons(polygons), aroundKm * 1_000);
  return { name: `${name} and ${aroundKm} km around`, grid, ...bounds };
}

/** Which of the two cells is wrong; both when each is fine alone. */
export interface PlaceFault {
  readonly kind: PlaceFaultKind;
  readonly at: "first" | "second" | "both";
  readonly reason: string;
}

export function readDegrees(
  latitude: string,
  longitude: string,
  region: Region,
): Result<Position, PlaceFault> {
  const lat = readNumber(latitude, degreesOf);
  if (!lat.ok) return failure({ ...lat.reason, at: "first" });
  const lng = readNumber(longitude, degreesOf);
  if (!lng.ok) return failure({ ...lng.reason, at: "second" });
  if (isWithin(region, [lng.value, lat.value])) return success([lng.value, lat.value]);
  return failure(whyNotDegrees(lat.value, lng.value, region));
}

/** Easting and northing in metres of the British National Grid. */
export function readGrid(
  easting: string,
  northing: string,
  region: Region,
): Result<Position, PlaceFault> {
  if (region.grid === null) return failure(withoutGrid);
  const east = readNumber(easting, metresOf);
  if (!east.ok) return failure({ ...east.reason, at: "first" });
  const north = readNumber(northing, metresOf);
  if (!north.ok) return failure({ ...north.reason, at: "second" });
  const position = positionWithin({ east: east.value, north: north.value }, region);
  return position ? success(position) : failure(whyNotGrid(east.value, north.value, region));
}

/**
 * The centre of the square that a grid reference names. A square of 100 m (six figures) is taken: no
 * point of it is more than 71 m from the centre, so the event lies in that cell or one beside it. One
 * of 1 km is refused: its points are up to 707 m off, and six cells away is another street.
 */
export function readGridReference(
  text: string,
  region: Region,
): Result<{ readonly position: Position; readonly side: number }, PlaceFault> {
  if (region.grid === null) return failure(withoutGrid);
  const parsed = parseGridReference(text);
  if (!parsed.ok) return failure(unreadableReference[parsed.reason]);
  const { side } = parsed.value;
  if (side > coarsestSide) {
    const size = side >= 1_000 ? `${side / 1_000} km` : `${side} m`;
    const reason = `this names a square of ${size}, too coarse for a cell of about 120 m: six figures or more are needed`;
    return failure(faultOf("too_coarse", reason));
  }
  const position = positionWithin(centreOfSquare(parsed.value), region);
  return position ? success({ position, side }) : failure(whyNotReference(parsed.value, region));
}

function faultOf(kind: PlaceFaultKind, reason: string, at: PlaceFault["at"] = "both"): PlaceFault {
  return { kind, at, reason };
}

const withoutGrid = faultOf(
  "wrong_unit",
  "places here are read in degrees: give latitude and longitude (WGS84)",
);

const coarsestSide = 100;

const unreadableReference: Readonly<Record<GridReferenceFault, PlaceFault>> = {
  letters_missing: faultOf(
    "letters_missing",
    "the two letters of the 100 km square are missing, such as TQ",
  ),
  no_such_square: faultOf("wrong_square", "there is no 100 km square with these letters"),
  uneven: faultOf(
    "unreadable",
    "a grid reference has as many figures east as north, five and five at most",
  ),
  unreadable: faultOf("unreadable", "not a grid reference, such as TQ 345 923"),
};

function whyNotReference(given: GridSquare, region: Region): PlaceFault {
  const swapped = { east: given.offset.north, north: given.offset.east };
  const isWithinOf = (square: GridCorner, offset: GridCorner) =>
    positionWithin(centreOfSquare({ ...given, square, offset }), region) !== null;
  if (isNearGrid(centreOfSquare(given), region)) return outsideFault(region);
  if (isWithinOf(given.square, swapped)) {
    return faultOf("swapped", "the figures east and north look swapped");
  }
  const meant = squaresOf(region).find((square) => isWithinOf(square, given.offset));
  if (!meant) return outsideFault(region);
  return faultOf(
    "wrong_square",
    `${outside(region)}; the same figures in ${lettersOfSquare(meant)} lie inside, so look at the letters`,
  );
}

/** The 100 km squares that hold any of the region. */
export const squaresOf = onceFor((region: Region): readonly GridCorner[] => {
  const all = Array.from({ length: 7 * 13 }, (_, at) => ({
    east: (at % 7) * squareSide,
    north: Math.floor(at / 7) * squareSide,
  }));
  // By the bounds of its corners in degrees: an extra square does no harm.
  return all.filter(({ east, north }) => {
    const corners = [0, squareSide].flatMap((right) =>
      [0, squareSide].map((up) => positionOfGrid(east + right, north + up)),
    );
    return boundsMeet(boundsOfPolygons([[corners]]), region);
  });
});

function whyNotDegrees(lat: number, lng: number, region: Region): PlaceFault {
  const given: Position = [lng, lat];
  if (isMended([given], [lat, lng], region)) {
    return faultOf("swapped", "latitude and longitude look swapped");
  }
  if (Math.abs(lat) > 90) {
    const isGrid = Math.abs(lng) > 180 && (isOnGrid(lng, lat) || isOnGrid(lat, lng));
    const hint = isGrid ? "; this looks like easting and northing" : "";
    const reason = `a latitude lies between -90 and 90${hint}`;
    return faultOf(isGrid ? "wrong_unit" : "unreadable", reason, "first");
  }
  if (Math.abs(lng) > 180) {
    return faultOf("unreadable", "a longitude lies between -180 and 180", "second");
  }
  if (isMended([given], [-lng, lat], region)) {
    const reason = `the longitude seems to have lost its sign; ${outside(region)}`;
    return faultOf("sign_lost", reason, "second");
  }
  if (isMended([given, [lat, lng]], [-lat, lng], region)) {
    return faultOf(
      "swapped",
      "latitude and longitude look swapped, and the longitude seems to have lost its sign",
    );
  }
  return outsideFault(region);
}

/**
 * How near the area a place must be to be taken as written: a force's own files reach so far. A
 * longitude that lost its sign mirrors a town east of Greenwich to the west, which is not in that
 * command.
 */
const believedM = 50_000;

/** Whether a slip explains the place: corrected it is in the area, with less it is not near. */
function isMended(less: readonly Position[], mended: Position, region: Region): boolean {
  return isWithin(region, mended) && less.every((position) => !isNear(position, region));
}

function isNear([lng, lat]: Position, { west, south, east, north }: Region): boolean {
  if (Math.abs(lat) > 90) return false;
  const nearest: Position = [
    Math.min(Math.max(lng, west), east),
    Math.min(Math.max(lat, south), north),
  ];
  return metresBetween([lng, lat], nearest) <= believedM;
}

function isNearGrid({ east, north }: GridCorner, region: Region): boolean {
  return isOnGrid(east, north) && isNear(positionOfGrid(east, north), region);
}

function whyNotGrid(east: number, north: number, region: Region): PlaceFault {
  if (Math.abs(east) <= 180 && Math.abs(north) <= 90) {
    return faultOf(
      "wrong_unit",
      "these look like degrees, not metres: map the columns to longitude and latitude",
    );
  }
  if (isNearGrid({ east, north }, region)) return outsideFault(region);
  if (positionWithin({ east: north, north: east }, region)) {
    return faultOf("swapped", "easting and northing look swapped");
  }
  if (!isOnGrid(east, north)) {
    return faultOf("unreadable", "this is not on the British National Grid");
  }
  const isWithoutSquare = squaresOf(region).some((square) =>
    positionWithin({ east: square.east + east, north: square.north + north }, region),
  );
  if (east < squareSide && north < squareSide && isWithoutSquare) {
    const reason = `${outside(region)}; the figures of the 100 km square seem to be missing`;
    return faultOf("letters_missing", reason);
  }
  return outsideFault(region);
}

function positionWithin({ east, north }: GridCorner, region: Region): Position | null {
  if (!isOnGrid(east, north)) return null;
  const position = positionOfGrid(east, north);
  return isWithin(region, position) ? position : null;
}

function outsideFault(region: Region): PlaceFault {
  return faultOf("outside", outside(region));
}

function outside(region: Region): string {
  return `outside the area of ${region.name}`;
}

/** What feature files write in place of a missing point (geojson/feature.ts). */
const shapes =
  /^(?:MultiPoint|LineString|MultiLineString|Polygon|MultiPolygon|GeometryCollection)$/;

function readNumber(
  text: string,
  numberOf: (text: string) => number,
): Result<number, Omit<PlaceFault, "at">> {
  if (text === "") return failure({ kind: "empty", reason: "is empty" });
  if (shapes.test(text)) {
    const reason = "is a shape and not a point; only points can be read";
    return failure({ kind: "unreadable", reason });
  }
  const value = numberOf(text);
  if (Number.isFinite(value)) return success(value);
  const example = numberOf === degreesOf ? "51.6205 or -0.0631" : "534191";
  return failure({ kind: "unreadable", reason: `not a number such as ${example}` });
}
