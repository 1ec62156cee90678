import type { Layer } from "@deck.gl/core";
import { useMemo } from "react";
import { factorLayers } from "#client/hotspots/factors/factor-layers.ts";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import type { Lens } from "#client/hotspots/lens.ts";
import { countFill } from "#client/hotspots/map/count-fill.ts";
import { findingLayers } from "#client/hotspots/map/finding-layers.ts";
import { hollowHexagons } from "#client/hotspots/map/hollow-hexagons.ts";
import { surfaceLayer } from "#client/hotspots/map/surface-layer.ts";
import { surfaceOpacity } from "#client/hotspots/map/surface-scale.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { shownView } from "#client/hotspots/shown-view.ts";
import {
  drawsSurface,
  type HotspotsView,
  isOnScreenAlone,
  leadingSource,
  showsHot,
  standsSideBySide,
} from "#client/hotspots/view.ts";
import { outlinePaths, pathLayer } from "#client/map/layers/path-layer.ts";
import { countColours, type Palette } from "#client/map/palette.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { LayerFeaturesReply } from "#core/places/wire/layers.ts";

export interface LayersInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly ranked: Ranked | null;
  readonly hovered: H3Cell | null;
  readonly features: LayerFeaturesReply;
  readonly palette: Palette;
}

const noCells: readonly H3Cell[] = [];

/** Fills for reports, hollow cells for police finds, outlines for hot, marks for what else was found. */
export function useLayers(input: LayersInput): readonly Layer[] {
  const { picture, ranked, features, palette } = input;
  const { lens, aside } = picture;
  const view = useMemo(() => shownView(input.view, aside), [input.view, aside]);
  const counts = useCountLayers({ ...input, view });
  const found = useFoundLayers({ ...input, view });
  const hotCells = showsHot(view) ? (ranked?.hotCells ?? noCells) : noCells;
  const hotPaths = useMemo(() => outlinePaths(hotCells), [hotCells]);
  const hot = useMemo(
    () => pathLayer({ id: "hot", paths: hotPaths, colour: palette.hot, widthPx: 2 }),
    [hotPaths, palette],
  );
  const marked = useMarkedLayers(input.hovered, view.cell, palette);
  const edge = useMemo(() => edgeLayer(view, lens, palette), [view, lens, palette]);
  const factors = useMemo(
    () => factorLayers({ features, kinds: view.factors, palette }),
    [features, view.factors, palette],
  );
  return useMemo(
    () => [...counts, ...found, edge, ...factors, hot, ...marked],
    [counts, found, edge, factors, hot, marked],
  );
}

/** Counts of both sources; on paper alone where the screen has what never goes there. */
function useCountLayers({ view, picture, palette }: LayersInput): readonly Layer[] {
  const { lens, leading, beside } = picture;
  const { area, resolution, measure } = view;
  const isReported = leadingSource(view) === "reported";
  const prefix = isOnScreenAlone(view) ? "paper-" : "";
  const showsCounts = showsHot(view) || standsSideBySide(view);
  const fill = useMemo(() => {
    const classes = isReported && showsCounts ? leading.classes : noClasses(lens);
    return countFill({
      id: `${prefix}count-${resolution}-${area}`,
      lens,
      classes,
      measure,
      palette,
    });
  }, [lens, leading, isReported, showsCounts, prefix, resolution, area, measure, palette]);
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

function noClasses(lens: Lens): Uint8Array {
  return new Uint8Array(lens.items.length);
}

/** What the measure found, once it is about the present view. */
function useFoundLayers({ view, picture, ranked, palette }: LayersInput): readonly Layer[] {
  const { lens, aside } = picture;
  const isOfNow = ranked?.measure === view.measure && ranked.picture.lens === lens;
  const findings = isOfNow && !standsSideBySide(view) ? ranked.findings : null;
  const answer = isOfNow && drawsSurface(view) ? ranked.answer : null;
  const { measure } = view;
  const isHollow = leadingSource(view) === "discovered";
  return useMemo(() => {
    if (answer?.measure === "surface" && aside?.measure === "surface") {
      const colours = countColours(palette);
      const { surface } = answer;
      const { breaks } = aside;
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
    const paths = (cell: H3Cell | null) => outlinePaths(cell ? [cell] : noCells);
    return [
      pathLayer({ id: "hovered", paths: paths(hovered), colour: palette.ink, widthPx: 1.5 }),
      pathLayer({ id: "chosen", paths: paths(chosen), colour: palette.ink, widthPx: 3 }),
    ];
  }, [hovered, chosen, palette]);
}

function edgeLayer(view: HotspotsView, lens: Lens, palette: Palette): Layer {
  const isPart = view.area.includes(":");
  const paths = isPart ? outlinePaths(lens.study.cells) : [];
  return pathLayer({ id: "area", paths, colour: palette["map-outline"], widthPx: 1.5 });
}
