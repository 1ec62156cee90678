import type { Layer } from "@deck.gl/core";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import { MapLibreMap } from "maplibre-gl";
import { type MapPaint, type MapPlace, startOf } from "#client/map/map-canvas.ts";
import { dataSlot } from "#client/map/style.ts";

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
  // The overlay asks before it puts cells between the layers of the map: they need these alone, and wait for no tile.
  map.isStyleLoaded = () => map.getLayer(dataSlot) !== undefined;
  return map;
}

interface OverlayRequest {
  readonly sharpness: MapPlace["sharpness"] | undefined;
  readonly isDrawn: (layer: Layer) => boolean;
  readonly onFrame: () => void;
}

/** Cells, stops and ways, drawn among the layers of the map. */
export function createOverlay(
  map: MapLibreMap,
  { sharpness, isDrawn, onFrame }: OverlayRequest,
): MapLibreOverlay {
  const overlay = new MapLibreOverlay({
    interleaved: true,
    layers: [],
    ...(sharpness === undefined ? {} : { useDevicePixels: sharpness }),
    layerFilter: ({ layer }) => isDrawn(layer),
    // Flat layers in the given order: writing depth would hide names drawn later.
    parameters: { depthWriteEnabled: false, depthCompare: "always" },
    onAfterRender: onFrame,
  });
  map.addControl(overlay);
  return overlay;
}
