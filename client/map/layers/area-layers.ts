import { hexagonLayer } from "#client/map/layers/hexagon-layer.ts";
import { outlineLayer } from "#client/map/layers/path-layer.ts";
import type { H3Cell } from "#core/geo/cell.ts";

type Colour = readonly [number, number, number, number];

export function areaLayers(
  id: string,
  cells: readonly H3Cell[],
  fill: Colour,
  edge: Colour,
  widthPx: number,
) {
  const items = cells.map((cell, index) => ({ cell, index }));
  return [
    hexagonLayer({
      id: `${id}-cells`,
      items,
      classes: new Uint8Array(items.length).fill(1),
      colours: [fill],
      opacity: 0.8,
    }),
    outlineLayer(`${id}-edge`, cells, edge, widthPx),
  ];
}
