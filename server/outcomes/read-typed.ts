import type { DayCount } from "#core/outcomes/figures.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";
import type { Services } from "#server/context.ts";
import { systemActor } from "#server/db/database.ts";
import { countOutcomeDays } from "#server/queries/outcome-days.ts";
import { loadTallies } from "#server/queries/tallies.ts";

/** All that figures are made of, as the system reads it: whoever asks is given what their role may see of it. */
export function readTyped({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<{ tallies: TypedTally[]; days: DayCount[] }> {
  return db.transaction(
    systemActor,
    async (tx) => ({
      tallies: await loadTallies(tx, asAt.date()),
      days: await countOutcomeDays(tx, { timeZone: zone.name, before: asAt.now() }),
    }),
    { readOnly: true, beside: true },
  );
}
