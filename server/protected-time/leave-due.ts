import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { leaveForGood } from "#server/protected-time/leave.ts";
import { partnerOf } from "#server/protected-time/partners.ts";
import { leavingDue } from "#server/protected-time/queries/leaving-asked.ts";

/** Erases the partners whose day is over, each in a transaction of its own, in the name of who asked. */
export async function leaveWhereDue(
  { db, zone, asAt }: Pick<Services, "db" | "zone" | "asAt">,
  now: number,
): Promise<void> {
  const due = await db.transaction(systemActor, (tx) => leavingDue(tx, now));
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
