import type { EdgeRow } from "#client/displacement/VerdictMark.tsx";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import { type H3Cell, middleOfCells, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

/** Degrees clockwise from north, 0 up to 360. */
export function bearing(from: Position, to: Position): number {
  const squeeze = Math.cos((from[1] * Math.PI) / 180);
  const degrees = (Math.atan2((to[0] - from[0]) * squeeze, to[1] - from[1]) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

export type PlacedEdge = ReturnType<typeof placeEdges<EdgeRow>>[number];

/**
 * Numbered clockwise from north around the command's centre, internal borders last; on screen and
 * paper alike.
 */
export function placeEdges<Edge extends Pick<EdgeRow, "neighbour">>(
  { areas }: Pick<PlacesReply, "areas">,
  { edges, zones }: { readonly edges: readonly Edge[]; readonly zones: Zones },
) {
  const centre = middleOfCells(zones.edges.flatMap(({ inner }) => inner) as H3Cell[]);
  return edges
    .map((item) => {
      const { neighbour } = item;
      const zone = zones.edges.find((each) => each.neighbour === neighbour) ?? nowhere;
      const inner = zone.inner as H3Cell[];
      const cells = [...inner, ...(zone.outer as H3Cell[])];
      const isBeyond = areas.some(({ kind, name }) => kind === "neighbour" && name === neighbour);
      const degrees = inner.length > 0 ? bearing(centre, middleOfCells(inner)) : 0;
      const side = isBeyond ? (degrees < 180 ? "east" : "west") : "within";
      // Where its number stands.
      const at = cells.length > 0 ? middleOfCells(inner.length > 0 ? inner : cells) : null;
      return { item, cells, at, side, rank: isBeyond ? degrees : 360 } as const;
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ rank: _, ...placed }, index) => ({ ...placed, order: index + 1 }));
}

type Zones = Pick<DisplacementReply["zones"], "edges">;
const nowhere = { inner: [], outer: [] };
