import type { EdgeRow } from "#client/displacement/VerdictMark.tsx";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import { cellCentre, type H3Cell, type Position } from "#core/geo/cell.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export function middleOf(cells: readonly string[]): Position | null {
  if (cells.length === 0) return null;
  let lng = 0;
  let lat = 0;
  for (const cell of cells) {
    const centre = cellCentre(cell as H3Cell);
    lng += centre[0] / cells.length;
    lat += centre[1] / cells.length;
  }
  return [lng, lat];
}

/** Degrees clockwise from north, 0 up to 360. */
export function bearing(from: Position, to: Position): number {
  const squeeze = Math.cos((from[1] * Math.PI) / 180);
  const degrees = (Math.atan2((to[0] - from[0]) * squeeze, to[1] - from[1]) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

export interface Placed<Item> {
  readonly item: Item;
  readonly bearing: number;
  readonly side: "west" | "east" | "within";
}

/** Clockwise from north around the command's centre; internal borders last. */
export function inCompassOrder<Item>(
  items: readonly Item[],
  centre: Position,
  about: (item: Item) => { readonly at: Position | null; readonly isWithin: boolean },
): readonly Placed<Item>[] {
  return items
    .map((item): Placed<Item> => {
      const { at, isWithin } = about(item);
      const degrees = at ? bearing(centre, at) : 0;
      const side = isWithin ? "within" : degrees < 180 ? "east" : "west";
      return { item, bearing: degrees, side };
    })
    .sort((a, b) => rank(a) - rank(b));
}

function rank<Item>({ bearing: degrees, side }: Placed<Item>): number {
  return side === "within" ? 360 : degrees;
}

/** Numbered clockwise from north, on screen and paper alike. */
export function placeEdges(
  places: PlacesReply,
  reply: Pick<DisplacementReply, "edges" | "zones">,
): readonly Placed<EdgeRow>[] {
  const neighbours = new Set(
    places.areas.filter(({ kind }) => kind === "neighbour").map(({ name }) => name),
  );
  const zoneOf = new Map(reply.zones.edges.map((zone) => [zone.neighbour, zone]));
  const cells = reply.zones.edges.flatMap(({ inner }) => inner);
  return inCompassOrder(reply.edges, middleOf(cells) ?? [0, 0], ({ neighbour }) => ({
    at: middleOf(zoneOf.get(neighbour)?.inner ?? []),
    isWithin: !neighbours.has(neighbour),
  }));
}
