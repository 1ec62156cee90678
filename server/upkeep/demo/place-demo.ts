import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellCentre, cellRing, type Position } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { formatCount } from "#core/text/numbers.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { operatorActor } from "#server/cli/command.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { createStreetLookup, type StreetLookup } from "#server/records/import/street-of-point.ts";
import type { EventStreet } from "#server/records/queries/event-arrays.ts";

const loader = operatorActor("demonstration");

/** Null where there was nothing to do. */
export async function placeDemoInWords(
  services: Pick<Services, "db" | "streets" | "asAt">,
): Promise<string | null> {
  const placed = await placeDemo(services);
  return placed > 0 ? `${formatCount(placed)} made-up events now have a street.` : null;
}

/**
 * Puts made-up events on streets imported later: having no real point, each gets a made-up one in
 * its cell, as on loading. Returns how many then have a street; 0 where there is nothing to do, as
 * on a second run.
 */
export async function placeDemo(
  services: Pick<Services, "db" | "streets" | "asAt">,
): Promise<number> {
  const { db, asAt } = services;
  const streets = asAt.demo ? await services.streets.readable() : null;
  if (!streets) return 0;
  const { network } = streets;
  return withOptions(db, { events: true, long: true }).transaction(loader, async (tx) => {
    const events = onStreets(await offStreets(tx, network), createStreetLookup(streets));
    const placed = events.filter(({ street }) => street).length;
    if (placed === 0) return 0;
    await tx.run(
      sql`update event
        set segment = given.segment,
          streets = case when given.segment is not null then decode(${network}, 'hex') end
        from unnest(
          ${events.map(({ id }) => id)}::int[],
          ${events.map(({ street }) => street?.segment ?? null)}::int[]
        ) as given (id, segment)
        where event.id = given.id`,
    );
    await appendAudit(tx, loader, {
      verb: "alteration",
      act: "place the demonstration on streets",
      purpose: "records",
      outcome: "done",
      detail: { events: events.length, placed },
    });
    return placed;
  });
}

/** In stored order; none when some lie on these streets already. */
const offStreets = (tx: Transaction, network: string) =>
  tx.rows(
    z.object({ id: z.int(), cell: eventCell }),
    sql`with made as (
        select event.id, event.cell, event.streets
        from event join batch on batch.id = event.batch_id
        where batch.profile = 'demonstration'
      )
      select id, cell from made
      where not exists (select from made where streets = decode(${network}, 'hex'))
      order by id`,
  );

/** Largest share of the way from a cell's centre to a corner. */
const reach = 0.8;
const seed = 30;
const tries = 6;

/**
 * Made-up events have no point; where there are streets each gets a deterministic one within its
 * cell, and from it its street, like points from a file. Without streets they stay unchanged.
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
