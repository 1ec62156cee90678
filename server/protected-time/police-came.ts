import { occurrenceOn } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { datesOf } from "#core/protected-time/session.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import {
  deletePoliceCame,
  insertPoliceCame,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";
import { dayWords } from "#server/protected-time/words.ts";

interface Visit {
  readonly session: SessionRow;
  readonly date: string;
}

/** A partner's word that police came to one visit. */
export async function reportPoliceCame(
  tx: Transaction,
  { zone, now }: Moment,
  { session, date }: Visit,
): Promise<void> {
  const takesPlace = datesOf(session.rule, date, date).includes(date);
  const { closedFrom, closedTo } = occurrenceOn(zone, session.rule, date);
  if (!takesPlace || closedFrom > now) {
    throw new Problem(
      422,
      "Not recorded",
      `This session has not taken place on ${dayWords(date)}.`,
    );
  }
  if (closedTo <= (session.recordedUntil ?? -Infinity)) {
    throw new Problem(
      409,
      "Not recorded",
      `This session ended more than ${sessionDays} days ago and is erased; only whether it was kept clear is left.`,
    );
  }
  await insertPoliceCame(tx, { sessionId: session.id, date, now });
}

/** The same partner takes a slip of the finger back; after that the report stands. */
export async function takeBackPoliceCame(
  tx: Transaction,
  { now }: Moment,
  { session, date }: Visit,
): Promise<void> {
  const since = now - takeBackMinutes * minuteMs;
  if (await deletePoliceCame(tx, { sessionId: session.id, date, since })) return;
  throw new Problem(
    409,
    "Not undone",
    `There is no report of ${dayWords(date)} from the last ${takeBackMinutes} minutes.`,
  );
}
