import type { ToldReply } from "#core/wire/outreach.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/outreach/close-sessions.ts";
import { sessionReply } from "#server/outreach/replies.ts";
import { loadNoticesOf } from "#server/queries/notices.ts";
import { loadSessions, type SessionRow } from "#server/queries/sessions.ts";

/** Sessions of one partner as it reads them. */
export async function sessionReplies(
  tx: Transaction,
  moment: Moment,
  sessions: readonly SessionRow[],
) {
  const notices = await loadNoticesOf(
    tx,
    sessions.map((session) => session.id),
  );
  const byId = new Map(notices.map((notice) => [notice.sessionId, notice]));
  return sessions.map((session) => sessionReply(moment, session, byId.get(session.id)));
}

/** What a partner reads of its late sessions: when police were told, and when they confirmed. */
export async function toldSessions(
  tx: Transaction,
  moment: Moment,
  partnerId: string,
): Promise<ToldReply> {
  const sessions = await loadSessions(tx, { partnerId });
  const replies = await sessionReplies(tx, moment, sessions);
  return {
    sessions: replies.flatMap(({ id, next, told }) =>
      told !== null && next.length > 0 ? [{ id, told }] : [],
    ),
  };
}
