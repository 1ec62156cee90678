import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { dayMs, hourMs, type Zone } from "#core/time/zone.ts";
import { databaseTime } from "#server/db/clock.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertNotice } from "#server/protected-time/queries/notices.ts";
import * as sql from "#server/protected-time/queries/occupancy.ts";
import {
  type ClosedShort,
  loadSessions,
  type SessionRow,
  sessionsClosedShort,
  setClosedUntil,
} from "#server/protected-time/queries/sessions.ts";
import {
  cutRunning,
  freeOccupancy,
  revisePlansOf,
  withdrawWaiting,
} from "#server/protected-time/queries/withdrawals.ts";

export interface Moment {
  readonly zone: Zone;
  readonly now: number;
}

/**
 * Makes `occupancy` say what these sessions close from now to the horizon. Patrols in the way are
 * withdrawn in this same transaction, so a session always saves. `announce`: sessions that are new,
 * whose first visit within a day is told to the duty contact.
 */
export async function closeSessions(
  tx: Transaction,
  { zone, now }: Moment,
  { ids, announce }: { readonly ids: readonly string[]; readonly announce: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await sql.lockOccupancy(tx);
  // A server whose clock is ahead opens nothing that the database's clock has yet to reach.
  const from = Math.min(now, await databaseTime(tx));
  const what = { ids, announce, horizon: horizonOf(now) };
  await tx.through("keeper", (keeper) => rewriteClosures(keeper, { zone, now: from }, what));
}

async function rewriteClosures(
  tx: Transaction,
  { zone, now }: Moment,
  {
    ids,
    announce,
    horizon,
  }: { readonly ids: readonly string[]; readonly announce: boolean; readonly horizon: number },
): Promise<void> {
  const sessions = await loadSessions(tx, { ids });
  const before = await sql.deleteProtectedAfter(tx, ids, now);
  for (const session of sessions) {
    // By a clock that is behind its horizon ends early: what was closed beyond stays closed.
    const to = Math.max(horizon, (before.get(session.id) ?? 0) + 1);
    const rows = closuresOf(session, occurrencesBetween(zone, session, { from: now, to }), now);
    const windowIds = await insertClosures(tx, rows, now);
    const isLate = rows.some((row) => row.from - now < lateHours * hourMs);
    if (windowIds.length > 0 || (announce && isLate)) {
      await insertNotice(tx, { sessionId: session.id, now, windowIds });
    }
    await setClosedUntil(tx, [session.id], to);
  }
}

/**
 * Closes sessions up to the horizon whose rows end a week short of it; cheap when nothing is due. Rows that are
 * written stay as they are, whatever the clock says and also where a number of protected time has changed (CONTRIBUTING).
 */
export async function extendClosures(tx: Transaction, { zone, now }: Moment): Promise<number> {
  const at = Math.min(now, await databaseTime(tx));
  const short = await tx.through("keeper", (keeper) =>
    sessionsClosedShort(keeper, horizonOf(at) - 7 * dayMs),
  );
  const isNew = ({ closedUntil }: ClosedShort) => closedUntil === null;
  await closeSessions(tx, { zone, now: at }, { ids: idsOf(short.filter(isNew)), announce: false });
  const reached = short.filter((one) => !isNew(one));
  if (reached.length === 0) return short.length;
  await sql.lockOccupancy(tx);
  await tx.through("keeper", async (keeper) => {
    const until = new Map(reached.map(({ id, closedUntil }) => [id, closedUntil ?? at]));
    for (const session of await loadSessions(keeper, { ids: idsOf(reached) })) {
      const from = until.get(session.id) ?? at;
      // Those that began before it are closed whole already.
      const visits = occurrencesBetween(zone, session, { from, to: horizonOf(at) }).filter(
        ({ closedFrom }) => closedFrom >= from,
      );
      await insertClosures(keeper, closuresOf(session, visits, from), at);
    }
    await setClosedUntil(keeper, idsOf(reached), horizonOf(at));
  });
  return short.length;
}

const idsOf = (sessions: readonly ClosedShort[]) => sessions.map(({ id }) => id);

/** Nothing is closed before `from`: what has been has been, and a patrol under way is cut there. */
function closuresOf(
  session: SessionRow,
  visits: readonly Occurrence[],
  from: number,
): sql.ProtectedRow[] {
  return session.cells.flatMap((cell) =>
    visits.map((visit) => ({
      sessionId: session.id,
      cell,
      from: Math.max(visit.closedFrom, from),
      to: visit.closedTo,
    })),
  );
}

/** With the patrols in their way withdrawn; answers which these were. */
async function insertClosures(
  tx: Transaction,
  rows: readonly sql.ProtectedRow[],
  now: number,
): Promise<string[]> {
  const windowIds: string[] = [];
  for (const chunk of chunksOf(rows)) windowIds.push(...(await sql.windowsInTheWay(tx, chunk)));
  await withdrawPatrols(tx, windowIds, now);
  for (const chunk of chunksOf(rows)) await sql.insertProtected(tx, chunk);
  return windowIds;
}

function* chunksOf<Item>(items: readonly Item[], size = 5_000): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/**
 * Takes agreed windows out of the way of a session: those to come are no longer available, one
 * under way ends now. The caller holds the occupancy lock.
 */
async function withdrawPatrols(
  tx: Transaction,
  windowIds: readonly string[],
  now: number,
): Promise<void> {
  if (windowIds.length === 0) return;
  await revisePlansOf(tx, windowIds);
  await withdrawWaiting(tx, windowIds, now);
  await cutRunning(tx, windowIds, now);
  await freeOccupancy(tx, windowIds, now);
}
