import type { MapResolution } from "#client/hotspots/state/view.ts";
import type { MapCamera } from "#client/map/camera.ts";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";

/** Cells of 320 m are some eighty pixels wide; one resolution finer is 2.65 times smaller. */
const zoomOfMiddleCells = 13.5;
const zoomOfOneStep = 1.4;

/** Width of a world tile at zoom 0. */
const worldPx = 512;

/** Centres the chosen row's cell in the free part of the map, without zooming out. */
export function nearCell(
  cell: H3Cell,
  resolution: MapResolution,
  now: MapCamera | null,
): MapCamera {
  const nearest = zoomOfMiddleCells + zoomOfOneStep * (resolution - 9);
  const zoom = Math.max(nearest, now?.zoom ?? 0);
  const [lng, lat] = cellCentre(cell);
  const degreesPerPx = (360 / (worldPx * 2 ** zoom)) * Math.cos((lat * Math.PI) / 180);
  return { centre: [lng, lat - (coveredBySheet() / 2) * degreesPerPx], zoom };
}

/** Pixels of the map under the bottom sheet, on a tablet. */
export function coveredBySheet(): number {
  const sheet = document.querySelector(".hotspots .sheet");
  if (!sheet || getComputedStyle(sheet).position !== "absolute") return 0;
  // A full-height sheet leaves no map: frame as if half were covered.
  return Math.min(sheet.clientHeight, (sheet.parentElement?.clientHeight ?? 0) / 2);
}
