import type { Position } from "#core/geo/cell.ts";

const sides = 48;
const metresPerDegree = 111_195;

/** A closed ring for drawing a circle on the map; nothing is computed from it. */
export function circleRing([lng, lat]: Position, radiusM: number): readonly Position[] {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: sides + 1 }, (_, side): Position => {
    const angle = (2 * Math.PI * (side % sides)) / sides;
    return [
      lng + (radiusM * Math.sin(angle)) / (metresPerDegree * squeeze),
      lat + (radiusM * Math.cos(angle)) / metresPerDegree,
    ];
  });
}
