import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellToDecimal } from "#core/geo/cell.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import type {
  AttendedReply,
  OwnAttendedReply,
  PlaceAndTime,
} from "#core/protected-time/wire/police.ts";
import { dayMs, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { countOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { spotOf } from "#server/places/asked-place.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { asPartner } from "#server/protected-time/partners.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";

const longestHours = 12;
/** Tolerance for phone clocks. */
const aheadMinutes = 5;

/** [from, to) in epoch milliseconds. */
const attendedRow = z.object({
  key: z.string(),
  cell: eventCell,
  /** Name chosen from the list; null for a cell. */
  place: z.string().nullable(),
  from: z.number(),
  to: z.number(),
  loggedAt: z.number(),
});
type AttendedRow = z.infer<typeof attendedRow>;

/** Those that ended after an instant, newest first. */
export const loadAttended = (tx: Transaction, after: number) =>
  tx.rows(
    attendedRow,
    sql`select key, cell, place, starts_at as "from", ends_at as "to", logged_at
      from police_attended
      where ends_at > ${new Date(after)}
      order by starts_at desc, id desc`,
  );

export const deleteOldAttended = (tx: Transaction, endedBefore: number) =>
  countOf(
    tx,
    sql`delete from police_attended where ends_at <= ${new Date(endedBefore)} returning 1`,
  );

/** Same words whatever is near. */
export const readAttended = (act: Act) => withOwnLog(act, async () => undefined);

/**
 * Logs that police attended an emergency. Nearby sessions are not checked: the answer must not
 * differ, and nothing may delay it.
 */
export async function logAttended(act: Act, body: PlaceAndTime): Promise<AttendedReply> {
  const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
  act.addDetail({ from: act.zone.dateOf(from) });
  const { cell, place } = await spotOf(act, body);
  return withOwnLog(act, async (tx, now) => {
    const fault = faultOf({ from, to, now });
    if (fault !== null) throw new Problem(422, "Not logged", fault);
    const times = { startsAt: new Date(from), endsAt: new Date(to), loggedAt: new Date(now) };
    const row = { cell: cellToDecimal(cell), place, ...times, loggedBy: act.actor.person };
    await tx.run(insertInto("police_attended", row));
  });
}

export function takeBackAttended(act: Act, key: string): Promise<AttendedReply> {
  act.addDetail({ attendance: key });
  return withOwnLog(act, async (tx, now) => {
    const since = new Date(now - takeBackMinutes * minuteMs);
    const isGone = await tx.did(
      sql`delete from police_attended where key = ${key} and logged_at >= ${since}`,
    );
    if (isGone) return;
    const detail = `There is no such entry from the last ${takeBackMinutes} minutes.`;
    throw new Problem(409, "Not undone", detail);
  });
}

async function withOwnLog(
  act: Act,
  work: (tx: Transaction, now: number) => Promise<void>,
): Promise<AttendedReply> {
  const { db, actor, zone, asAt } = act;
  const { nameOf } = await placesOf(act);
  const now = asAt.now();
  const rows = await db.transaction(actor, async (tx) => {
    await work(tx, now);
    return loadAttended(tx, now - sessionDays * dayMs);
  });
  return {
    attended: rows.map(({ key, cell, place, from, to, loggedAt }) => {
      const until = loggedAt + takeBackMinutes * minuteMs;
      return {
        id: key,
        cell,
        place: place ?? nameOf(cell),
        from: formatInstant(zone, from),
        to: formatInstant(zone, to),
        loggedAt: formatInstant(zone, loggedAt),
        takeBackUntil: until < now ? null : formatInstant(zone, until),
      };
    }),
  };
}

function faultOf({ from, to, now }: { from: number; to: number; now: number }): string | null {
  if (to <= from) return "The end must be after the start.";
  if (to - from > longestHours * hourMs) {
    return `One entry covers up to ${longestHours} hours. Log a longer attendance in parts.`;
  }
  if (from > now + aheadMinutes * minuteMs) {
    return "This is in the future. Log an emergency after it has been answered.";
  }
  if (from < now - sessionDays * dayMs) {
    return `Sessions are erased after ${sessionDays} days, so nothing is left that this would belong to.`;
  }
  return null;
}

/** In its footprint, while closed and known. */
export function attendedDuring(
  session: Pick<SessionRow, "cells" | "createdAt">,
  visit: Pick<Occurrence, "closedFrom" | "closedTo">,
  attended: readonly AttendedRow[],
): AttendedRow[] {
  const from = Math.max(visit.closedFrom, session.createdAt);
  return attended.filter(
    (one) => one.from < visit.closedTo && one.to > from && session.cells.includes(one.cell),
  );
}

/** At the partner's own sessions, current ones included. */
export async function ownAttended(
  tx: Transaction,
  { zone, now }: Moment,
  partnerId: string,
): Promise<OwnAttendedReply> {
  const since = now - sessionDays * dayMs;
  const sessions = await loadSessions(tx, { partnerId });
  const attended = await tx.through("keeper", (keeper) => loadAttended(keeper, since));
  const touched = sessions.flatMap((session) =>
    occurrencesBetween(zone, session, { from: since, to: now + hourMs })
      .filter(({ state }) => state === "planned")
      .flatMap((visit) =>
        attendedDuring(session, visit, attended).map((one) => ({ session, visit, one })),
      ),
  );
  touched.sort((a, b) => b.one.from - a.one.from);
  return {
    attended: touched.map(({ session, visit, one: { from, to } }) => ({
      sessionId: session.key,
      date: visit.date,
      from: formatInstant(zone, from),
      to: formatInstant(zone, to),
    })),
  };
}

export const readOwnAttended = (act: Act) =>
  asPartner(act, async (own) => {
    const reply = await ownAttended(own.tx, own, own.partnerId);
    act.addDetail({ rows: reply.attended.length });
    return reply;
  });
