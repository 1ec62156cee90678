import { z } from "zod";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { dayMs, hourMs, type Zone } from "#core/time/zone.ts";
import { chunksOf } from "#server/db/chunks.ts";
import { databaseTime } from "#server/db/clock.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { insertNotices, insertQuietNotice } from "#server/protected-time/police-notices.ts";
import { changesShown } from "#server/protected-time/protected-stretches.ts";
import {
  deleteProtectedAfter,
  insertProtected,
  lockOccupancy,
  type ProtectedRow,
  windowsInTheWay,
} from "#server/protected-time/queries/occupancy.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";

export interface Moment {
  readonly zone: Zone;
  readonly now: number;
}

/**
 * Writes these sessions' closures from now to the horizon into `occupancy`. Patrols in the way are
 * withdrawn in the same transaction, so saving a session always succeeds. `announce`: new sessions,
 * whose first visit within a day is told to the duty contact, where it changes what is shown or
 * takes a patrol.
 */
export async function closeSessions(
  tx: Transaction,
  moment: Moment,
  { ids, announce }: { readonly ids: readonly string[]; readonly announce: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await lockOccupancy(tx);
  // A server clock that is ahead must not open what the database's clock has yet to reach.
  const now = Math.min(moment.now, await databaseTime(tx));
  await tx.through("keeper", async (keeper) => {
    const sessions = await loadSessions(keeper, { ids });
    const before = await deleteProtectedAfter(keeper, ids, now);
    for (const [at, session] of sessions.entries()) {
      // A clock that is behind has an early horizon: existing closures beyond it stay.
      const to = Math.max(horizonOf(moment.now), (before.get(session.id) ?? 0) + 1);
      const visits = occurrencesBetween(moment.zone, session, { from: now, to });
      const rows = closuresOf(session, visits, now);
      const windowIds = await insertClosures(keeper, rows, now);
      const isLate = rows.some((row) => row.from - now < lateHours * hourMs);
      const notice = { sessionId: session.id, now, windowIds };
      if (windowIds.length > 0) await insertNotices(keeper, notice);
      else if (announce && isLate) {
        const left = sessions.slice(at).map(({ id }) => id);
        const { isHeard, isUnderOwn } = await changesShown(keeper, moment, left);
        if (isHeard) await insertNotices(keeper, notice);
        else await insertQuietNotice(keeper, { sessionId: session.id, now, isUnderOwn });
      }
      await setClosedUntil(keeper, [session.id], to);
    }
  });
}

const closedShort = z.object({
  id: z.string(),
  /** Closed up to here; null: to be rewritten from now on. */
  closedUntil: z.number().nullable(),
});

/**
 * Extends sessions whose rows end a week short of the horizon; cheap when nothing is due. Existing
 * rows stay, whatever the clock says and even if a constant of protected time has changed
 * (CONTRIBUTING). Sessions saved while the clock was ahead, and closed only from then on, are
 * closed whole.
 */
export async function extendClosures(tx: Transaction, { zone, now }: Moment): Promise<number> {
  const at = Math.min(now, await databaseTime(tx));
  const short = await tx.through("keeper", (keeper) =>
    keeper.rows(
      closedShort,
      sql`select id,
          case when created_at <= clock_timestamp() + interval '10 minutes' then closed_until end as closed_until
        from outreach_session
        where ended_at is null
          and (
            closed_until is null
            or created_at > clock_timestamp() + interval '10 minutes'
            or (
              closed_until < ${new Date(horizonOf(at) - 7 * dayMs)}
              and coalesce(until_date, case repeats when 'once' then first_date end, 'infinity')
                >= closed_until::date - 2
            )
          )
        order by id`,
    ),
  );
  const whole = short.filter(({ closedUntil }) => closedUntil === null).map(({ id }) => id);
  await closeSessions(tx, { zone, now: at }, { ids: whole, announce: false });
  const ids = short.filter(({ closedUntil }) => closedUntil !== null).map(({ id }) => id);
  if (ids.length === 0) return short.length;
  await lockOccupancy(tx);
  await tx.through("keeper", async (keeper) => {
    const until = new Map(short.map(({ id, closedUntil }) => [id, closedUntil ?? at]));
    for (const session of await loadSessions(keeper, { ids })) {
      const from = until.get(session.id) ?? at;
      // Visits that began earlier are closed whole already.
      const visits = occurrencesBetween(zone, session, { from, to: horizonOf(at) }).filter(
        ({ closedFrom }) => closedFrom >= from,
      );
      await insertClosures(keeper, closuresOf(session, visits, from), at);
    }
    await setClosedUntil(keeper, ids, horizonOf(at));
  });
  return short.length;
}

const setClosedUntil = (tx: Transaction, ids: readonly string[], until: number) =>
  tx.run(sql`update outreach_session set closed_until = ${new Date(until)} where id = any(${ids})`);

/** Never before `from`: the past stays, and a running patrol is cut there. */
function closuresOf(
  session: SessionRow,
  visits: readonly Occurrence[],
  from: number,
): ProtectedRow[] {
  return session.cells.flatMap((cell) =>
    visits.map((visit) => ({
      sessionId: session.id,
      cell,
      from: Math.max(visit.closedFrom, from),
      to: visit.closedTo,
    })),
  );
}

/** Withdraws conflicting patrols and returns them. */
async function insertClosures(
  tx: Transaction,
  rows: readonly ProtectedRow[],
  now: number,
): Promise<string[]> {
  const windowIds: string[] = [];
  for (const chunk of chunksOf(rows)) windowIds.push(...(await windowsInTheWay(tx, chunk)));
  await withdrawPatrols(tx, windowIds, new Date(now));
  for (const chunk of chunksOf(rows)) await insertProtected(tx, chunk);
  return windowIds;
}

/**
 * Clears agreed windows out of a session's way: future ones become unavailable, a current one ends
 * now. The caller holds the occupancy lock.
 */
async function withdrawPatrols(
  tx: Transaction,
  windowIds: readonly string[],
  now: Date,
): Promise<void> {
  if (windowIds.length === 0) return;
  // Voids printed sheets of these plans. If none was issued since the last renewal the number
  // stays: renewing it per session in the way would reveal their count.
  await tx.run(
    sql`update patrol_plan set revision = revision + 1
      where id in (
          select plan_id from patrol_window where id = any(${windowIds}) and patrol_partner is null
        )
        and exists (
          select from sheet_issue
          where sheet_issue.plan_id = patrol_plan.id and sheet_issue.revision = patrol_plan.revision
        )`,
  );
  await tx.run(
    sql`update patrol_window set status = 'unavailable', closed_at = ${now}
      where id = any(${windowIds}) and status = 'agreed' and starts_at >= ${now}`,
  );
  await tx.run(
    sql`update patrol_window set status = 'called_off', closed_at = ${now}, ends_at = ${now}
      where id = any(${windowIds}) and status = 'agreed' and starts_at < ${now} and ends_at > ${now}`,
  );
  await tx.run(
    sql`delete from occupancy where window_id = any(${windowIds}) and lower(during) >= ${now}`,
  );
  await tx.run(
    sql`update occupancy set during = tstzrange(lower(during), ${now}, '[)')
      where window_id = any(${windowIds}) and upper(during) > ${now}`,
  );
}
