import { cellCentre, cellRing, type Position } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import type { StreetLookup } from "#server/records/import/street-of-point.ts";
import type { EventStreet } from "#server/records/queries/event-arrays.ts";

/** As far from the middle of its cell towards a corner as a made-up point lies at most. */
const reach = 0.8;
const seed = 30;
/** So many points are made up until one lies on a street that people would name. */
const tries = 6;

/**
 * Made-up events have no point; where there are streets each gets one within its cell, the same every time, and from it its
 * street, as the points of a file do. Without streets they stay as they are.
 */
export function onStreets<Event extends Pick<PoliceEvent, "cell">>(
  events: readonly Event[],
  { streetOf, isNamed }: Pick<StreetLookup, "streetOf" | "isNamed">,
): readonly (Event & { readonly street?: EventStreet })[] {
  const random = createRandom(seed);
  return events.map((event) => {
    const corners = cellRing(event.cell);
    const [lng, lat] = cellCentre(event.cell);
    const found = Array.from({ length: tries }, () => {
      const [toLng, toLat] = corners[Math.floor(random.next() * corners.length)] ?? [lng, lat];
      const share = reach * random.next();
      const position: Position = [lng + share * (toLng - lng), lat + share * (toLat - lat)];
      return streetOf({ position, placedBy: "point" });
    });
    const street =
      found.find((one) => one && isNamed(one.segment)) ?? found.find((one) => one !== undefined);
    return street ? { ...event, street } : event;
  });
}
