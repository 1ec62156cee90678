import type { PackComplaints } from "#core/meeting/pack.ts";
import { commandId } from "#core/panel/public-areas.ts";
import type { Services } from "#server/context.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { panelOf } from "#server/panel/panel.ts";

/**
 * Complaints by residents in the whole command, exactly as the panel shows them: already withheld and rounded with
 * all that is linked to them, so that the pack adds no figure to what is public. Ask before a transaction.
 */
export async function packComplaints(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<PackComplaints> {
  const { db, zone, asAt } = services;
  const beside = { db: databaseBehind(db), zone, asAt, addDetail: () => undefined };
  const { months, values, threshold, base } = await panelOf(beside);
  const countOf = new Map(
    values.filter(({ area }) => area === commandId).map(({ month, count }) => [month, count]),
  );
  return {
    months: months.map((month) => ({ month, count: countOf.get(month) ?? null })),
    ...{ threshold, base },
  };
}
