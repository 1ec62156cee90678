import type { Layer } from "@deck.gl/core";
import { useMemo } from "react";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { itemClasses } from "#client/hotspots/lens.ts";
import { countFill } from "#client/hotspots/map/count-fill.ts";
import { hollowHexagons } from "#client/hotspots/map/hollow-hexagons.ts";
import { useMarkedLayers } from "#client/hotspots/map/use-layers.ts";
import type { DateRange } from "#client/hotspots/presets.ts";
import { type HotspotsView, leadingSource, standsSideBySide } from "#client/hotspots/view.ts";
import type { Palette } from "#client/map/palette.ts";
import type { H3Cell } from "#core/geo/cell.ts";

export interface BaselineLayersInput {
  readonly view: HotspotsView;
  readonly picture: Picture;
  readonly hovered: H3Cell | null;
  readonly palette: Palette;
}

/**
 * The map of the baseline in the same classes: its counts as they would be in a period of this length, so that
 * equal colours are equal rates. Null unless both periods stand beside each other.
 */
export function useBaselineLayers(
  input: BaselineLayersInput,
): { readonly layers: readonly Layer[]; readonly range: DateRange } | null {
  const { view, picture, palette } = input;
  const { lens, leading, aside } = picture;
  const marked = useMarkedLayers(input.hovered, view.cell, palette);
  const isAsked = standsSideBySide(view);
  const isReported = leadingSource(view) === "reported";
  const counts = useMemo(() => {
    if (!isAsked || aside?.measure !== "change") return null;
    const [before, now] = aside.lengths;
    const weights = aside.summary.weights.map((weight) => (weight * now) / before);
    const classes = itemClasses(lens, { ...aside.summary, weights }, leading.breaks);
    const layer = isReported
      ? countFill({ id: "before", lens, classes, measure: "change", palette })
      : hollowHexagons({ id: "before", lens, layer: { classes }, colour: palette.ink });
    return { layer, range: aside.range };
  }, [isAsked, isReported, aside, lens, leading.breaks, palette]);
  return useMemo(
    () => counts && { layers: [counts.layer, ...marked], range: counts.range },
    [counts, marked],
  );
}
