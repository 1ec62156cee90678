import { MapLibreMap } from "maplibre-gl";
import { type MapPaint, type MapPlace, startOf } from "#client/map/map-canvas.ts";

/** Flat and north up. One for paper is as sharp as its place says, and takes nobody's hand. */
export function createMap(container: HTMLElement, paint: MapPaint, place: MapPlace): MapLibreMap {
  const { sharpness } = place;
  const map = new MapLibreMap({
    container,
    style: paint.style,
    ...startOf(place.start, place.coveredPx()),
    ...(sharpness === undefined
      ? { minZoom: 8, maxZoom: 17 }
      : { pixelRatio: sharpness, interactive: false }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}
