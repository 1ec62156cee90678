import { horizonOf, upcoming } from "#core/protected-time/protected.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { dayMs, hourMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertNotice } from "#server/protected-time/queries/notices.ts";
import * as sql from "#server/protected-time/queries/occupancy.ts";
import {
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
  await tx.through("keeper", (keeper) => rewriteClosures(keeper, { zone, now }, { ids, announce }));
}

async function rewriteClosures(
  tx: Transaction,
  { zone, now }: Moment,
  { ids, announce }: { readonly ids: readonly string[]; readonly announce: boolean },
): Promise<void> {
  const sessions = await loadSessions(tx, { ids });
  await sql.deleteProtectedAfter(tx, ids, now);
  for (const session of sessions) {
    const rows = protectedRows(zone, session, now);
    const windowIds: string[] = [];
    for (const chunk of chunksOf(rows)) windowIds.push(...(await sql.windowsInTheWay(tx, chunk)));
    await withdrawPatrols(tx, windowIds, now);
    for (const chunk of chunksOf(rows)) await sql.insertProtected(tx, chunk);
    const isLate = rows.some((row) => row.from - now < lateHours * hourMs);
    if (windowIds.length > 0 || (announce && isLate)) {
      await insertNotice(tx, { sessionId: session.id, now, windowIds });
    }
  }
  await setClosedUntil(tx, ids, horizonOf(now));
}

/**
 * Takes sessions up to the horizon again whose rows end a week short of it; cheap when nothing is due. Rows
 * that are written stay as they are, also where a number of protected time has changed (CONTRIBUTING).
 */
export async function extendClosures(tx: Transaction, moment: Moment): Promise<number> {
  const ids = await tx.through("keeper", (keeper) =>
    sessionsClosedShort(keeper, horizonOf(moment.now) - 7 * dayMs),
  );
  await closeSessions(tx, moment, { ids, announce: false });
  return ids.length;
}

/** Nothing is closed before now: what has been has been, and a patrol under way is cut at now. */
function protectedRows(zone: Zone, session: SessionRow, now: number): sql.ProtectedRow[] {
  const visits = upcoming(zone, session, now);
  return session.cells.flatMap((cell) =>
    visits.map((visit) => ({
      sessionId: session.id,
      cell,
      from: Math.max(visit.closedFrom, now),
      to: visit.closedTo,
    })),
  );
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
