import type { Layer } from "@deck.gl/core";
import { BitmapLayer } from "@deck.gl/layers";
import { useMemo } from "react";
import { findingLayers } from "#client/hotspots/map/finding-layers.ts";
import { countFill, hollowHexagons } from "#client/hotspots/map/hexagons.ts";
import type { SurfaceAnswer } from "#client/hotspots/measures/answers.ts";
import { isSurface, type SurfaceAside, surfaceOpacity } from "#client/hotspots/measures/surface.ts";
import type { Lens } from "#client/hotspots/ranked/lens.ts";
import { type Ranked, shownView } from "#client/hotspots/ranked/ranked.ts";
import type { Picture } from "#client/hotspots/ranked/use-picture.ts";
import {
  drawsSurface,
  type HotspotsView,
  isOnScreenAlone,
  leadingSource,
  showsHot,
  standsSideBySide,
} from "#client/hotspots/state/view.ts";
import { pointLayer } from "#client/map/layers/mark-layer.ts";
import { outlineLayer, outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { countColours, type Palette, type Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import type { Surface } from "#core/hotspots/surface.ts";
import type { FactorKind, LayerFeaturesReply, PlaceFactor } from "#core/places/wire/layers.ts";

export interface LayersInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
  readonly hovered: H3Cell | null;
  readonly features: LayerFeaturesReply;
  readonly palette: Palette;
  readonly streets: readonly Layer[];
}

export function useLayers(input: LayersInput): readonly Layer[] {
  const { picture, ranked, features, palette } = input;
  const { lens, aside } = picture;
  const view = useMemo(() => shownView(input.view, aside), [input.view, aside]);
  const counts = useCountLayers({ ...input, view });
  const found = useFoundLayers({ ...input, view });
  // Hot are places of both kinds together.
  const isHotDrawn = showsHot(view) && !picture.kinds;
  const hotCells = isHotDrawn ? (ranked?.hotCells ?? noCells) : noCells;
  const hotPaths = useMemo(() => outlinePaths(hotCells), [hotCells]);
  const hot = useMemo(
    () => pathLayer({ id: "hot", paths: hotPaths, colour: palette.hot, widthPx: 2 }),
    [hotPaths, palette],
  );
  const marked = useMarkedLayers(input.hovered, view.cell, palette);
  const edge = useMemo(() => edgeLayer(view, lens, palette), [view, lens, palette]);
  const factors = useMemo(
    () => factorLayers(features, view.factors, palette),
    [features, view.factors, palette],
  );
  const { by } = view;
  const { streets } = input;
  return useMemo(
    () =>
      by === "street"
        ? [edge, ...factors, ...streets]
        : [...counts, ...found, edge, ...factors, hot, ...marked],
    [by, streets, counts, found, edge, factors, hot, marked],
  );
}

/** On paper only, where the measure may not leave the screen. */
function useCountLayers({ view, picture, palette }: LayersInput): readonly Layer[] {
  const { lens, leading, beside, kinds } = picture;
  const { area, resolution, measure } = view;
  const isReported = leadingSource(view) === "reported";
  const prefix = isOnScreenAlone(view) ? "paper-" : "";
  const showsCounts = showsHot(view) || standsSideBySide(view);
  const fill = useMemo(() => {
    const shown = kinds ? kinds[1] : leading;
    const classes = isReported && showsCounts ? shown.classes : new Uint8Array(lens.items.length);
    return countFill({
      id: `${prefix}count-${resolution}-${area}`,
      lens,
      classes,
      measure,
      palette,
    });
  }, [lens, leading, kinds, isReported, showsCounts, prefix, resolution, area, measure, palette]);
  const hollow = useMemo(
    () =>
      hollowHexagons({
        id: isReported ? "discovered" : `${prefix}discovered`,
        lens,
        layer: isReported ? beside : leading,
        colour: palette.ink,
      }),
    [lens, beside, leading, isReported, prefix, palette],
  );
  return useMemo(() => [fill, hollow], [fill, hollow]);
}

function useFoundLayers({ view, picture, ranked, palette }: LayersInput): readonly Layer[] {
  const { lens, aside } = picture;
  const isOfNow = ranked?.measure === view.measure && ranked.picture.lens === lens;
  const findings = isOfNow && !standsSideBySide(view) ? ranked.findings : null;
  const answer = isOfNow && drawsSurface(view) ? ranked.answer : null;
  const { measure } = view;
  const isHollow = leadingSource(view) === "discovered";
  return useMemo(() => {
    if (answer && isSurface(answer) && isSurface(aside)) {
      const colours = countColours(palette);
      const { surface } = answer as SurfaceAnswer;
      const { breaks } = aside as SurfaceAside;
      return [
        surfaceLayer({ id: "screen-surface", surface, breaks, colours, opacity: surfaceOpacity }),
      ];
    }
    const { study } = lens;
    return findings ? findingLayers({ study, measure, findings, palette, isHollow }) : [];
  }, [answer, aside, findings, lens, measure, palette, isHollow]);
}

export function useMarkedLayers(
  hovered: H3Cell | null,
  chosen: H3Cell | null,
  palette: Palette,
): readonly Layer[] {
  return useMemo(() => {
    const cells = (cell: H3Cell | null) => (cell ? [cell] : noCells);
    return [
      outlineLayer("hovered", cells(hovered), palette.ink, 1.5),
      outlineLayer("chosen", cells(chosen), palette.ink, 3),
    ];
  }, [hovered, chosen, palette]);
}

function edgeLayer(view: HotspotsView, lens: Lens, palette: Palette): Layer {
  const isPart = view.area.includes(":");
  return outlineLayer("area", isPart ? lens.study.cells : noCells, palette["map-outline"], 1.5);
}

interface SurfaceLayerInput {
  readonly id: string;
  readonly surface: Surface;
  /** At which it has the class colours. */
  readonly breaks: readonly number[];
  readonly colours: readonly Rgba[];
  readonly opacity: number;
}

/** One image on the map; nothing is drawn outside the area. */
function surfaceLayer({ id, surface, breaks, colours, opacity }: SurfaceLayerInput) {
  const { width, height, bounds } = surface;
  const [west, south, east, north] = bounds;
  return new BitmapLayer<{ beforeId: string }>({
    id,
    image: new ImageData(surfacePixels(surface, { breaks, colours, opacity }), width, height),
    bounds: [west, south, east, north],
    beforeId: dataSlot,
  });
}

type Scale = Pick<SurfaceLayerInput, "breaks" | "colours" | "opacity">;

/** RGBA per pixel. */
function surfacePixels(
  { density, width, height }: Surface,
  { breaks, colours, opacity }: Scale,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const first = breaks[0] ?? 1;
  for (let pixel = 0; pixel < density.length; pixel += 1) {
    const value = density[pixel] as number;
    const [red, green, blue] = colourAt(value, breaks, colours);
    pixels[pixel * 4] = red;
    pixels[pixel * 4 + 1] = green;
    pixels[pixel * 4 + 2] = blue;
    // Below the first bound it fades out.
    pixels[pixel * 4 + 3] = 255 * opacity * Math.min(1, Math.max(0, value / first));
  }
  return pixels;
}

/** On a log scale, as the bounds are spaced. */
function colourAt(
  value: number,
  breaks: readonly number[],
  colours: readonly Rgba[],
): readonly [number, number, number] {
  let above = breaks.findIndex((bound) => bound > value);
  if (above < 0) above = breaks.length;
  const low = colours[Math.max(0, above - 1)] ?? black;
  const high = colours[Math.min(above, breaks.length - 1)] ?? black;
  const from = breaks[above - 1];
  const to = breaks[above];
  const share =
    from === undefined || to === undefined ? 0 : Math.log(value / from) / Math.log(to / from);
  const mix = (part: 0 | 1 | 2) => low[part] + (high[part] - low[part]) * share;
  return [mix(0), mix(1), mix(2)];
}

/**
 * Place factors as quiet marks in the map's ink: dots for lamps, rings for stops, dotted rings for
 * late venues, double lines for alleys.
 */
function factorLayers(
  features: LayerFeaturesReply,
  kinds: readonly FactorKind[],
  palette: Palette,
): Layer[] {
  return features.kinds
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind, factors }) => [
      ...lineLayers(kind, factors, palette),
      ...pointLayers(
        kind,
        factors.flatMap(({ shape, line }) => (shape === "point" && line[0] ? [line[0]] : [])),
        palette,
      ),
    ]);
}

function pointLayers(
  kind: FactorKind,
  points: readonly Position[],
  { ink, paper }: Palette,
): Layer[] {
  if (points.length === 0) return [];
  const radiusPx = dotPx[kind];
  const hasRing = kind === "stop" || kind === "late_venue";
  const ring = { id: `${kind}-ring`, points, radiusPx: 5, fill: paper, line: ink };
  const dot = { id: `${kind}-dot`, points, radiusPx, fill: ink, line: paper };
  return [...(hasRing ? [pointLayer(ring)] : []), ...(radiusPx > 0 ? [pointLayer(dot)] : [])];
}

const dotPx = { lighting: 2, alley: 3, stop: 0, late_venue: 2 } as const;

function lineLayers(
  kind: FactorKind,
  factors: readonly PlaceFactor[],
  { ink, paper }: Palette,
): Layer[] {
  const paths = factors.filter(({ shape }) => shape !== "point").map(({ line }) => line);
  if (paths.length === 0) return [];
  return [
    pathLayer({ id: `${kind}-casing`, paths, colour: ink, widthPx: 4 }),
    pathLayer({ id: `${kind}-line`, paths, colour: paper, widthPx: 2 }),
  ];
}

const noCells: readonly H3Cell[] = [];
const black: Rgba = [0, 0, 0, 255];
