import { GPUInitializationError } from "maplibre-gl";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import type { BaseMap } from "#client/map/base-map.ts";
import { MapAdapter } from "#client/map/map-adapter.ts";
import type { MapPaint, MapPlace } from "#client/map/map-canvas.ts";

/**
 * The map of the screen that was left, empty, for the next screen with one: to start the graphics and
 * compile what they run takes a second or two, to move the map there some tens of milliseconds.
 */
let kept: { readonly of: BaseMap; readonly map: MapAdapter } | null = null;

forgetOnSignOut(() => {
  kept?.map.destroy();
  kept = null;
});

/** Null where the graphics do not start. */
export function mapFor(of: BaseMap, paint: MapPaint, place: MapPlace): MapAdapter | null {
  const last = kept;
  kept = null;
  if (last?.of === of) {
    last.map.moveTo(place);
    last.map.setPaint(paint.style, paint.hatch);
    return last.map;
  }
  last?.map.destroy();
  try {
    return new MapAdapter(paint, place);
  } catch (error) {
    if (error instanceof GPUInitializationError) return null;
    throw error;
  }
}

export function keepMap(of: BaseMap, map: MapAdapter): void {
  if (!map.leave()) {
    map.destroy();
    return;
  }
  kept?.map.destroy();
  kept = { of, map };
}
