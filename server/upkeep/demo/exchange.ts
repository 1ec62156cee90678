import { parseLocal, type Zone } from "#core/time/zone.ts";
import { agreedAt, demoAgreements, demoTotals, givenAt } from "#data/demo/neighbour.ts";
import { operatorActor } from "#server/cli/actor.ts";
import type { Transaction } from "#server/db/database.ts";
import { agree } from "#server/neighbours/agreements.ts";
import { comparisonKey } from "#server/neighbours/queries/neighbour-questions.ts";
import { insertTotals } from "#server/neighbours/queries/neighbour-totals.ts";
import type { Places } from "#server/places/places.ts";

/** Elsewhere a key is drawn by whoever asks first and known to nobody; made-up data is the same each time. */
const demoKey = new Uint8Array(32).fill(14);

/** What the demonstration has agreed with neighbours, and what they have given. */
export async function storeExchange(
  tx: Transaction,
  { zone, places }: { readonly zone: Zone; readonly places: Pick<Places, "edgeZones"> },
): Promise<void> {
  const by = operatorActor("demonstration").person;
  const instant = (local: string) => zone.toInstant(parseLocal(local), "earlier");
  for (const body of demoAgreements) {
    const { id, neighbour } = await agree(tx, places, body, { at: instant(agreedAt), by });
    const totals = demoTotals[neighbour] ?? [];
    await insertTotals(tx, { agreementId: id, neighbour, totals, at: instant(givenAt), by });
  }
  await tx.through("keeper", (keeper) => comparisonKey(keeper, demoKey));
}
