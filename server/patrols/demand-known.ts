import type { Demand } from "#core/patrols/demand/demand.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { demandFor, type PlanReports } from "#core/patrols/plan/plan.ts";
import { reportedKinds } from "#core/records/kinds.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { type Database, databaseBehind, type Transaction } from "#server/db/database.ts";
import { loadDemandColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

interface Held {
  readonly key: string;
  readonly demand: Demand;
  readonly reports: number;
}

/** The last two: patrols of a plan of yesterday are moved beside today's. */
const held = new WeakMap<Database, readonly Held[]>();

/** A forecast, or what to make it from: it is made again once a day and after an import. */
export interface DemandAsked {
  readonly from: PlanReports | Demand;
  readonly reports: number;
  readonly keep: (demand: Demand) => void;
}

export async function askDemand(
  tx: Transaction,
  services: Pick<Services, "db" | "zone">,
  given: { readonly reportsBefore: number; readonly study: Neighbourhood },
): Promise<DemandAsked> {
  const { reportsBefore } = given;
  // Only cells and neighbours: a whole study set has an index that would be copied needlessly.
  const { cells, offsets, targets } = given.study;
  const database = databaseBehind(services.db);
  const key = `${reportsBefore} ${cells.length} ${await eventsVersion(tx)}`;
  const known = held.get(database)?.find((one) => one.key === key);
  if (known) {
    return { from: known.demand, reports: known.reports, keep: () => undefined };
  }
  const columns = await loadDemandColumns(tx, {
    from: reportsBefore - demandDefaults.historyDays * dayMs,
    before: reportsBefore,
  });
  const unknown = await loadUnknownMonths(tx, services.zone, reportedKinds);
  return {
    from: { columns, asAt: reportsBefore, study: { cells, offsets, targets }, unknown },
    reports: columns.length,
    keep: (demand) => {
      const others = (held.get(database) ?? []).filter((one) => one.key !== key);
      held.set(database, [{ key, demand, reports: columns.length }, ...others].slice(0, 2));
    },
  };
}

export async function knownDemand(
  tx: Transaction,
  services: Pick<Services, "db" | "zone"> & { readonly study: Neighbourhood },
  reportsBefore: number,
): Promise<Demand> {
  const { study } = services;
  const { from, keep } = await askDemand(tx, services, { reportsBefore, study });
  if ("rates" in from) return from;
  const demand = demandFor(from, services.zone);
  keep(demand);
  return demand;
}
