import type { MapCamera } from "#client/map/camera.ts";
import type { Bounds } from "#client/map/place-features.ts";

/** Where a map begins to look. */
export type MapStart = MapCamera | { readonly bounds: Bounds };

const paddingPx = 24;

export function paddingOver(coveredPx: number) {
  return { top: paddingPx, left: paddingPx, right: paddingPx, bottom: paddingPx + coveredPx };
}

export function startOf(start: MapStart, coveredPx: number) {
  if ("bounds" in start) {
    const [west, south, east, north] = start.bounds;
    return {
      bounds: [west, south, east, north] as [number, number, number, number],
      fitBoundsOptions: { padding: paddingOver(coveredPx) },
    };
  }
  const [lng, lat] = start.centre;
  return { center: [lng, lat] as [number, number], zoom: start.zoom };
}
