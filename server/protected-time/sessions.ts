import { isAhead } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import {
  checkRule,
  datesOf,
  type SessionRule,
  secondPersonReason,
} from "#core/protected-time/session.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import {
  confirmSecondWord,
  insertSecondWord,
  loadSecondWords,
} from "#server/protected-time/queries/second-words.ts";
import * as sql from "#server/protected-time/queries/sessions.ts";
import { dayWords } from "#server/protected-time/words.ts";

export interface SessionDraft {
  /** Drawn by the page, so that what is sent twice is saved once. */
  readonly key?: string | undefined;
  readonly partnerId: string;
  readonly placeId: string;
  readonly rule: SessionRule;
  /** Dates on which it does not take place. */
  readonly except?: readonly string[];
  readonly calendarKey?: string | null;
  /** The date of a repeating session that takes place as this one instead. */
  readonly movedFrom?: sql.MovedFrom | null;
}

/**
 * Stores a session and closes its footprint 26 weeks ahead, withdrawing patrols in its way.
 * Run it with retries: it must never fail because a patrol was agreed in between.
 */
export async function saveSession(
  tx: Transaction,
  moment: Moment,
  draft: SessionDraft,
): Promise<sql.SessionRow> {
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
  const rule = soundRule(draft.rule);
  const id = await sql.insertSession(tx, {
    partnerId: draft.partnerId,
    placeId: draft.placeId,
    rule,
    calendarKey: draft.calendarKey ?? null,
    key: draft.key ?? null,
    movedFrom: draft.movedFrom ?? null,
    now,
  });
  await sql.insertExceptions(tx, { sessionId: id, dates: draft.except ?? [], toldAt: null });
  if (secondPersonReason(await sessionById(tx, id)) !== null) {
    await insertSecondWord(tx, { sessionId: id, now });
  }
  return id;
}

/** A rule that has no instance, or contradicts itself, is said to: it is not "over already". */
function soundRule(given: SessionRule): SessionRule {
  const rule = checkRule(given);
  if (!rule.ok) throw new Problem(422, "Session not saved", rule.reason);
  return rule.value;
}

/**
 * Refuses what could only be a slip of the finger: a session that is over already, or one that
 * begins later than protected time is known, which nobody would see before then.
 */
export function refuseUnseen({ zone, now }: Moment, given: SessionRule): void {
  const rule = soundRule(given);
  if (!isAhead(zone, now, rule)) {
    throw new Problem(422, "Session not saved", "This session is over already: check its date.");
  }
  const last = zone.dateOf(horizonOf(now));
  if (rule.firstDate < last) return;
  throw new Problem(
    422,
    "Session not saved",
    `Its first date lies more than ${horizonWeeks} weeks ahead. Protected time is known up to ${dayWords(last)}: add it nearer the day.`,
  );
}

/** One date, or all that is to come; what starts within 24 hours stays closed. */
export async function cancelSession(
  tx: Transaction,
  moment: Moment,
  { session, date }: { readonly session: sql.SessionRow; readonly date?: string | undefined },
): Promise<sql.SessionRow> {
  refuseEnded(session);
  if (date === undefined) await sql.endSessions(tx, [session.id], moment.now);
  else {
    if (!datesOf(session.rule, date, date).includes(date)) {
      throw new Problem(
        422,
        "Nothing to cancel",
        `This session does not take place on ${dayWords(date)}.`,
      );
    }
    await sql.insertExceptions(tx, { sessionId: session.id, dates: [date], toldAt: moment.now });
  }
  await closeSessions(tx, moment, { ids: [session.id], announce: false });
  return sessionById(tx, session.id);
}

/** Ends the old and saves the new in one step; within 24 hours both are closed. */
export async function moveSession(
  tx: Transaction,
  moment: Moment,
  { session, draft }: { readonly session: sql.SessionRow; readonly draft: SessionDraft },
): Promise<sql.SessionRow> {
  await cancelSession(tx, moment, { session });
  const { movedFrom } = session;
  return saveSession(tx, moment, { ...draft, movedFrom: isOnce(draft) ? movedFrom : null });
}

function isOnce({ rule }: SessionDraft): boolean {
  return rule.repeats === "once";
}

/**
 * One date of a repeating session takes place on another date, at another time or place: that date
 * is called off under the 24 hour rule and a single session takes its stead, in one step.
 */
export async function moveDate(
  tx: Transaction,
  moment: Moment,
  given: { readonly session: sql.SessionRow; readonly date: string; readonly draft: SessionDraft },
): Promise<sql.SessionRow> {
  const { session, date, draft } = given;
  if (session.rule.repeats === "once") {
    throw new Problem(422, "Not moved", "It has one date only: change the session itself.");
  }
  if (!isOnce(draft)) {
    throw new Problem(422, "Not moved", "One date is moved to one other: not to a repeat.");
  }
  if (session.exceptions.some((exception) => exception.date === date)) {
    throw new Problem(409, "Not moved", `${dayWords(date)} is cancelled: add a session instead.`);
  }
  await cancelSession(tx, moment, { session, date });
  const { id, key } = session;
  return saveSession(tx, moment, { ...draft, movedFrom: { date, id, key } });
}

/** Changing a session that was called off would start it again without a word. */
function refuseEnded({ endedAt }: sql.SessionRow): void {
  if (endedAt === null) return;
  throw new Problem(
    409,
    "Session has ended",
    "It was cancelled before: add a new session instead.",
  );
}

/** Sent before, by a page that did not hear the answer; null where it is new. */
export async function savedBefore(
  tx: Transaction,
  partnerId: string,
  key: string | undefined,
): Promise<sql.SessionRow | null> {
  if (key === undefined) return null;
  // Two of the same at once: the second waits here, and finds the first.
  await lockOccupancy(tx);
  const sessions = await sql.loadSessions(tx, { partnerId });
  return sessions.find((session) => session.key === key) ?? null;
}

/** One of the partner's own sessions; another's does not exist. */
export async function ownSession(
  tx: Transaction,
  partnerId: string,
  key: string,
): Promise<sql.SessionRow> {
  const session = (await sql.loadSessions(tx, { partnerId })).find((one) => one.key === key);
  if (session === undefined) {
    throw new Problem(404, "No such session", "You have no session with this number.");
  }
  return session;
}

export async function sessionById(tx: Transaction, id: string): Promise<sql.SessionRow> {
  const session = (await sql.loadSessions(tx, { ids: [id] }))[0];
  if (session === undefined) throw new Error(`Session ${id} is gone within its own transaction`);
  return session;
}

/**
 * The word of a second person: yes leaves it as it is, no cancels it as whoever saved it could have, so that
 * what starts within a day stays closed.
 */
export async function answerSecondWord(
  tx: Transaction,
  moment: Moment,
  answer: { readonly session: sql.SessionRow; readonly isRight: boolean; readonly person: string },
): Promise<sql.SessionRow> {
  const { session, isRight, person } = answer;
  const [asked] = await loadSecondWords(tx, [session.id]);
  if (!asked || asked.confirmedBy !== null) {
    throw new Problem(409, "Nothing asked", "Nobody is asked about this session any more.");
  }
  if (asked.askedBy === person) {
    throw new Problem(
      409,
      "Someone else must answer",
      "You saved this session yourself. A colleague must check it. Police keep clear meanwhile.",
    );
  }
  if (!isRight) return cancelSession(tx, moment, { session });
  await confirmSecondWord(tx, { sessionId: session.id, now: moment.now });
  return session;
}
