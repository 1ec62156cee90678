import type { Position } from "#core/geo/cell.ts";

/** From the widest to the narrowest. Main: trunk and primary roads; secondary: secondary and tertiary ones. */
export const streetClasses = [
  "motorway",
  "main",
  "secondary",
  "street",
  "service",
  "path",
  "cycleway",
] as const;
export type StreetClass = (typeof streetClasses)[number];

/** Of a street without a name. */
export const streetWords: Readonly<Record<StreetClass, string>> = {
  motorway: "motorway",
  main: "main road",
  secondary: "road",
  street: "street",
  service: "service road",
  path: "path",
  cycleway: "cycle track",
};

export const streetModes = ["foot", "cycle", "vehicle"] as const;
export type StreetMode = (typeof streetModes)[number];

/** A street, or a piece of one, as a file or a tile gives it. */
export interface StreetLine {
  readonly line: readonly Position[];
  readonly name: string | null;
  readonly class: StreetClass;
  /** Vehicles may go only with (1) or only against (-1) the line; 0 both ways. */
  readonly oneWay: -1 | 0 | 1;
  /** Above (bridge) or below (tunnel) the ground, where the source says so: lines of two levels cross without meeting. */
  readonly level?: number;
}

/**
 * Vertices lie on a grid of 1e-7 degree, 1.1 cm: OpenStreetMap's precision, in 32 bits. Lines meet
 * where their vertices are equal in units.
 */
export const unitsPerDegree = 1e7;

export function toUnits(degrees: number): number {
  return Math.round(degrees * unitsPerDegree);
}

export function toDegrees(units: number): number {
  return units / unitsPerDegree;
}

/** Kilometres an hour on each class of street; 0 where the mode may not go. */
export type StreetSpeeds = Readonly<Record<StreetMode, Readonly<Record<StreetClass, number>>>>;

const walking = 4.8;
const riding = 12;

/**
 * Foot and cycle speeds as elsewhere in the tool; a cycle is pushed on a path. Vehicles at typical
 * daytime town speeds, lights and corners included, not at the limit.
 */
export const streetSpeeds: StreetSpeeds = {
  foot: { ...everywhere(walking), motorway: 0 },
  cycle: { ...everywhere(riding), motorway: 0, path: walking },
  vehicle: {
    motorway: 70,
    main: 30,
    secondary: 28,
    street: 20,
    service: 10,
    path: 0,
    cycleway: 0,
  },
};

function everywhere(kmh: number): Record<StreetClass, number> {
  return Object.fromEntries(streetClasses.map((name) => [name, kmh])) as Record<
    StreetClass,
    number
  >;
}

const semiMajorM = 6_378_137;
const eccentricitySquared = 0.006_694_379_990_14;

/** Metres that one unit of 1e-7 degree measures east and north at a latitude: radii of curvature of WGS84. */
export function unitMetresAt(y: number) {
  const radians = Math.PI / 180 / unitsPerDegree;
  const sine = Math.sin(y * radians);
  const root = Math.sqrt(1 - eccentricitySquared * sine * sine);
  return {
    east: (semiMajorM / root) * Math.cos(y * radians) * radians,
    north: ((semiMajorM * (1 - eccentricitySquared)) / root ** 3) * radians,
  };
}

/**
 * Metres of a line in units, x and y alternating, from vertex `first` to vertex `last`. Each piece
 * uses the radii at its middle: right to a millionth for pieces of a few kilometres.
 */
export function metresOfLine(line: Int32Array | Float64Array, first: number, last: number): number {
  let metres = 0;
  for (let at = first; at < last; at += 1) {
    metres += metresOfPiece(
      line[2 * at] ?? 0,
      line[2 * at + 1] ?? 0,
      line[2 * at + 2] ?? 0,
      line[2 * at + 3] ?? 0,
    );
  }
  return metres;
}

export function metresOfPiece(ax: number, ay: number, bx: number, by: number): number {
  const { east, north } = unitMetresAt((ay + by) / 2);
  const across = (bx - ax) * east;
  const along = (by - ay) * north;
  return Math.sqrt(across * across + along * along);
}
