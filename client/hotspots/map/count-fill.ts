import type { Lens } from "#client/hotspots/lens.ts";
import { type Measure, measureOf } from "#client/hotspots/measures/list.ts";
import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { countColours, type Palette } from "#client/map/palette.ts";

export interface CountFillInput {
  readonly id: string;
  readonly lens: Lens;
  /** Per item of the lens. */
  readonly classes: Uint8Array;
  readonly measure: Measure;
  readonly palette: Palette;
}

/** Cells in the five colours of counts. */
export function countFill({ id, lens, classes, measure, palette }: CountFillInput) {
  return hexagonLayer({
    id,
    items: lens.items,
    classes,
    colours: countColours(palette),
    opacity: measureOf(measure).opacity,
  });
}
