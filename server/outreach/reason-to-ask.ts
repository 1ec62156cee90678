import { secondPersonReason } from "#core/blackouts/second-person.ts";
import type { Transaction } from "#server/db/database.ts";
import { radiusOfSession } from "#server/queries/second-words.ts";
import type { SessionRow } from "#server/queries/sessions.ts";

/** Why a second person is asked about this session, or null. */
export async function reasonToAsk(tx: Transaction, session: SessionRow): Promise<string | null> {
  const { cells, rule } = session;
  const radiusM = await radiusOfSession(tx, session.id);
  return secondPersonReason({ radiusM, cellCount: cells.length, rule });
}
