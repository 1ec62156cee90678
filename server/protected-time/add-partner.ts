import { findPartner, type PartnerRow } from "#server/accounts/queries/accounts.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { createPartner } from "#server/protected-time/partners.ts";

/**
 * An outreach organisation, by whoever looks after accounts. From here on no patrol is suggested until it
 * has given its calendar (SAFEGUARDS 3): a partner that has said nothing is not one without sessions.
 */
export async function addPartner(
  tx: Transaction,
  partner: { readonly name: string; readonly now: number },
): Promise<PartnerRow> {
  const held = await findPartner(tx, partner.name);
  if (held === null) return createPartner(tx, partner);
  throw new Problem(409, "Already there", `There is an outreach partner "${held.name}" already.`);
}

/** What everybody who adds one has to know. */
export function addedWords(name: string): string {
  return `${name} is added. No patrols are suggested until it has confirmed its times.`;
}
