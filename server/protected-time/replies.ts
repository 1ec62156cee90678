import { z } from "zod";
import {
  type Occurrence,
  occurrenceOn,
  occurrencesBetween,
} from "#core/protected-time/occurrences.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import { datesOf, secondPersonReason } from "#core/protected-time/session.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import type * as wire from "#core/protected-time/wire/outreach.ts";
import { addDays, formatInstant, hourMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import type { Own } from "#server/protected-time/partners.ts";
import { confirmedByAll } from "#server/protected-time/police-notices.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { loadSecondWords, restorable } from "#server/protected-time/sessions.ts";
import { partnerTime } from "#server/protected-time/words.ts";

const mostShown = 6;

/** Instants in epoch milliseconds. */
const notice = z.object({
  sessionId: z.string(),
  toldAt: z.number(),
  confirmedAt: z.number().nullable(),
});
type Notice = z.infer<typeof notice>;

export interface SessionWords {
  readonly notice?: Notice | undefined;
  readonly second?: wire.OutreachSessionReply["second"] | undefined;
}

/** Random keys only, never running numbers. */
export function sessionReply(
  { zone, now }: Moment,
  session: SessionRow,
  { notice, second }: SessionWords,
): wire.OutreachSessionReply {
  return {
    id: session.key,
    placeId: session.placeKey,
    rule: session.rule,
    except: session.exceptions.map(({ date }) => date),
    endedAt: session.endedAt === null ? null : formatInstant(zone, session.endedAt),
    next: upcoming(zone, session, now)
      .slice(0, mostShown)
      .map((visit) => visitReply(zone, visit)),
    cancelled: restorable({ zone, now }, session).map((visit) => ({
      date: visit.date,
      startsAt: formatInstant(zone, visit.startsAt),
      endsAt: formatInstant(zone, visit.endsAt),
    })),
    told: notice && isLate(zone, session, notice) ? toldReply(zone, notice) : null,
    second: second ?? null,
    movedFrom: session.movedFrom && {
      sessionId: session.movedFrom.key,
      date: session.movedFrom.date,
    },
  };
}

function visitReply<State>(
  zone: Zone,
  visit: Omit<Occurrence, "state"> & { readonly state: State },
) {
  return {
    date: visit.date,
    startsAt: formatInstant(zone, visit.startsAt),
    endsAt: formatInstant(zone, visit.endsAt),
    closedFrom: formatInstant(zone, visit.closedFrom),
    closedTo: formatInstant(zone, visit.closedTo),
    state: visit.state,
  };
}

/**
 * Police are told of every late session, and of others only when a patrol was in the way: what the
 * partner reads must not depend on that, or saving and cancelling could locate patrols.
 */
function isLate(zone: Zone, session: SessionRow, { toldAt }: Notice): boolean {
  const soon = { from: toldAt, to: toldAt + lateHours * hourMs };
  return occurrencesBetween(zone, session, soon).length > 0;
}

function toldReply(zone: Zone, { toldAt, confirmedAt }: Notice) {
  const time = partnerTime(zone, toldAt);
  return {
    toldAt: formatInstant(zone, toldAt),
    confirmedAt: confirmedAt === null ? null : formatInstant(zone, confirmedAt),
    sentence:
      confirmedAt === null
        ? `On police screens since ${time}. Police have not confirmed yet.`
        : `Police told ${time}, known to patrols by ${partnerTime(zone, confirmedAt)}.`,
  };
}

export async function sessionReplies(own: Own, sessions: readonly SessionRow[]) {
  const words = await loadSecondWords(own.tx, idsOf(sessions));
  const noticeOf = await latestNotices(own.tx, own, sessions);
  return sessions.map((session) => {
    const word = words.find(({ sessionId }) => sessionId === session.id);
    const second = word && {
      reason: secondPersonReason(session) ?? "large or long",
      askedBy: word.askedBy,
      confirmedBy: word.confirmedBy,
      isOwn: word.askedBy === own.person,
    };
    return sessionReply(own, session, { notice: noticeOf(session.id), second });
  });
}

const idsOf = (sessions: readonly SessionRow[]) => sessions.map(({ id }) => id);

async function latestNotices(tx: Transaction, { now }: Moment, sessions: readonly SessionRow[]) {
  const notices = await tx.through("keeper", (keeper) =>
    keeper.rows(
      notice,
      sql`select distinct on (session_id) session_id, told_at, ${confirmedByAll(now)} as confirmed_at
        from session_notice
        where session_id = any(${idsOf(sessions)}) order by session_id, id desc`,
    ),
  );
  const byId = new Map(notices.map((one) => [one.sessionId, one]));
  return (id: string) => byId.get(id);
}

/**
 * What a partner reads of its late sessions: when police were told, and when they confirmed;
 * including past ones, which drop out of other reads merely by the clock.
 */
export async function toldSessions(tx: Transaction, moment: Moment, partnerId: string) {
  const sessions = await loadSessions(tx, { partnerId });
  const noticeOf = await latestNotices(tx, moment, sessions);
  return sessions.flatMap((session) => {
    const { id, next, told } = sessionReply(moment, session, { notice: noticeOf(session.id) });
    return told === null ? [] : [{ id, told, goesOn: next.length > 0 }];
  });
}

/** A month, with the rest of its first and last week. */
const mostDays = 62;

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Starting on these dates, in order; cancelled ones too, until erased. */
export async function occurrencesOf(own: Own, days: Days): Promise<wire.OwnOccurrence[]> {
  if (days.to < days.from || days.to > addDays(days.from, mostDays)) {
    throw new Problem(422, "Not read", `Ask for 1 to ${mostDays} days, the first of them first.`);
  }
  const sessions = await loadSessions(own.tx, { partnerId: own.partnerId });
  return sessions
    .flatMap((session) => visitsOn(days, session, own.zone))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
}

function visitsOn({ from, to }: Days, session: SessionRow, zone: Zone): wire.OwnOccurrence[] {
  const reach = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(to, 2)) };
  const found = occurrencesBetween(zone, session, reach);
  const taking = new Set(found.map(({ date }) => date));
  const isOff = ({ date }: { readonly date: string }) =>
    session.endedAt === null && datesOf(session.rule, date, date).length > 0 && !taking.has(date);
  const cancelled = session.exceptions.filter(isOff).map(({ date }) => ({
    ...occurrenceOn(zone, session.rule, date),
    state: "cancelled" as const,
  }));
  const since = Math.max(session.createdAt, session.recordedUntil ?? -Infinity);
  return [...found, ...cancelled]
    .filter(({ date, closedTo }) => date >= from && date <= to && closedTo > since)
    .map((visit) => ({
      sessionId: session.key,
      placeId: session.placeKey,
      ...visitReply(zone, visit),
    }));
}
