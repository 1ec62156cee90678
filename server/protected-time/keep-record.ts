import type { Transaction } from "#server/db/database.ts";
import { isKept, type PastVisit } from "#server/protected-time/past-visits.ts";
import { addKeptClear } from "#server/protected-time/queries/kept-clear.ts";

/** Before visits are erased: all that is left of them is whether they were kept clear. */
export async function keepRecord(tx: Transaction, visits: readonly PastVisit[]): Promise<void> {
  const partners = new Set(visits.map(({ session }) => session.partnerId));
  await tx.through("keeper", async (keeper) => {
    for (const partnerId of partners) {
      const own = visits.filter(({ session }) => session.partnerId === partnerId);
      const kept = own.filter(isKept).length;
      await addKeptClear(keeper, { partnerId, kept: true, count: kept });
      await addKeptClear(keeper, { partnerId, kept: false, count: own.length - kept });
    }
  });
}
