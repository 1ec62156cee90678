import { z } from "zod";
import { isAhead, occurrenceOn } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import {
  checkRule,
  datesOf,
  type SessionRule,
  secondPersonReason,
} from "#core/protected-time/session.ts";
import { horizonWeeks, lateHours } from "#core/protected-time/settings.ts";
import { hourMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import {
  endSessions,
  insertExceptions,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";
import { dayWords } from "#server/protected-time/words.ts";

export interface SessionDraft {
  /** Idempotency key from the page; else made by the database. */
  readonly key?: string | undefined;
  readonly partnerId: string;
  readonly placeId: string;
  readonly rule: SessionRule;
  /** Dates on which it does not take place. */
  readonly except?: readonly string[];
  readonly calendarKey?: string;
  /** The date of a repeating session that takes place as this one instead. */
  readonly movedFrom?: Pick<NonNullable<SessionRow["movedFrom"]>, "date" | "id"> | null;
}

/**
 * Stores a session and closes its footprint 26 weeks ahead, withdrawing patrols in its way.
 * Run it with retries: it must never fail because a patrol was agreed in between.
 */
export async function saveSession(
  tx: Transaction,
  moment: Moment,
  draft: SessionDraft,
): Promise<SessionRow> {
  const id = await storeSession(tx, moment, draft);
  await closeSessions(tx, moment, { ids: [id], announce: true });
  return sessionById(tx, id);
}

/** Stores without closing: for a caller that closes many at once. */
export async function storeSession(
  tx: Transaction,
  { now }: Moment,
  draft: SessionDraft,
): Promise<string> {
  const { key, partnerId, placeId, calendarKey = null, movedFrom = null, except = [] } = draft;
  const rule = soundRule(draft.rule);
  const fields = {
    ...(key === undefined ? {} : { key }),
    partnerId,
    placeId,
    repeats: rule.repeats,
    everyWeeks: rule.everyWeeks,
    firstDate: rule.firstDate,
    startsLocal: rule.start,
    endsLocal: rule.end,
    untilDate: rule.until,
    weekdays: rule.days ?? [],
    createdAt: new Date(now),
    calendarKey,
    movedFromId: movedFrom?.id ?? null,
    movedFromDate: movedFrom?.date ?? null,
  };
  const insert = insertInto("outreach_session", fields);
  const { id } = await tx.one(z.object({ id: z.string() }), sql`${insert} returning id`);
  await insertExceptions(tx, { sessionId: id, dates: except, toldAt: null });
  if (secondPersonReason(await sessionById(tx, id)) !== null) {
    await tx.run(
      sql`insert into second_word (session_id, asked_by, asked_at)
        values (${id}, acting_person(), ${new Date(now)})`,
    );
  }
  return id;
}

/** Refuses a rule without instances or with contradictions, which is not "over already". */
function soundRule(given: SessionRule): SessionRule {
  const rule = checkRule(given);
  if (!rule.ok) throw new Problem(422, "Session not saved", rule.reason);
  return rule.value;
}

/**
 * Refuses obvious mistakes: a session already over, or one beginning after the horizon of protected
 * time, which nobody would see before then.
 */
export function refuseUnseen({ zone, now }: Moment, given: SessionRule): void {
  const rule = soundRule(given);
  if (!isAhead(zone, now, rule)) {
    throw new Problem(422, "Session not saved", "This session is over already: check its date.");
  }
  const last = zone.dateOf(horizonOf(now));
  if (rule.firstDate < last) return;
  const detail = `Its first date lies more than ${horizonWeeks} weeks ahead. Protected time is known up to ${dayWords(last)}: add it nearer the day.`;
  throw new Problem(422, "Session not saved", detail);
}

/** One date, or all that is to come; what starts within 24 hours stays closed. */
export async function cancelSession(
  tx: Transaction,
  moment: Moment,
  { session, date }: { readonly session: SessionRow; readonly date?: string | undefined },
): Promise<SessionRow> {
  // Changing a called-off session would silently restart it.
  if (session.endedAt !== null) {
    const detail = "It was cancelled before: add a new session instead.";
    throw new Problem(409, "Session has ended", detail);
  }
  if (date === undefined) await endSessions(tx, [session.id], moment.now);
  else {
    if (!datesOf(session.rule, date, date).includes(date)) {
      const detail = `This session does not take place on ${dayWords(date)}.`;
      throw new Problem(422, "Nothing to cancel", detail);
    }
    await insertExceptions(tx, { sessionId: session.id, dates: [date], toldAt: moment.now });
  }
  await closeSessions(tx, moment, { ids: [session.id], announce: false });
  return sessionById(tx, session.id);
}

/** Ends the old and saves the new in one step; within 24 hours both are closed. */
export async function moveSession(
  tx: Transaction,
  moment: Moment,
  { session, draft }: { readonly session: SessionRow; readonly draft: SessionDraft },
): Promise<SessionRow> {
  await cancelSession(tx, moment, { session });
  const movedFrom = draft.rule.repeats === "once" ? session.movedFrom : null;
  return saveSession(tx, moment, { ...draft, movedFrom });
}

/**
 * Moves one date of a repeating session to another date, time or place, in one step: that date is
 * called off under the 24 hour rule and a single session replaces it.
 */
export async function moveDate(
  tx: Transaction,
  moment: Moment,
  given: { readonly session: SessionRow; readonly date: string; readonly draft: SessionDraft },
): Promise<SessionRow> {
  const { session, date, draft } = given;
  if (session.rule.repeats === "once") {
    throw new Problem(422, "Not moved", "It has one date only: change the session itself.");
  }
  if (draft.rule.repeats !== "once") {
    throw new Problem(422, "Not moved", "One date is moved to one other: not to a repeat.");
  }
  if (session.exceptions.some((exception) => exception.date === date)) {
    throw new Problem(409, "Not moved", `${dayWords(date)} is cancelled: add a session instead.`);
  }
  await cancelSession(tx, moment, { session, date });
  return saveSession(tx, moment, { ...draft, movedFrom: { date, id: session.id } });
}

/**
 * Cancelled dates that can be restored: more than 24 hours ahead. A nearer date is either still
 * closed, or a late session of its own.
 */
export function restorable({ zone, now }: Moment, session: SessionRow) {
  if (session.endedAt !== null) return [];
  return session.exceptions
    .filter(({ date }) => datesOf(session.rule, date, date).includes(date))
    .map(({ date }) => occurrenceOn(zone, session.rule, date))
    .filter(
      ({ startsAt, closedFrom }) =>
        startsAt - now > lateHours * hourMs && closedFrom < horizonOf(now),
    );
}

/** Patrols agreed there since are withdrawn. */
export async function restoreDate(
  tx: Transaction,
  moment: Moment,
  { session, date }: { readonly session: SessionRow; readonly date: string },
): Promise<SessionRow> {
  if (!restorable(moment, session).some((visit) => visit.date === date)) {
    const detail = `${dayWords(date)} is not a cancelled date more than ${lateHours} hours ahead: add a session for that day instead.`;
    throw new Problem(422, "Not restored", detail);
  }
  await tx.run(
    sql`delete from session_exception where session_id = ${session.id} and occurs_on = ${date}`,
  );
  const moved = await tx.rows(
    z.object({ id: z.string() }),
    sql`select id from outreach_session
      where moved_from_id = ${session.id} and moved_from_date = ${date}`,
  );
  const instead = moved.map(({ id }) => id);
  // Its replacement is off; within 24 hours it stays closed as well.
  await endSessions(tx, instead, moment.now);
  await closeSessions(tx, moment, { ids: [session.id, ...instead], announce: false });
  return sessionById(tx, session.id);
}

export async function sessionById(tx: Transaction, id: string): Promise<SessionRow> {
  const [session] = await loadSessions(tx, { ids: [id] });
  if (session) return session;
  throw new Error(`Session ${id} is gone within its own transaction`);
}

/** Another partner's counts as missing. */
export async function ownSession(
  tx: Transaction,
  partnerId: string,
  key: string,
): Promise<SessionRow> {
  const [session] = await loadSessions(tx, { partnerId, key });
  if (session) return session;
  throw new Problem(404, "No such session", "You have no session with this number.");
}

const secondWord = z.object({
  sessionId: z.string(),
  askedBy: z.string(),
  confirmedBy: z.string().nullable(),
});

export const loadSecondWords = (tx: Transaction, sessionIds: readonly string[]) =>
  tx.rows(
    secondWord,
    sql`select session_id, asked_by, confirmed_by from second_word
      where session_id = any(${sessionIds})`,
  );

/**
 * A second person's answer: yes changes nothing, no cancels it as its author could have, so that
 * what starts within a day stays closed.
 */
export async function answerSecondWord(
  tx: Transaction,
  moment: Moment,
  answer: { readonly session: SessionRow; readonly isRight: boolean; readonly person: string },
): Promise<SessionRow> {
  const { session, isRight, person } = answer;
  const [asked] = await loadSecondWords(tx, [session.id]);
  if (!asked || asked.confirmedBy !== null) {
    throw new Problem(409, "Nothing asked", "Nobody is asked about this session any more.");
  }
  if (asked.askedBy === person) {
    const detail =
      "You saved this session yourself. A colleague must check it. Police and wardens keep clear meanwhile.";
    throw new Problem(409, "Someone else must answer", detail);
  }
  if (!isRight) return cancelSession(tx, moment, { session });
  await tx.run(
    sql`update second_word set confirmed_by = acting_person(), confirmed_at = ${new Date(moment.now)}
      where session_id = ${session.id} and confirmed_at is null`,
  );
  return session;
}
