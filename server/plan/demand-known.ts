import { type Demand, demandDefaults, forecastDemand } from "#core/demand/demand.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Services } from "#server/context.ts";
import type { Database, Transaction } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { loadEventColumns } from "#server/queries/events.ts";
import { eventsVersion } from "#server/queries/events-version.ts";

const held = new WeakMap<Database, { readonly key: string; readonly demand: Demand }>();

/** The demand that a window is judged by when it is moved: reckoned once a day and after an import. */
export async function knownDemand(
  tx: Transaction,
  services: Pick<Services, "db" | "zone"> & { readonly studyCells: readonly H3Cell[] },
  reportsBefore: number,
): Promise<Demand> {
  const key = `${reportsBefore} ${await eventsVersion(tx)}`;
  const known = held.get(databaseBehind(services.db));
  if (known?.key === key) return known.demand;
  const columns = await loadEventColumns(tx, {
    from: reportsBefore - demandDefaults.historyDays * dayMs,
    before: reportsBefore,
  });
  const demand = forecastDemand(columns, {
    zone: services.zone,
    asAt: reportsBefore,
    studyCells: new Set(services.studyCells),
  });
  held.set(databaseBehind(services.db), { key, demand });
  return demand;
}
