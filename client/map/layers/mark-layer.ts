import { ScatterplotLayer, SolidPolygonLayer } from "@deck.gl/layers";
import { type MarkShape, markOutlines } from "#client/map/layers/mark-shapes.ts";
import type { Rgba } from "#client/map/palette.ts";
import { markSlot } from "#client/map/style.ts";
import { cellCentre, cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";

export interface Mark {
  readonly cell: H3Cell;
  readonly shape: MarkShape;
  readonly colour: Rgba;
}

/** Half a mark's side, as a share of the cell's circumradius. */
const share = 0.5;

/** Scale with their cells, so that they never overlap a neighbour. */
export function markLayer({ id, marks }: { readonly id: string; readonly marks: readonly Mark[] }) {
  return new SolidPolygonLayer<Mark, { beforeId: string }>({
    id,
    data: marks as Mark[],
    getPolygon: (mark) => markRings(mark) as unknown as [number, number][][],
    getFillColor: ({ colour }) => [...colour],
    extruded: false,
    filled: true,
    beforeId: markSlot,
  });
}

/** Closed rings in degrees: wider east-west, as degrees of longitude are shorter. */
function markRings({ cell, shape }: Pick<Mark, "cell" | "shape">): Position[][] {
  const [lng, lat] = cellCentre(cell);
  const [corner = [lng, lat] as Position] = cellRing(cell);
  const shrink = Math.cos((lat * Math.PI) / 180);
  const size = share * Math.hypot((corner[0] - lng) * shrink, corner[1] - lat);
  return markOutlines[shape].map((outline) => {
    const ring = outline.map(([x, y]): Position => [lng + (x * size) / shrink, lat + y * size]);
    return [...ring, ring[0] as Position];
  });
}

interface PointLayerInput {
  readonly id: string;
  /** Keep the same array while nothing changes. */
  readonly points: readonly Position[];
  readonly radiusPx: number;
  readonly fill: Rgba;
  readonly line: Rgba;
}

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
