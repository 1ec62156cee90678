import { drawFootprint, type Venue } from "#core/blackouts/footprint.ts";
import { drawOutline, type Outline, reachOf } from "#core/blackouts/outline.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/** Whatever a place can be. It lives in the partner's browser (or one import) and nowhere else. */
export type Ground = (Venue & { readonly kind: "circle" }) | Outline;

/** Its footprint, with the one secret offset that a place gets. */
export function drawGround(ground: Ground, random: () => number): H3Cell[] {
  return ground.kind === "circle" ? drawFootprint(ground, random) : drawOutline(ground, random);
}

/** Of a circle its radius; of an area or a corridor half of its greatest extent. */
export function groundReachM(ground: Ground): number {
  return ground.kind === "circle" ? ground.radiusM : reachOf(ground);
}
