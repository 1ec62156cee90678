import type { Layer } from "@deck.gl/core";
import { MapLibreOverlay } from "@deck.gl/maplibre";
import { type LngLat, MapLibreMap, type StyleSpecification } from "maplibre-gl";
import type { CameraLink, Follow, MapCamera } from "#client/map/camera.ts";
import { keepClearLayers, type Rings } from "#client/map/layers/keep-clear-layer.ts";
import {
  copyOf,
  fadedFill,
  type MapStart,
  openPart,
  paddingOver,
  startOf,
  takeLayers,
} from "#client/map/map-canvas.ts";
import type { Rgba } from "#client/map/palette.ts";
import { isDrawnOn } from "#client/map/paper.ts";
import type { Bounds } from "#client/map/place-features.ts";
import type { StillMap } from "#client/map/still.ts";
import { givingWay, streetsSource } from "#client/map/style.ts";
import { type H3Cell, metresBetween, outlineOf, type Position } from "#core/geo/cell.ts";
import "#client/map/worker.ts";
import "maplibre-gl/dist/maplibre-gl.css";

export interface MapAdapterOptions {
  readonly container: HTMLElement;
  readonly style: StyleSpecification;
  readonly hatch: Rgba;
  /** Of the fills of cells: less where streets are read through them. */
  readonly fillStrength: number;
  readonly start: MapStart;
  /** Pixels at the bottom that something lies over. */
  readonly coveredPx: () => number;
  readonly onHover: (at: Position | null) => void;
  readonly onClick: (at: Position) => void;
  readonly onMoved: (camera: MapCamera) => void;
  /** Maps beside this one that look where it looks. */
  readonly link?: CameraLink | undefined;
  /** Everything in view has been drawn for the first time. */
  readonly onDrawn: () => void;
  /** The graphics context is gone: the table takes the map's place. */
  readonly onLost: () => void;
}

/** What drawing over the map needs of it: pixels of the map's box and positions, one from the other. */
export interface MapGround {
  readonly toPixel: (at: Position) => readonly [number, number];
  readonly toPosition: (pixel: readonly [number, number]) => Position;
  readonly panBy: (pixels: readonly [number, number]) => void;
  readonly zoomBy: (steps: number) => void;
  /** Called whenever pixels mean other positions; call the result to stop. */
  readonly onMove: (listener: () => void) => () => void;
}

const drawnBefore = new WeakSet<Layer>();

/** Owns MapLibre and the deck.gl overlay; takes values and skips those it already shows. */
export class MapAdapter {
  private readonly map: MapLibreMap;
  private readonly overlay: MapLibreOverlay;
  private readonly whenLoaded: Promise<void>;
  private readonly coveredPx: () => number;
  private readonly fillStrength: number;
  private hatch: Rgba;
  private style: StyleSpecification;
  private given: readonly Layer[] = [];
  private layers: readonly Layer[] = [];
  private readonly owned = new WeakMap<Layer, Layer>();
  private keepClear: readonly H3Cell[] = [];
  private keepClearRings: Rings = [];
  private hatchLayers: readonly Layer[] = [];
  private isForPaper = false;
  private isLoaded = false;
  private isFollowing = false;
  private leaveLink: () => void = () => undefined;

  constructor(options: MapAdapterOptions) {
    this.style = options.style;
    this.hatch = options.hatch;
    this.coveredPx = options.coveredPx;
    this.fillStrength = options.fillStrength;
    this.map = new MapLibreMap({
      container: options.container,
      style: options.style,
      ...startOf(options.start, options.coveredPx()),
      minZoom: 8,
      maxZoom: 17,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    const help =
      "Map. Arrow keys move it, plus and minus zoom, Enter selects what is in the middle.";
    this.map.getCanvas().setAttribute("aria-label", help);
    this.overlay = new MapLibreOverlay({
      interleaved: true,
      layers: [],
      // Flat layers in the order given: with depth written, they would hide names drawn after them.
      layerFilter: ({ layer }) => isDrawnOn(this.isForPaper ? "paper" : "screen", layer.id),
      parameters: { depthWriteEnabled: false, depthCompare: "always" },
    });
    this.map.addControl(this.overlay);
    this.whenLoaded = new Promise((resolve) =>
      this.map.once("load", () => {
        this.isLoaded = true;
        resolve();
      }),
    );
    void this.whenLoaded.then(() => this.draw());
    this.follow(options);
  }

  setPaint(style: StyleSpecification, hatch: Rgba): void {
    if (style === this.style) return;
    this.style = style;
    this.hatch = hatch;
    this.hatchAgain();
    // At once where it can be: what is about to be printed is drawn in the next step.
    if (this.isLoaded) this.paint();
    else void this.whenLoaded.then(() => this.paint());
  }

  private paint(): void {
    for (const layer of this.style.layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.map.setPaintProperty(layer.id, name as never, value as never);
      }
    }
  }

  setLayers(layers: readonly Layer[]): void {
    if (layers === this.given) return;
    this.given = layers;
    this.layers = layers.map((layer) => this.ownOf(layer));
    this.draw();
  }

  /** The cells under the keep-clear hatch, drawn as one shape. */
  setKeepClear(cells: readonly H3Cell[]): void {
    if (cells === this.keepClear) return;
    this.keepClear = cells;
    this.keepClearRings = outlineOf(cells).flat();
    this.hatchAgain();
  }

  fit(bounds: Bounds): void {
    const padding = paddingOver(this.coveredPx());
    this.map.fitBounds([...bounds], { padding, animate: !prefersStill() });
  }

  ground(): MapGround {
    const { map } = this;
    return {
      toPixel: (at) => {
        const { x, y } = map.project([...at]);
        return [x, y];
      },
      toPosition: (pixel) => positionOf(map.unproject([...pixel])),
      panBy: (pixels) => map.panBy([...pixels], { animate: false }),
      zoomBy: (steps) => this.zoomBy(steps),
      onMove: (listener) => {
        map.on("move", listener);
        return () => map.off("move", listener);
      },
    };
  }

  /** Brings a place into view, no further off than `leastZoom`; the map stays where that is so already. */
  show(centre: Position, leastZoom = 0): void {
    const zoom = Math.max(this.map.getZoom(), leastZoom);
    if (this.map.getBounds().contains([...centre]) && zoom === this.map.getZoom()) return;
    this.look({ centre, zoom });
  }

  look({ centre, zoom }: MapCamera): void {
    this.map.easeTo({ center: [...centre], zoom, animate: !prefersStill() });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { animate: !prefersStill() });
  }

  /**
   * The picture as a data address, of what lies open on screen, without the keep-clear hatch, which
   * never goes on paper or into a file. All in one step: a browser that is about to print does not
   * wait, and WebGL keeps a picture only until the next one.
   */
  picture(): string {
    return this.drawnForPaper((canvas) => openPart(canvas, this.coveredPx()).toDataURL());
  }

  /**
   * The same for a file that is drawn around it, with its scale. In the dots of the screen: deck.gl does not
   * follow another pixel ratio at once, and would draw cells where they are not.
   */
  still(): StillMap {
    const dots = this.drawnForPaper((canvas) => copyOf(openPart(canvas, this.coveredPx())));
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const at = (x: number) => positionOf(this.map.unproject([x, clientHeight / 2]));
    return {
      dots,
      widthPx: clientWidth,
      heightPx: (clientWidth * dots.height) / dots.width,
      metresAcross: metresBetween(at(0), at(clientWidth)),
    };
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

  /** The lines stand at their step on screen, so a new zoom needs new ones. */
  private hatchAgain(): void {
    this.hatchLayers = keepClearLayers(this.keepClearRings, this.map.getZoom(), this.hatch);
    this.draw();
  }

  /** A layer belongs to the first map that drew it: one that was drawn before the graphics were lost is copied. */
  private ownOf(layer: Layer): Layer {
    const known = this.owned.get(layer);
    if (known) return known;
    const faded = fadedFill(layer, this.fillStrength);
    const own = faded ?? (drawnBefore.has(layer) ? (layer.clone({}) as Layer) : layer);
    drawnBefore.add(layer);
    this.owned.set(layer, own);
    return own;
  }

  /** Of what lies open, under the cross that stands there while the map has the keyboard. */
  private middle(): Position {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const middle: [number, number] = [clientWidth / 2, (clientHeight - this.coveredPx()) / 2];
    return positionOf(this.map.unproject(middle));
  }

  private draw(): void {
    this.overlay.setProps({ layers: [...this.layers, ...this.hatchLayers] });
  }

  destroy(): void {
    this.leaveLink();
    this.map.removeControl(this.overlay);
    this.map.remove();
  }

  private follow(options: MapAdapterOptions): void {
    this.map.on("mousemove", ({ lngLat }) => options.onHover(positionOf(lngLat)));
    this.map.on("mouseout", () => options.onHover(null));
    this.map.on("click", ({ lngLat }) => options.onClick(positionOf(lngLat)));
    // A map that follows another one says nothing: the other one does.
    this.map.on("moveend", () => {
      if (!this.isFollowing) options.onMoved(this.camera());
    });
    this.followLink(options.link);
    // The overlay finds its place among the basemap's layers only once the style has loaded.
    this.map.once("idle", () => {
      this.draw();
      this.map.triggerRepaint();
      // The attribute is for pictures and tests.
      this.map.once("idle", () => {
        options.container.setAttribute("data-drawn", "true");
        options.onDrawn();
      });
    });
    this.map.on("zoomend", () => this.hatchAgain());
    this.map.on("error", ({ error, ...event }) => {
      if ("sourceId" in event && event.sourceId === streetsSource) this.drawWithoutTiles();
      else reportError(error);
    });
    this.map.getCanvas().addEventListener("webglcontextlost", () => options.onLost());
    this.map.getCanvas().addEventListener("keydown", ({ key }) => {
      if (key === "Enter") options.onClick(this.middle());
    });
  }

  /** A tile did not come: what the built-in map has of its ground is better than nothing. */
  private drawWithoutTiles(): void {
    for (const id of givingWay(this.style)) this.map.setFilter(id, null);
  }

  private followLink(link: CameraLink | undefined): void {
    if (!link) return;
    const follow: Follow = ({ centre, zoom }) => {
      this.isFollowing = true;
      this.map.jumpTo({ center: [...centre], zoom });
      this.isFollowing = false;
    };
    this.leaveLink = link.join(follow);
    this.map.on("move", () => {
      if (!this.isFollowing) link.tell(follow, this.camera());
    });
  }

  private camera(): MapCamera {
    return { centre: positionOf(this.map.getCenter()), zoom: this.map.getZoom() };
  }
}

const positionOf = ({ lng, lat }: LngLat): Position => [lng, lat];

/** False where there is no WebGL 2: then no map is tried. */
export function canDrawMaps(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

function prefersStill(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
