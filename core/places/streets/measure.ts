import { unitsPerDegree } from "#core/places/streets/line.ts";

const semiMajorM = 6_378_137;
const eccentricitySquared = 0.006_694_379_990_14;

/** Metres that one unit of 1e-7 degree measures east and north at a latitude: radii of curvature of WGS84. */
export interface UnitMetres {
  readonly east: number;
  readonly north: number;
}

export function unitMetresAt(y: number): UnitMetres {
  const radians = Math.PI / 180 / unitsPerDegree;
  const sine = Math.sin(y * radians);
  const root = Math.sqrt(1 - eccentricitySquared * sine * sine);
  return {
    east: (semiMajorM / root) * Math.cos(y * radians) * radians,
    north: ((semiMajorM * (1 - eccentricitySquared)) / root ** 3) * radians,
  };
}

/**
 * Metres of a line of units, x and y in turn, from vertex `first` to vertex `last`. Each piece by the radii in its
 * middle: right to a millionth for pieces of a few kilometres.
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
