import type { Lens } from "#client/hotspots/lens.ts";
import type { Layer } from "#client/hotspots/use-picture.ts";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import type { Rgba } from "#client/map/palette.ts";
import { cellCentre, cellRing, type Position } from "#core/geo/cell.ts";

/** A hollow hexagon grows with its class from a third to most of its cell. */
const sizes = [0, 0.32, 0.44, 0.56, 0.68, 0.8] as const;

/** Police finds as hollow hexagons inside their cells: size says how many, never a fill. */
export function hollowHexagons({
  lens,
  layer,
  colour,
}: {
  readonly lens: Lens;
  readonly layer: Layer | null;
  readonly colour: Rgba;
}) {
  const paths = layer ? hollowPaths(lens, layer.classes) : [];
  return pathLayer({ id: "discovered", paths, colour, widthPx: 1.5 });
}

export function hollowPaths(lens: Lens, classes: Uint8Array): readonly (readonly Position[])[] {
  return lens.items.flatMap(({ cell, index }) => {
    const size = sizes[classes[index] ?? 0] ?? 0;
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
