import type { DayCount } from "#core/outcomes/periods.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { countingActor } from "#server/db/database.ts";
import { countOutcomeDays } from "#server/outcomes/queries/outcome-days.ts";
import { loadTallies } from "#server/outcomes/queries/tallies.ts";
import { placesOf } from "#server/places/places.ts";

/**
 * All that figures are made of, the same for whoever asks: they are given what their role may see of it, which is
 * totals of many days. Ask outside a transaction: it opens its own.
 */
export async function readTyped(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<{ tallies: StandingTally[]; days: DayCount[] }> {
  const { db, zone, asAt } = services;
  const { command } = await placesOf(services);
  return db.transaction(
    countingActor,
    async (tx) => ({
      tallies: await loadTallies(tx, asAt.date()),
      days: await countOutcomeDays(tx, {
        timeZone: zone.name,
        // Whole days, as the periods are: the day itself says the same at one in the morning as at noon.
        before: zone.startOfDate(addDays(asAt.date(), 1)),
        cells: command.cells,
      }),
    }),
    { events: true, readOnly: true, beside: true },
  );
}
