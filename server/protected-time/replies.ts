import { type CalendarKnowledge, isFresh } from "#core/protected-time/freshness.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import { secondPersonReason } from "#core/protected-time/session.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import type * as wire from "#core/protected-time/wire/outreach.ts";
import { formatInstant, hourMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import type { Own } from "#server/protected-time/partners.ts";
import type { LeavingAsked } from "#server/protected-time/queries/leaving.ts";
import { loadNoticesOf, type NoticeRow } from "#server/protected-time/queries/notices.ts";
import type { SavedPlaceRow } from "#server/protected-time/queries/places-saved.ts";
import { loadSecondWords } from "#server/protected-time/queries/second-words.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { restorable } from "#server/protected-time/restore-date.ts";
import { partnerTime, partnerTimeSeenFrom } from "#server/protected-time/words.ts";

const mostShown = 6;

/** What others said of a session: police, and the partner's own people. */
export interface SessionWords {
  readonly notice?: NoticeRow | undefined;
  readonly second?: wire.OutreachSessionReply["second"] | undefined;
}

/** What a partner reads of its own; only random keys leave, never running numbers. */
export function placeReply(zone: Zone, place: SavedPlaceRow): wire.SavedPlaceReply {
  return {
    id: place.key,
    label: place.label,
    kind: place.kind,
    lattice: [...place.lattice],
    classM: place.classM,
    cells: [...place.cells],
    usedAt: formatInstant(zone, place.usedAt),
  };
}

export function sessionReply(
  { zone, now }: Moment,
  session: SessionRow,
  { notice, second }: SessionWords,
): wire.OutreachSessionReply {
  return {
    id: session.key,
    placeId: session.placeKey,
    rule: session.rule,
    except: session.exceptions.map((exception) => exception.date),
    endedAt: session.endedAt === null ? null : formatInstant(zone, session.endedAt),
    next: upcoming(zone, session, now)
      .slice(0, mostShown)
      .map((visit) => occurrenceReply(zone, visit)),
    cancelled: restorable({ zone, now }, session).map(({ date, startsAt, endsAt }) => ({
      date,
      startsAt: formatInstant(zone, startsAt),
      endsAt: formatInstant(zone, endsAt),
    })),
    told: notice && isLate(zone, session, notice) ? toldReply(zone, notice) : null,
    second: second ?? null,
    movedFrom: session.movedFrom && {
      sessionId: session.movedFrom.key,
      date: session.movedFrom.date,
    },
  };
}

/**
 * Police are told of every late session, and of others only when a patrol stood in the way: what the
 * partner reads must not depend on that, or saving and cancelling would find patrols.
 */
function isLate(zone: Zone, session: SessionRow, { toldAt }: NoticeRow): boolean {
  const soon = { from: toldAt, to: toldAt + lateHours * hourMs };
  return occurrencesBetween(zone, session, soon).length > 0;
}

function occurrenceReply(zone: Zone, visit: Occurrence): wire.OutreachSessionReply["next"][number] {
  return {
    date: visit.date,
    startsAt: formatInstant(zone, visit.startsAt),
    endsAt: formatInstant(zone, visit.endsAt),
    closedFrom: formatInstant(zone, visit.closedFrom),
    closedTo: formatInstant(zone, visit.closedTo),
    state: visit.state,
  };
}

function toldReply(zone: Zone, notice: NoticeRow): NonNullable<wire.OutreachSessionReply["told"]> {
  const { toldAt, confirmedAt } = notice;
  const time = partnerTime(zone, toldAt);
  return {
    toldAt: formatInstant(zone, toldAt),
    confirmedAt: confirmedAt === null ? null : formatInstant(zone, confirmedAt),
    sentence:
      confirmedAt === null
        ? `On police screens since ${time}. Police have not confirmed yet.`
        : `Police told ${time}, confirmed ${partnerTime(zone, confirmedAt)}.`,
  };
}

/** A reminder stands until the partner has confirmed. */
export function calendarReply(
  moment: Moment,
  knowledge: CalendarKnowledge,
  more: {
    readonly remindedAt: number | null;
    readonly leaving: LeavingAsked | null;
    readonly isClockDoubted: boolean;
  },
): wire.CalendarReply {
  const { remindedAt, leaving, isClockDoubted } = more;
  const { report } = knowledge;
  const isOpen = remindedAt !== null && (report === null || remindedAt > report.at);
  return {
    ...calendarWords(moment, knowledge, isClockDoubted),
    remindedAt: isOpen ? formatInstant(moment.zone, remindedAt) : null,
    leaving: leaving && {
      erasedFrom: formatInstant(moment.zone, leaving.dueAt),
      askedBy: leaving.askedBy,
    },
  };
}

function calendarWords(
  { zone, now }: Moment,
  { report }: CalendarKnowledge,
  isClockDoubted: boolean,
): Omit<wire.CalendarReply, "remindedAt" | "leaving"> {
  if (report === null) {
    return {
      state: "never",
      confirmedAt: null,
      pausedUntil: null,
      sentence: "Not confirmed yet: enter your sessions, then confirm that they are complete.",
    };
  }
  if (report.state === "unreadable") {
    return {
      state: "unreadable",
      confirmedAt: null,
      pausedUntil: null,
      sentence: `Your calendar of ${partnerTimeSeenFrom(zone, report.at, now)} could not be read in full: check your sessions, then confirm.`,
    };
  }
  const fresh = isFresh(zone, report, { planFrom: now, planTo: now + 1, now });
  const confirmedAt = partnerTimeSeenFrom(zone, report.at, now);
  // Whether it still is, a clock that may be wrong cannot say.
  const asOf = `${isClockDoubted ? "Confirmed" : "Up to date as of"} ${confirmedAt}.`;
  return {
    state: fresh ? "confirmed" : "lapsed",
    confirmedAt: formatInstant(zone, report.at),
    pausedUntil: report.pausedUntil,
    sentence: fresh
      ? asOf
      : `${asOf} Please confirm again: until then police keep clear an hour longer on each side.`,
  };
}

/** Sessions of one partner as it reads them. */
export async function sessionReplies(own: Own, sessions: readonly SessionRow[]) {
  return repliesOf(own.tx, own, sessions, await secondReplies(own, sessions));
}

/** What a partner reads of its late sessions: when police were told, and when they confirmed. */
export async function toldSessions(
  tx: Transaction,
  moment: Moment,
  partnerId: string,
): Promise<wire.ToldReply> {
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

type SecondWords = ReadonlyMap<string, wire.OutreachSessionReply["second"]>;

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
  const replies = new Map<string, wire.OutreachSessionReply["second"]>();
  for (const word of await loadSecondWords(own.tx, [...byId.keys()])) {
    const { sessionId, askedBy, confirmedBy } = word;
    const session = byId.get(sessionId);
    const reason = (session && secondPersonReason(session)) ?? "large or long";
    replies.set(sessionId, { reason, askedBy, confirmedBy, isOwn: askedBy === own.person });
  }
  return replies;
}
