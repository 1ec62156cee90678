import { z } from "zod";
import type { Position } from "#core/geo/cell.ts";
import { type Area, area } from "#core/places/wire/places.ts";

const collection = z.object({
  features: z.array(
    z.object({
      properties: area.omit({ polygons: true }),
      geometry: z.object({ type: z.literal("MultiPolygon"), coordinates: area.shape.polygons }),
    }),
  ),
});

/**
 * Five decimals (about 1 m), as many as leave the server; points that fall together become one, and
 * so do the two sides of a spike. Both rules look at neighbouring points alone and from either end,
 * so that two areas keep one border.
 */
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
  return dropSpikes(rounded);
}

/** A point at which the line turns straight back over itself. */
function dropSpikes(ring: [number, number][]): [number, number][] {
  const kept = ring.filter((at, index) => {
    const before = ring[index - 1];
    const after = ring[index + 1];
    if (!before || !after) return true;
    const [ax, ay] = [at[0] - before[0], at[1] - before[1]];
    const [bx, by] = [after[0] - at[0], after[1] - at[1]];
    const isStraight = Math.abs(ax * by - ay * bx) < 1e-12;
    return !(isStraight && ax * bx + ay * by < 0);
  });
  return kept.length === ring.length ? kept : dropSpikes(kept);
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
