import type { Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";

/**
 * British National Grid (EPSG:27700) to WGS84: inverse transverse Mercator on Airy 1830, then the
 * seven-parameter Helmert shift, both by the formulas of Ordnance Survey, "A guide to coordinate
 * systems in Great Britain" (annexes B and C; parameters of EPSG:1314). Pure and small, so that the
 * browser reads a file as the server does; checked against proj4 and OS's own OSTN15 points.
 */
export function positionOfGrid(easting: number, northing: number): Position {
  const airy = inverseMercator(easting + shift.easting, northing + shift.northing);
  return toGeodetic(helmert(toCartesian(airy, airy1830)), wgs84);
}

/** London is near 530,000, 190,000. */
export function isOnGrid(easting: number, northing: number): boolean {
  return easting >= 0 && easting < 700_000 && northing >= 0 && northing < 1_300_000;
}

/**
 * The seven parameters for the whole country are 1.8 m off in north London. This constant offset in
 * metres, added before the conversion, leaves 0.2 m at OS's test point in London (TP09, OSTN15).
 * The opposite sign, for the other direction, doubles the error.
 */
const shift = { easting: 1.777, northing: 0.326 };

interface Ellipsoid {
  readonly semiMajor: number;
  readonly semiMinor: number;
}
/** Radians. */
interface Geodetic {
  readonly lat: number;
  readonly lng: number;
}
type Cartesian = readonly [x: number, y: number, z: number];

const airy1830: Ellipsoid = { semiMajor: 6_377_563.396, semiMinor: 6_356_256.909 };
const wgs84: Ellipsoid = { semiMajor: 6_378_137, semiMinor: 6_356_752.314_245 };
const degree = Math.PI / 180;

const grid = {
  scale: 0.999_601_271_7,
  originLat: 49 * degree,
  originLng: -2 * degree,
  falseEasting: 400_000,
  falseNorthing: -100_000,
};

/** Airy 1830 to WGS84: metres, parts per million, and seconds of arc as position-vector rotations. */
const parameters = {
  move: [446.448, -125.157, 542.06],
  scalePpm: -20.4894,
  rotate: [0.1502, 0.247, 0.8421],
} as const;

function inverseMercator(easting: number, northing: number): Geodetic {
  const lat = footpointLat(northing);
  const e2 = eccentricitySquared(airy1830);
  const sine = Math.sin(lat);
  const tangent = Math.tan(lat);
  const t2 = tangent * tangent;
  const radius = airy1830.semiMajor * grid.scale;
  const nu = radius / Math.sqrt(1 - e2 * sine * sine);
  const rho = (radius * (1 - e2)) / (1 - e2 * sine * sine) ** 1.5;
  const eta2 = nu / rho - 1;
  const secant = 1 / Math.cos(lat);
  const vii = tangent / (2 * rho * nu);
  const viii = (tangent / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
  const ix = (tangent / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t2 * t2);
  const x = secant / nu;
  const xi = (secant / (6 * nu ** 3)) * (nu / rho + 2 * t2);
  const xii = (secant / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t2 * t2);
  const xiia = (secant / (5040 * nu ** 7)) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2 ** 3);
  const east = easting - grid.falseEasting;
  return {
    lat: lat - vii * east ** 2 + viii * east ** 4 - ix * east ** 6,
    lng: grid.originLng + x * east - xi * east ** 3 + xii * east ** 5 - xiia * east ** 7,
  };
}

function eccentricitySquared({ semiMajor, semiMinor }: Ellipsoid): number {
  return 1 - (semiMinor * semiMinor) / (semiMajor * semiMajor);
}

/** The latitude whose meridian arc reaches this northing; settles in four or five steps. */
function footpointLat(northing: number): number {
  const target = northing - grid.falseNorthing;
  let lat = grid.originLat;
  for (let step = 0; step < 20; step += 1) {
    const missing = target - meridianArc(lat);
    lat += missing / (airy1830.semiMajor * grid.scale);
    if (Math.abs(missing) < 1e-5) break;
  }
  return lat;
}

function meridianArc(lat: number): number {
  const { semiMajor, semiMinor } = airy1830;
  const n = (semiMajor - semiMinor) / (semiMajor + semiMinor);
  const difference = lat - grid.originLat;
  const sum = lat + grid.originLat;
  return (
    semiMinor *
    grid.scale *
    ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * difference -
      (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(difference) * Math.cos(sum) +
      (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * difference) * Math.cos(2 * sum) -
      (35 / 24) * n ** 3 * Math.sin(3 * difference) * Math.cos(3 * sum))
  );
}

/** On the ellipsoid: height changes the plan position by less than a millimetre here. */
function toCartesian({ lat, lng }: Geodetic, ellipsoid: Ellipsoid): Cartesian {
  const e2 = eccentricitySquared(ellipsoid);
  const nu = ellipsoid.semiMajor / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  return [
    nu * Math.cos(lat) * Math.cos(lng),
    nu * Math.cos(lat) * Math.sin(lng),
    nu * (1 - e2) * Math.sin(lat),
  ];
}

function helmert([x, y, z]: Cartesian): Cartesian {
  const scale = 1 + parameters.scalePpm / 1e6;
  const [moveX, moveY, moveZ] = parameters.move;
  const [rx, ry, rz] = parameters.rotate.map((seconds) => (seconds / 3600) * degree) as [
    number,
    number,
    number,
  ];
  return [
    moveX + scale * (x - rz * y + ry * z),
    moveY + scale * (rz * x + y - rx * z),
    moveZ + scale * (-ry * x + rx * y + z),
  ];
}

function toGeodetic([x, y, z]: Cartesian, ellipsoid: Ellipsoid): Position {
  const e2 = eccentricitySquared(ellipsoid);
  const across = Math.hypot(x, y);
  let lat = Math.atan2(z, across * (1 - e2));
  for (let step = 0; step < 6; step += 1) {
    const nu = ellipsoid.semiMajor / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + e2 * nu * Math.sin(lat), across);
  }
  return [Math.atan2(y, x) / degree, lat / degree];
}

/** A square of the British National Grid as its reference names it: metres, south-west corner and side. */
export interface GridSquare {
  /** South-west corner of the 100 km square that the letters name. */
  readonly square: GridCorner;
  /** From there to the south-west corner of the square that the digits name. */
  readonly offset: GridCorner;
  /** 1 m for ten digits, 100 km for the letters alone. */
  readonly side: number;
}

export interface GridCorner {
  readonly east: number;
  readonly north: number;
}

export type GridReferenceFault = "letters_missing" | "no_such_square" | "uneven" | "unreadable";

export const squareSide = 100_000;

/**
 * "TQ 34567 92345", "tq3492", "TQ": two letters and an even number of figures up to ten, spaces or
 * not (Ordnance Survey, "A guide to coordinate systems in Great Britain", section 7).
 */
export function parseGridReference(text: string): Result<GridSquare, GridReferenceFault> {
  // Longer than any reference.
  if (text.length > 40) return failure("unreadable");
  const words = text.trim().toUpperCase();
  if (/^[\d\s,.:/-]*\d[\d\s,.:/-]*$/.test(words)) return failure("letters_missing");
  const parts = /^([A-Z]{2})[\s,:/-]*(?:(\d+)(?:[\s,:/-]+(\d+))?)?$/.exec(words);
  if (!parts) return failure("unreadable");
  const square = squareOfLetters(parts[1] ?? "");
  if (!square) return failure("no_such_square");
  const [first = "", second] = parts.slice(2);
  const east = second === undefined ? first.slice(0, first.length / 2) : first;
  const north = second === undefined ? first.slice(first.length / 2) : second;
  if (east.length !== north.length || first.length + (second?.length ?? 0) > 10) {
    return failure("uneven");
  }
  const side = squareSide / 10 ** east.length;
  return success({
    square,
    offset: { east: Number(east) * side, north: Number(north) * side },
    side,
  });
}

export function centreOfSquare({ square, offset, side }: GridSquare): GridCorner {
  return {
    east: square.east + offset.east + side / 2,
    north: square.north + offset.north + side / 2,
  };
}

/** Every letter but I, in rows of five from the north-west: of 500 km squares, and inside each. */
const letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

function squareOfLetters(pair: string): GridCorner | null {
  const [large, small] = [...pair].map((letter) => letters.indexOf(letter));
  if (large === undefined || small === undefined || large < 0 || small < 0) return null;
  // The grid's false origin is in square SV: two large squares east, one north of the last row.
  const east = ((large % 5) - 2) * 5 + (small % 5);
  const north = (3 - Math.floor(large / 5)) * 5 + (4 - Math.floor(small / 5));
  if (east < 0 || east > 6 || north < 0 || north > 12) return null;
  return { east: east * squareSide, north: north * squareSide };
}

/** "TQ" for the square that holds these metres. */
export function lettersOfSquare({ east, north }: GridCorner): string {
  const [column, row] = [Math.floor(east / squareSide), Math.floor(north / squareSide)];
  const large = (3 - Math.floor(row / 5)) * 5 + Math.floor(column / 5) + 2;
  const small = (4 - (row % 5)) * 5 + (column % 5);
  return `${letters[large] ?? "?"}${letters[small] ?? "?"}`;
}
