import { type PlanePoint, planeDistance } from "#core/geo/plane.ts";

/** The line's corners, with equal steps of at most so many metres between them. */
export function pointsAlong(line: readonly PlanePoint[], metres: number): PlanePoint[] {
  return line.flatMap((to, index) => {
    const from = line[index - 1];
    if (!from) return [to];
    const steps = Math.max(1, Math.ceil(planeDistance(from, to) / metres));
    return Array.from({ length: steps }, (_, step): PlanePoint => {
      const share = (step + 1) / steps;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    });
  });
}
