import { z } from "zod";
import type { Position } from "#core/geo/cell.ts";
import { type Area, area } from "#core/wire/places.ts";

const collection = z.object({
  features: z.array(
    z.object({
      properties: area.omit({ polygons: true }),
      geometry: z.object({ type: z.literal("MultiPolygon"), coordinates: area.shape.polygons }),
    }),
  ),
});

/** Five decimals (about 1 m) as RFC 7946 allows at most here; points that fall together become one. */
export function roundAreas(raw: unknown): Area[] {
  return collection.parse(raw).features.map(({ properties, geometry }) => ({
    ...properties,
    polygons: geometry.coordinates.map((rings) =>
      rings.map((ring, index) => orient(roundRing(ring), index === 0)),
    ),
  }));
}

export function roundPosition([lng, lat]: Position): [number, number] {
  return [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}

function roundRing(ring: readonly Position[]): [number, number][] {
  const rounded: [number, number][] = [];
  for (const position of ring) {
    const next = roundPosition(position);
    const last = rounded.at(-1);
    if (!last || last[0] !== next[0] || last[1] !== next[1]) rounded.push(next);
  }
  return rounded;
}

/** Outer rings run counter-clockwise (RFC 7946). */
function orient(ring: [number, number][], isOuter: boolean): [number, number][] {
  let twiceArea = 0;
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    twiceArea += x * nextY - nextX * y;
  });
  return twiceArea > 0 === isOuter ? ring : ring.reverse();
}
