import { occurrenceOn } from "#core/blackouts/occurrences.ts";
import { datesOf } from "#core/blackouts/session.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/outreach/close-sessions.ts";
import { Problem } from "#server/problem.ts";
import { insertPoliceCame, type SessionRow } from "#server/queries/sessions.ts";

/** A partner's word that police came to one visit; it cannot be taken back here. */
export async function reportPoliceCame(
  tx: Transaction,
  { zone, now }: Moment,
  { session, date }: { readonly session: SessionRow; readonly date: string },
): Promise<void> {
  const takesPlace = datesOf(session.rule, date, date).includes(date);
  if (!takesPlace || occurrenceOn(zone, session.rule, date).closedFrom > now) {
    throw new Problem(422, "Not recorded", `This session has not taken place on ${date}.`);
  }
  await insertPoliceCame(tx, { sessionId: session.id, date, now });
}
