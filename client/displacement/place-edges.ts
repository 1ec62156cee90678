import { inCompassOrder, middleOf, type Placed } from "#client/displacement/compass.ts";
import type { EdgeRow } from "#client/displacement/verdict-words.ts";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { studyCentre } from "#core/protected-time/settings.ts";

/** The edges clockwise from north, as they are numbered on screen and on paper alike. */
export function placeEdges(
  places: PlacesReply,
  reply: Pick<DisplacementReply, "edges" | "zones">,
): readonly Placed<EdgeRow>[] {
  const neighbours = new Set(
    places.areas.filter(({ kind }) => kind === "neighbour").map(({ name }) => name),
  );
  const zoneOf = new Map(reply.zones.edges.map((zone) => [zone.neighbour, zone]));
  const cells = reply.zones.edges.flatMap(({ inner }) => inner);
  return inCompassOrder(reply.edges, middleOf(cells) ?? studyCentre, ({ neighbour }) => ({
    at: middleOf(zoneOf.get(neighbour)?.inner ?? []),
    isWithin: !neighbours.has(neighbour),
  }));
}
