import { deleteFactors } from "#server/accounts/queries/second-factors.ts";
import { deleteSignInsOf } from "#server/accounts/queries/sign-ins.ts";
import type { Transaction } from "#server/db/database.ts";

/** The database lets it through for an account whose clearing two people agreed on; its sessions end with it. */
export function clearThroughGate(tx: Transaction, accountId: string): Promise<void> {
  return tx.through("gate", async (gate) => {
    await deleteFactors(gate, accountId);
    await deleteSignInsOf(gate, accountId);
  });
}
