import type { Transaction } from "#server/db/database.ts";
import {
  cutRunning,
  freeOccupancy,
  revisePlansOf,
  withdrawWaiting,
} from "#server/protected-time/queries/withdrawals.ts";

/**
 * Takes agreed windows out of the way of a session: those to come are no longer available, one
 * under way ends now. The caller holds the occupancy lock.
 */
export async function withdrawPatrols(
  tx: Transaction,
  windowIds: readonly string[],
  now: number,
): Promise<void> {
  if (windowIds.length === 0) return;
  await revisePlansOf(tx, windowIds);
  await withdrawWaiting(tx, windowIds, now);
  await cutRunning(tx, windowIds, now);
  await freeOccupancy(tx, windowIds, now);
}
