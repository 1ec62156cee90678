import { type Measure, measureOf } from "#client/hotspots/measures/list.ts";
import type { Lens } from "#client/hotspots/ranked/lens.ts";
import type { Layer } from "#client/hotspots/ranked/use-picture.ts";
import { type HexagonItem, hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { hollowSizes } from "#client/map/layers/mark-shapes.ts";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import { countColours, type Palette, type Rgba } from "#client/map/palette.ts";
import { cellCentre, cellRing, type Position } from "#core/geo/cell.ts";

/** Size says how many, never a fill. */
export function hollowHexagons({
  lens,
  layer,
  colour,
  id = "discovered",
}: {
  readonly lens: Lens;
  readonly layer: Pick<Layer, "classes"> | null;
  readonly colour: Rgba;
  readonly id?: string;
}) {
  const paths = layer ? hollowPaths(lens, layer.classes) : [];
  return pathLayer({ id, paths, colour, widthPx: 1.5 });
}

export function hollowPaths(lens: Lens, classes: Uint8Array): readonly (readonly Position[])[] {
  return hollowHexagonPaths(lens.items, classes);
}

/** `classes` per item; 0 is not drawn. */
export function hollowHexagonPaths(
  items: readonly HexagonItem[],
  classes: Uint8Array,
): readonly (readonly Position[])[] {
  return items.flatMap(({ cell, index }) => {
    const size = hollowSizes[classes[index] ?? 0] ?? 0;
    return size === 0 ? [] : [shrink(cellRing(cell), cellCentre(cell), size)];
  });
}

function shrink(
  ring: readonly Position[],
  [lng, lat]: Position,
  size: number,
): readonly Position[] {
  return ring.map(([x, y]): Position => [lng + (x - lng) * size, lat + (y - lat) * size]);
}

interface CountFillInput {
  readonly id: string;
  readonly lens: Lens;
  /** Per item of the lens. */
  readonly classes: Uint8Array;
  readonly measure: Measure;
  readonly palette: Palette;
}

export function countFill({ id, lens, classes, measure, palette }: CountFillInput) {
  return hexagonLayer({
    id,
    items: lens.items,
    classes,
    colours: countColours(palette),
    opacity: measureOf(measure).opacity,
  });
}
