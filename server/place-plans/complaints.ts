import { tenFiveRule } from "#core/disclosure/rule.ts";
import type { PackComplaints } from "#core/place-plans/meeting/pack.ts";
import { commandId } from "#core/places/public-areas.ts";
import type { Services } from "#server/acts/services.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { standingRelease } from "#server/releases/serve.ts";

/**
 * Complaints by residents in the whole command as the last standing release has them, and none without one: a pack
 * with figures of its own could be taken from a release. Ask before a transaction.
 */
export async function packComplaints({ db }: Pick<Services, "db">): Promise<PackComplaints> {
  const standing = await standingRelease(databaseBehind(db));
  if (standing === null) return { months: [], ...tenFiveRule };
  const { months, values, threshold, base } = standing.release;
  const countOf = new Map(
    values
      .filter(({ area, measure }) => area === commandId && measure === "resident_complaints")
      .map(({ month, count }) => [month, count]),
  );
  return {
    months: months.map((month) => ({ month, count: countOf.get(month) ?? null })),
    ...{ threshold, base },
  };
}
