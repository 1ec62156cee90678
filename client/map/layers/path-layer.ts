import { PathLayer } from "@deck.gl/layers";
import type { Rgba } from "#client/map/palette.ts";
import { markSlot } from "#client/map/style.ts";
import { type H3Cell, outlineOf, type Position } from "#core/geo/cell.ts";

export interface PathLayerInput {
  readonly id: string;
  /** Keep the same array while nothing changes. */
  readonly paths: readonly (readonly Position[])[];
  readonly colour: Rgba;
  readonly widthPx: number;
  /** The basemap layer that it goes under; over all data unless said. */
  readonly beforeId?: string;
}

export function pathLayer(input: PathLayerInput) {
  const { id, paths, colour, widthPx, beforeId = markSlot } = input;
  return new PathLayer<readonly Position[], { beforeId: string }>({
    id,
    data: paths as (readonly Position[])[],
    getPath: (path) => path as unknown as [number, number][],
    getColor: [...colour],
    getWidth: widthPx,
    widthUnits: "pixels",
    capRounded: true,
    jointRounded: true,
    beforeId,
  });
}

export function outlineLayer(id: string, cells: readonly H3Cell[], colour: Rgba, widthPx: number) {
  return pathLayer({ id, paths: outlinePaths(cells), colour, widthPx });
}

/** Adjacent cells share one outline. */
export function outlinePaths(cells: readonly H3Cell[]): readonly (readonly Position[])[] {
  return cells.length === 0 ? [] : outlineOf(cells).flat();
}
