import { secondPersonReason } from "#core/protected-time/session.ts";
import type { OutreachSessionReply, ToldReply } from "#core/protected-time/wire/outreach.ts";
import { loadSecondWords } from "#server/accounts/queries/second-words.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Own } from "#server/protected-time/as-partner.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { loadNoticesOf } from "#server/protected-time/queries/notices.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { sessionReply } from "#server/protected-time/replies.ts";

/** Sessions of one partner as it reads them. */
export async function sessionReplies(own: Own, sessions: readonly SessionRow[]) {
  return repliesOf(own.tx, own, sessions, await secondReplies(own, sessions));
}

/** What a partner reads of its late sessions: when police were told, and when they confirmed. */
export async function toldSessions(
  tx: Transaction,
  moment: Moment,
  partnerId: string,
): Promise<ToldReply> {
  const told = await allToldSessions(tx, moment, partnerId);
  return { sessions: told.filter(({ goesOn }) => goesOn).map(({ id, told }) => ({ id, told })) };
}

/** The same with those that are over, which drop out of what is read by the clock alone. */
export async function allToldSessions(tx: Transaction, moment: Moment, partnerId: string) {
  const sessions = await loadSessions(tx, { partnerId });
  const replies = await repliesOf(tx, moment, sessions, new Map());
  return replies.flatMap(({ id, next, told }) =>
    told === null ? [] : [{ id, told, goesOn: next.length > 0 }],
  );
}

type SecondWords = ReadonlyMap<string, OutreachSessionReply["second"]>;

async function repliesOf(
  tx: Transaction,
  moment: Moment,
  sessions: readonly SessionRow[],
  seconds: SecondWords,
) {
  const ids = sessions.map(({ id }) => id);
  const notices = await loadNoticesOf(tx, ids);
  const byId = new Map(notices.map((notice) => [notice.sessionId, notice]));
  return sessions.map((session) =>
    sessionReply(moment, session, {
      notice: byId.get(session.id),
      second: seconds.get(session.id),
    }),
  );
}

/** Where a second person of the partner is asked, by session. */
async function secondReplies(own: Own, sessions: readonly SessionRow[]): Promise<SecondWords> {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const replies = new Map<string, OutreachSessionReply["second"]>();
  for (const word of await loadSecondWords(own.tx, [...byId.keys()])) {
    const { sessionId, askedBy, confirmedBy } = word;
    const session = byId.get(sessionId);
    const reason = (session && secondPersonReason(session)) ?? "large or long";
    replies.set(sessionId, { reason, askedBy, confirmedBy, isOwn: askedBy === own.person });
  }
  return replies;
}
