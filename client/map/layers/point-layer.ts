import { ScatterplotLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import { markSlot } from "#client/map/style.ts";
import type { Position } from "#core/geo/cell.ts";

export interface PointLayerInput {
  readonly id: string;
  /** Keep the same array while nothing changes. */
  readonly points: readonly Position[];
  readonly radiusPx: number;
  readonly fill: Rgba;
  readonly line: Rgba;
}

/** Small discs of one size in pixels, under the names of the map. */
export function pointLayer({ id, points, radiusPx, fill, line }: PointLayerInput) {
  return new ScatterplotLayer<Position, { beforeId: string }>({
    id,
    data: points as Position[],
    getPosition: ([lng, lat]) => [lng, lat],
    getRadius: radiusPx,
    radiusUnits: "pixels",
    getFillColor: [...fill],
    stroked: true,
    getLineColor: [...line],
    getLineWidth: 1.5,
    lineWidthUnits: "pixels",
    beforeId: markSlot,
  });
}
