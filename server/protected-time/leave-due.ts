import { upcoming } from "#core/protected-time/protected.ts";
import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { type Own, partnerOf } from "#server/protected-time/partners.ts";
import { keepRecord, pastVisits } from "#server/protected-time/past-visits.ts";
import * as sql from "#server/protected-time/queries/leaving.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import {
  endSessions,
  loadPoliceCame,
  loadSessions,
} from "#server/protected-time/queries/sessions.ts";

/** Erases the partners whose day is over, each in a transaction of its own, in the name of who asked. */
export async function leaveWhereDue(
  { db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">,
  now: number,
): Promise<void> {
  const due = await db.transaction(systemActor, (tx) => sql.leavingDue(tx, now));
  for (const { code, askedBy } of due) {
    const actor: Actor = { person: askedBy, role: "partner", partner: code };
    await db.transaction(
      actor,
      async (tx) => {
        const { id } = await partnerOf(tx, actor);
        const own = { tx, partnerId: id, person: askedBy, zone, now: asAt.now() };
        const left = await leaveForGood(own);
        await appendAudit(tx, actor, {
          verb: "erasure",
          act: "leave and erase everything",
          purpose: "safeguarding",
          outcome: "done",
          detail: { ...left },
        });
      },
      { retries: 5 },
    );
  }
}

/** How much went, and nothing of what it was. */
interface Leaving {
  readonly places: number;
  readonly sessions: number;
  readonly accounts: number;
  /** Sessions whose closures of the next day stay until they are over. */
  readonly closing: number;
}

/**
 * A partner leaves with all that is its own: places, sessions, reports, confirmations, objections, phones and
 * accounts. Left are how many visits were kept clear, and what was to be closed within a day: people may
 * still come, and a closure that vanished would say who it was (DEFINITIONS, Protected footprint).
 */
async function leaveForGood(own: Own): Promise<Leaving> {
  const { tx, partnerId, now } = own;
  await lockOccupancy(tx);
  const before = await loadSessions(tx, { partnerId });
  const reports = await loadPoliceCame(tx, partnerId);
  await keepRecord(tx, await pastVisits(tx, own, before, reports));
  const goingOn = before.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
  await endSessions(tx, goingOn, now);
  await closeSessions(tx, own, { ids: before.map(({ id }) => id), announce: false });
  const after = await loadSessions(tx, { partnerId });
  const closing = after.filter((session) => upcoming(own.zone, session, now).length > 0);
  const accounts = await tx.through("gate", (gate) => sql.endAccountsOf(gate, partnerId, now));
  return tx.through("keeper", async (keeper) => {
    const except = closing.map(({ id }) => id);
    const sessions = await sql.deleteOwnSessions(keeper, { partnerId, except });
    const places = await sql.deleteOwnPlaces(keeper, partnerId);
    await sql.stripWords(keeper, partnerId);
    await sql.deleteOwnWords(keeper, partnerId);
    await sql.markLeft(keeper, partnerId, now);
    await sql.deleteLeaving(keeper, partnerId);
    return { places, sessions, accounts, closing: closing.length };
  });
}
