import { cellAreaM2, cellCentre, cellRing, type H3Cell } from "#core/geo/cell.ts";
import type { SurfaceGround } from "#core/hotspots/surface.ts";
import { onceFor } from "#core/once-for.ts";
import type { StudySet } from "#core/places/study-set.ts";

/** Made once per study set; apart from the smoothing, so that its worker needs no H3. */
export const surfaceGround = onceFor(({ cells }: StudySet): SurfaceGround => {
  const lng = new Float64Array(cells.length);
  const lat = new Float64Array(cells.length);
  let [west, south, east, north] = [180, 90, -180, -90];
  cells.forEach((cell, index) => {
    const [x, y] = cellCentre(cell);
    lng[index] = x;
    lat[index] = y;
    for (const [cornerLng, cornerLat] of cellRing(cell)) {
      west = Math.min(west, cornerLng);
      south = Math.min(south, cornerLat);
      east = Math.max(east, cornerLng);
      north = Math.max(north, cornerLat);
    }
  });
  return {
    lng,
    lat,
    cellM2: cells[0] === undefined ? 1 : cellAreaM2(cells[0] as H3Cell),
    bounds: [west, south, east, north] as const,
  };
});
