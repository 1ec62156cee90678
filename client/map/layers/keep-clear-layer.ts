import { hatchLines, type Rings } from "#client/map/hatch-lines.ts";
import { pathLayer } from "#client/map/layers/path-layer.ts";
import type { Rgba } from "#client/map/palette.ts";
import { dataSlot } from "#client/map/style.ts";
import type { Position } from "#core/geo/cell.ts";

/** Layers whose id begins so never go on paper or into a file (SAFEGUARDS 6). */
const keepClearPrefix = "keep-clear";

/** The hatch of closed cells: lines and a hairline around them, no fill and no hue. */
export function keepClearLayers({
  rings,
  zoom,
  colour,
}: {
  readonly rings: Rings;
  readonly zoom: number;
  readonly colour: Rgba;
}) {
  const shared = { colour, beforeId: dataSlot };
  const lines: readonly (readonly Position[])[] = hatchLines(rings, zoom);
  return [
    pathLayer({ ...shared, id: `${keepClearPrefix}-lines`, paths: lines, widthPx: 1.5 }),
    pathLayer({ ...shared, id: `${keepClearPrefix}-edge`, paths: rings, widthPx: 1 }),
  ];
}
