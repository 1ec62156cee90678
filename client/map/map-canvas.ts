import type { Layer } from "@deck.gl/core";
import type { MapLibreOverlay } from "@deck.gl/maplibre";
import type { StyleSpecification } from "maplibre-gl";
import type { MapCamera } from "#client/map/camera.ts";
import type { Rgba } from "#client/map/palette.ts";
import { deckOpacity } from "#client/map/palette.ts";
import type { Bounds } from "#client/map/place-features.ts";
import { dataSlot } from "#client/map/style.ts";
import { lengthWords, paintScale, scaleBar } from "#client/ui/picture/scale.ts";
import type { Position } from "#core/geo/cell.ts";

/** Applied synchronously, because a browser about to print does not wait for a frame. */
export function takeLayers(overlay: MapLibreOverlay): void {
  const { _deck: deck } = overlay as unknown as {
    _deck?: { layerManager?: { updateLayers: () => void } };
  };
  deck?.layerManager?.updateLayers();
}

/** Over streets; null for other layers, or without streets. */
export function fadedFill(layer: Layer, strength: number): Layer | null {
  const { beforeId, opacity } = layer.props as { readonly beforeId?: string; opacity: number };
  if (strength === 1 || beforeId !== dataSlot) return null;
  return layer.clone({ opacity: opacity * deckOpacity(strength) }) as Layer;
}

/** WebGL keeps a picture only until the next one. */
export function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
  return copy;
}

export function openPart(canvas: HTMLCanvasElement, coveredPx: number): HTMLCanvasElement {
  const open = 1 - coveredPx / canvas.clientHeight;
  if (!(open > 0 && open < 1)) return canvas;
  const part = document.createElement("canvas");
  part.width = canvas.width;
  part.height = Math.round(canvas.height * open);
  part.getContext("2d")?.drawImage(canvas, 0, 0);
  return part;
}

/** With a scale bar in the upper right corner, where the screen has its buttons. */
export function withScale(
  canvas: HTMLCanvasElement,
  widthPx: number,
  metresPerPixel: number,
): HTMLCanvasElement {
  const copy = copyOf(canvas);
  const pen = copy.getContext("2d");
  const bar = scaleBar(metresPerPixel, widthPx / 5);
  if (!pen || !bar) return copy;
  const { color, backgroundColor, fontFamily } = getComputedStyle(document.body);
  pen.scale(copy.width / widthPx, copy.width / widthPx);
  paintScale(pen, {
    x: widthPx - bar.length - 16,
    y: 32,
    length: bar.length,
    words: lengthWords(bar.metres),
    ink: color,
    paper: backgroundColor,
    family: fontFamily,
  });
  return copy;
}

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

export interface MapPaint {
  readonly style: StyleSpecification;
  readonly hatch: Rgba;
  /** Of the fills of cells: less where streets are read through them. */
  readonly fillStrength: number;
}

/** In CSS pixels from the upper left corner of the map. */
export interface MapPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where on the page the map is, and what it tells there. */
export interface MapPlace {
  readonly container: HTMLElement;
  readonly start: MapStart;
  /** Dots for a CSS pixel, of a map that is made for paper alone. */
  readonly sharpness?: number;
  /** Pixels at the bottom that something lies over. */
  readonly coveredPx: () => number;
  readonly onHover: (at: Position | null) => void;
  readonly onClick: (at: Position) => void;
  readonly onMoved: (camera: MapCamera) => void;
  /** Cells are on the map; its ground may still be on its way. */
  readonly onShown?: () => void;
  /** Everything in view has been drawn for the first time in this place. */
  readonly onDrawn?: () => void;
  /** The graphics context is gone: the table takes the map's place. */
  readonly onLost: () => void;
}

/** False where no map need be tried; to start the graphics, which is slow, is left to the map itself. */
export function mayDrawMaps(): boolean {
  return "WebGL2RenderingContext" in globalThis;
}

export function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
