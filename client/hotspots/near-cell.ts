import type { MapResolution } from "#client/hotspots/view.ts";
import type { MapCamera } from "#client/map/camera.ts";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";

/** Cells of 320 m are some eighty pixels wide; one resolution finer is 2.65 times smaller. */
const zoomOfMiddleCells = 13.5;
const zoomOfOneStep = 1.4;

/** What a tile of the whole world is wide at zoom 0. */
const worldPx = 512;

/** Where the map goes for a row that is pressed: the cell in the middle of what is free, and no farther away than before. */
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

/** On a tablet the sheet lies over the lower part of the map: how many pixels of it. */
export function coveredBySheet(): number {
  const sheet = document.querySelector(".hotspots .sheet");
  if (!sheet || getComputedStyle(sheet).position !== "absolute") return 0;
  // All the way up it leaves nothing free: the map is framed as it will be seen again.
  return Math.min(sheet.clientHeight, (sheet.parentElement?.clientHeight ?? 0) / 2);
}
