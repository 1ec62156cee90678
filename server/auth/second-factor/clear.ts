import type { Transaction } from "#server/db/database.ts";
import { deleteFactors } from "#server/queries/second-factors.ts";
import { deleteSignInsOf } from "#server/queries/sign-ins.ts";

/** The database lets it through for an account whose clearing two people agreed on; its sessions end with it. */
export function clearThroughGate(tx: Transaction, accountId: string): Promise<void> {
  return tx.through("gate", async (gate) => {
    await deleteFactors(gate, accountId);
    await deleteSignInsOf(gate, accountId);
  });
}
