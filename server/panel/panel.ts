import type { AreaCount } from "#core/panel/monthly-figures.ts";
import { endOfMonths, publicMonths } from "#core/panel/months.ts";
import { buildPanel } from "#core/panel/panel.ts";
import { type PublicAreas, publicAreas } from "#core/panel/public-areas.ts";
import type { PanelReply } from "#core/wire/panel.ts";
import type { ActServices } from "#server/audit/notes.ts";
import { publisherActor } from "#server/db/database.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { countResidentComplaints } from "#server/queries/panel.ts";

/** What the public figures may know of the server: not who asks, nor anything else it holds. */
export type PanelServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/**
 * The public panel from resident complaints and the fixed areas alone. It is the same for whoever
 * asks, so the statement runs as the publisher.
 */
export async function panelOf({ db, zone, asAt, addDetail }: PanelServices): Promise<PanelReply> {
  const asAtDate = asAt.date();
  const months = publicMonths(asAtDate);
  const fixed = fixedAreas(await placesOf({ db }));
  addDetail({ from: months[0] ?? null, to: months.at(-1) ?? null });
  const rows = await db.transaction(publisherActor, (tx) =>
    countResidentComplaints(tx, {
      timeZone: zone.name,
      from: zone.startOfDate(`${months[0] ?? ""}-01`),
      to: zone.startOfDate(endOfMonths(months)),
    }),
  );
  const counts = rows.flatMap(({ month, cell, ward, count }): AreaCount[] => {
    const area = fixed.areaOf(cell, ward);
    return area === undefined ? [] : [{ area, month, count }];
  });
  return buildPanel({ asAtDate, publicAreas: fixed, counts, madeUp: asAt.demo });
}

const held = new WeakMap<Places, PublicAreas>();

/** Made once for each set of stored places. */
export function fixedAreas(places: Places): PublicAreas {
  const { areas, gazetteer } = places.reply;
  const fixed = held.get(places) ?? publicAreas(areas, gazetteer.neighbourhoods);
  held.set(places, fixed);
  return fixed;
}
