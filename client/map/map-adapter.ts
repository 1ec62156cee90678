import type { Layer } from "@deck.gl/core";
import type { MapLibreOverlay } from "@deck.gl/maplibre";
import type { LngLat, MapLibreMap, StyleSpecification } from "maplibre-gl";
import type { MapCamera } from "#client/map/camera.ts";
import { createMap, createOverlay } from "#client/map/create-map.ts";
import { keepClearLayers, type Rings } from "#client/map/layers/keep-clear-layer.ts";
import {
  copyOf,
  fadedFill,
  type MapPaint,
  type MapPart,
  type MapPlace,
  openPart,
  paddingOver,
  prefersStill,
  takeLayers,
  withScale,
} from "#client/map/map-canvas.ts";
import type { Rgba } from "#client/map/palette.ts";
import { isDrawnOn } from "#client/map/paper.ts";
import type { Bounds } from "#client/map/place-features.ts";
import { showBuiltInRoads, streetsSource } from "#client/map/style.ts";
import { metresPerPixel } from "#client/ui/picture/scale.ts";
import { type H3Cell, outlineOf, type Position } from "#core/geo/cell.ts";
import "#client/map/worker.ts";
import "maplibre-gl/dist/maplibre-gl.css";

export interface MapGround {
  readonly toPixel: (at: Position) => readonly [number, number];
  readonly toPosition: (pixel: readonly [number, number]) => Position;
  readonly panBy: (pixels: readonly [number, number]) => void;
  readonly zoomBy: (steps: number) => void;
  /** Called when the camera moves; returns the function to stop. */
  readonly onMove: (listener: () => void) => () => void;
}

export interface MapWindow extends MapGround {
  /** What no sheet lies over. */
  readonly open: () => MapPart;
  /** At the latitude of the middle. */
  readonly metresPerPixel: () => number;
}

const drawnBefore = new WeakSet<Layer>();

/** Owns MapLibre and the deck.gl overlay; takes values while it has a place, and skips those it already shows. */
export class MapAdapter {
  private readonly map: MapLibreMap;
  private readonly element = document.createElement("div");
  private readonly overlay: MapLibreOverlay;
  private readonly fillStrength: number;
  private place: MapPlace | null = null;
  private isLost = false;
  private hatch: Rgba;
  private style: StyleSpecification;
  private given: readonly Layer[] = [];
  private owned: ReadonlyMap<Layer, Layer> = new Map();
  private keepClear: readonly H3Cell[] = [];
  private keepClearRings: Rings = [];
  private hatchLayers: readonly Layer[] = [];
  private isForPaper = false;
  private isShown = false;
  private isFollowing = false;

  constructor(paint: MapPaint, place: MapPlace) {
    this.style = paint.style;
    this.hatch = paint.hatch;
    this.fillStrength = paint.fillStrength;
    this.element.className = "map-view__ground";
    place.container.append(this.element);
    const { sharpness } = place;
    this.isForPaper = sharpness !== undefined;
    this.map = createMap(this.element, paint, place);
    this.overlay = createOverlay(this.map, {
      sharpness,
      isDrawn: (layer) => isDrawnOn(this.isForPaper ? "paper" : "screen", layer.id),
      onFrame: () => this.tellWhatIsDrawn(),
    });
    this.map.once("style.load", () => this.draw());
    this.listen();
    this.begin(place);
  }

  /** Goes to another place of the page, where no code of the graphics is made again. */
  moveTo(place: MapPlace): void {
    place.container.append(this.element);
    this.map.resize();
    const { start } = place;
    if ("bounds" in start) {
      const padding = paddingOver(place.coveredPx());
      this.map.fitBounds([...start.bounds], { padding, animate: false });
    } else this.map.jumpTo({ center: [...start.centre], zoom: start.zoom });
    this.begin(place);
  }

  /** Leaves its place, with nothing on it, drawn or to draw. False where it cannot be shown again. */
  leave(): boolean {
    this.map.stop();
    this.setLayers([]);
    this.setKeepClear([]);
    if (this.map.isStyleLoaded() && !this.isLost) {
      takeLayers(this.overlay);
      this.map.redraw();
    }
    this.place = null;
    this.element.remove();
    return !this.isLost;
  }

  setPaint(style: StyleSpecification, hatch: Rgba): void {
    if (style === this.style || this.place === null) return;
    const before = this.style;
    this.style = style;
    this.hatch = hatch;
    this.hatchAgain();
    // At once if it can: a print draws the map in the next step.
    if (this.map.isStyleLoaded()) this.paint(before);
    else this.map.once("style.load", () => this.paint(before));
  }

  private paint(before: StyleSpecification): void {
    for (const [index, layer] of this.style.layers.entries()) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, name as never, value as never);
      }
      const was: Readonly<Record<string, unknown>> = before.layers[index]?.layout ?? {};
      for (const [name, value] of Object.entries(layer.layout ?? {})) {
        if (JSON.stringify(value) !== JSON.stringify(was[name]))
          this.map.setLayoutProperty(layer.id, name as never, value as never);
      }
    }
  }

  setLayers(layers: readonly Layer[]): void {
    if (layers === this.given || this.place === null) return;
    this.given = layers;
    // Only those drawn now are kept: deck.gl ends a layer that leaves, and refuses it when it comes back.
    this.owned = new Map(layers.map((layer) => [layer, this.ownOf(layer)]));
    this.draw();
  }

  setKeepClear(cells: readonly H3Cell[]): void {
    if (cells === this.keepClear || this.place === null) return;
    this.keepClear = cells;
    this.keepClearRings = outlineOf(cells).flat();
    this.hatchAgain();
  }

  fit(bounds: Bounds): void {
    const padding = paddingOver(this.covered());
    this.map.fitBounds([...bounds], { padding, animate: !prefersStill() });
  }

  ground(): MapWindow {
    const { map } = this;
    return {
      toPixel: (at) => {
        const { x, y } = map.project([...at]);
        return [x, y];
      },
      toPosition: (pixel) => positionOf(map.unproject([...pixel])),
      panBy: (pixels) => map.panBy([...pixels], { animate: false }),
      zoomBy: (steps) => this.zoomBy(steps),
      open: () => this.open(),
      metresPerPixel: () => this.metresPerPixel(),
      onMove: (listener) => {
        map.on("move", listener);
        return () => map.off("move", listener);
      },
    };
  }

  /** Zooms in to at least `leastZoom`; does nothing if already in view. */
  show(centre: Position, leastZoom = 0): void {
    const zoom = Math.max(this.map.getZoom(), leastZoom);
    if (this.map.getBounds().contains([...centre]) && zoom === this.map.getZoom()) return;
    this.look({ centre, zoom });
  }

  look({ centre, zoom }: MapCamera): void {
    this.map.easeTo({ center: [...centre], zoom, animate: !prefersStill() });
  }

  /** Both look where either is moved from now on, the other one first comes here; returns the end of it. */
  linkWith(other: MapAdapter): () => void {
    other.follow(this);
    const ends = [this.bring(other), other.bring(this)];
    return () => {
      for (const end of ends) end();
    };
  }

  /** A map that follows brings nobody along and tells of no move, or two would chase each other. */
  private bring(other: MapAdapter): () => void {
    const { map } = this;
    const follow = () => {
      if (!this.isFollowing) other.follow(this);
    };
    const tell = () => {
      if (!this.isFollowing) other.place?.onMoved(other.camera());
    };
    map.on("move", follow);
    map.on("moveend", tell);
    return () => {
      map.off("move", follow);
      map.off("moveend", tell);
    };
  }

  private follow({ map }: MapAdapter): void {
    this.isFollowing = true;
    this.map.jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
    this.isFollowing = false;
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { animate: !prefersStill() });
  }

  /**
   * The visible picture as a data URL, without the keep-clear hatch, which never goes on paper or
   * into a file. Synchronous: printing does not wait, and WebGL keeps a picture only until the next
   * frame.
   */
  picture(): string {
    return this.drawnForPaper((canvas) =>
      withScale(openPart(canvas, this.covered()), this.open().width, this.metresPerPixel()),
    ).toDataURL();
  }

  /** What another map needs to draw a part of this one. */
  partOf({ x, y, width, height }: MapPart) {
    const { style, hatch, fillStrength, given } = this;
    const centre = positionOf(this.map.unproject([x + width / 2, y + height / 2]));
    return {
      paint: { style, hatch, fillStrength },
      layers: given,
      centre,
      zoom: this.map.getZoom(),
    };
  }

  /** Of a map made for paper, which is as sharp as its container says. */
  paperDots(): HTMLCanvasElement {
    return this.drawnForPaper(copyOf);
  }

  private drawnForPaper<Taken>(take: (canvas: HTMLCanvasElement) => Taken): Taken {
    this.isForPaper = true;
    takeLayers(this.overlay);
    this.map.redraw();
    const taken = take(this.map.getCanvas());
    this.isForPaper = false;
    this.map.redraw();
    return taken;
  }

  /** Line spacing is fixed in pixels, so each zoom needs new lines. */
  private hatchAgain(): void {
    this.hatchLayers = keepClearLayers(this.keepClearRings, this.map.getZoom(), this.hatch);
    this.draw();
  }

  /** A deck.gl layer belongs to one map: those drawn before a context loss are cloned. */
  private ownOf(layer: Layer): Layer {
    const known = this.owned.get(layer);
    if (known) return known;
    const faded = fadedFill(layer, this.fillStrength);
    const own = faded ?? (drawnBefore.has(layer) ? (layer.clone({}) as Layer) : layer);
    drawnBefore.add(layer);
    return own;
  }

  private open(): MapPart {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    return { x: 0, y: 0, width: clientWidth, height: clientHeight - this.covered() };
  }

  private middle(): Position {
    const { width, height } = this.open();
    return positionOf(this.map.unproject([width / 2, height / 2]));
  }

  private metresPerPixel(): number {
    return metresPerPixel(this.middle()[1], this.map.getZoom());
  }

  private draw(): void {
    this.overlay.setProps({ layers: [...this.owned.values(), ...this.hatchLayers] });
  }

  private covered(): number {
    return this.place?.coveredPx() ?? 0;
  }

  destroy(): void {
    this.map.removeControl(this.overlay);
    this.map.remove();
  }

  private listen(): void {
    this.map.on("mousemove", ({ lngLat }) => this.place?.onHover(positionOf(lngLat)));
    this.map.on("mouseout", () => this.place?.onHover(null));
    this.map.on("click", ({ lngLat }) => this.place?.onClick(positionOf(lngLat)));
    this.map.on("moveend", () => {
      if (!this.isFollowing) this.place?.onMoved(this.camera());
    });
    this.map.on("zoomend", () => this.hatchAgain());
    this.map.on("error", ({ error, ...event }) => {
      if ("sourceId" in event && event.sourceId === streetsSource) showBuiltInRoads(this.map);
      else reportError(error);
    });
    const canvas = this.map.getCanvas();
    canvas.addEventListener("webglcontextlost", () => {
      this.isLost = true;
      this.place?.onLost();
    });
    canvas.addEventListener("keydown", ({ key }) => {
      if (key === "Enter") this.place?.onClick(this.middle());
    });
  }

  private begin(place: MapPlace): void {
    this.place = place;
    this.isShown = false;
    this.map.triggerRepaint();
  }

  /** After each frame: cells are shown before their ground has come under them, streets among it. */
  private tellWhatIsDrawn(): void {
    const { place, map } = this;
    if (place === null || this.isShown || !map.isStyleLoaded()) return;
    if (this.given.length === 0 && !map.areTilesLoaded()) return;
    this.isShown = true;
    place.onShown?.();
    map.triggerRepaint();
    map.once("idle", () => {
      if (this.place !== place) return;
      // Read by screenshots and tests.
      place.container.setAttribute("data-drawn", "true");
      place.onDrawn?.();
    });
  }

  private camera(): MapCamera {
    return { centre: positionOf(this.map.getCenter()), zoom: this.map.getZoom() };
  }
}

const positionOf = ({ lng, lat }: LngLat): Position => [lng, lat];
