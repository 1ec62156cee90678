import { z } from "zod";
import { isFresh } from "#core/accounts/second-factor.ts";
import type { Body } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import { leavingWaitsMs } from "#core/protected-time/settings.ts";
import type { calendarCalls } from "#core/protected-time/wire/calendar.ts";
import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { readDeviceCookie } from "#server/accounts/cookies.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { proveAgain, proveBy, waysOf } from "#server/accounts/prove-again.ts";
import type { Act, Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { countOf } from "#server/db/rows.ts";
import { named, sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import { closeSessions } from "#server/protected-time/close-sessions.ts";
import { asPartner, type Own, partnerOf } from "#server/protected-time/partners.ts";
import { keepRecord, loadPoliceCame, pastVisits } from "#server/protected-time/past-visits.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { endSessions, loadSessions } from "#server/protected-time/queries/sessions.ts";

const act = "ask to leave and erase everything";

/** Schedules erasure in a day. A repeat changes nothing. */
export async function askToLeave(
  context: RequestContext,
  body: Body<typeof calendarCalls.leave>,
): Promise<{ erasedFrom: string }> {
  await proveToBeThere(context, body);
  return asPartner(context, async ({ tx, partnerId }) => {
    const askedAt = Date.now();
    await tx.run(
      sql`insert into leaving (partner_id, asked_by, asked_at, due_at)
        values (
          ${partnerId}, acting_person(), ${new Date(askedAt)}, ${new Date(askedAt + leavingWaitsMs)}
        )
        on conflict do nothing`,
    );
    const asked = await readLeaving(tx, partnerId);
    if (!asked) throw new Error("What was asked is gone within its own transaction");
    await appendAudit(tx, context.actor, {
      verb: "alteration",
      act,
      purpose: "safeguarding",
      outcome: "done",
      detail: {},
    });
    return { erasedFrom: asked.dueAt };
  });
}

/** A fresh proof: an open phone in another's hand must not end closures. */
async function proveToBeThere(
  context: RequestContext,
  { pin, password }: Body<typeof calendarCalls.leave>,
): Promise<void> {
  const session = sessionOf(context.request);
  // Demonstration roles have no credentials.
  if (!session || session.accountId === null) return;
  const { accountId } = session;
  const proof = pin !== undefined ? { pin } : password !== undefined ? { password } : null;
  if (proof) return proveAgain(context, { ...session, accountId }, proof, `prove before: ${act}`);
  const device = readDeviceCookie(context.config, context.request);
  if (proveBy(session, await waysOf(context.db, device)) !== "provider") {
    throw notProven("Give the PIN of this phone, or your password.");
  }
  // The identity provider is the proof here, and asks its user each time: a session opened by a
  // PIN, now without the phone's cookie, is not the provider's.
  if (!session.byProvider || !isFresh(session.freshAt, Date.now())) {
    throw notProven(
      "Sign in once more through your organisation's sign-in page; then you have five minutes for it.",
    );
  }
}

const notProven = (detail: string) => new Problem(401, "Not confirmed", detail);

export const readLeaving = (tx: Transaction, partnerId: string) =>
  tx.maybe(
    z.object({ askedBy: z.string(), dueAt: instant }),
    sql`select asked_by, due_at from leaving where partner_id = ${partnerId}`,
  );

export const stayAfterAll = (context: Act) =>
  asPartner(context, async ({ tx, partnerId }) => ({
    stays: await tx.did(sql`delete from leaving where partner_id = ${partnerId}`),
  }));

/** One transaction per partner, in the name of whoever asked. */
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
          detail: left,
        });
      },
      { retries: 5 },
    );
  }
}

const leavingDue = (tx: Transaction, now: number) =>
  tx.rows(
    z.object({ code: z.string(), askedBy: z.string() }),
    sql`select code, asked_by from leaving
      join partner on partner.id = partner_id
      where due_at <= ${new Date(now)} and left_at is null
      order by partner.id`,
  );

/**
 * A partner leaves with all its data: places, sessions, reports, confirmations, objections, phones
 * and accounts. What remains is the number of visits kept clear, and closures within a day: people
 * may still come, and a vanishing closure would reveal whose it was (DEFINITIONS, Protected
 * footprint). Returns counts only; `closing`: sessions whose closures stay until they are over.
 */
async function leaveForGood(own: Own) {
  const { tx, partnerId, now } = own;
  await lockOccupancy(tx);
  const before = await loadSessions(tx, { partnerId });
  const reports = await loadPoliceCame(tx, partnerId);
  await keepRecord(tx, await pastVisits(tx, own, before, reports));
  const goingOn = before.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
  await endSessions(tx, goingOn, now);
  await closeSessions(tx, own, { ids: before.map(({ id }) => id), announce: false });
  const after = await loadSessions(tx, { partnerId });
  const closing = after
    .filter((session) => upcoming(own.zone, session, now).length > 0)
    .map(({ id }) => id);
  const accounts = await tx.through("gate", (gate) => endAccounts(gate, partnerId, now));
  return tx.through("keeper", async (keeper) => {
    const sessions = await countOf(
      keeper,
      sql`delete from outreach_session where partner_id = ${partnerId} and id <> all(${closing}) returning id`,
    );
    const places = await countOf(
      keeper,
      sql`delete from saved_place
        where partner_id = ${partnerId}
          and not exists (select from outreach_session where place_id = saved_place.id)
        returning id`,
    );
    // Rows kept for a day's closures hold nothing else.
    await keeper.run(sql`update saved_place set label = 'left' where partner_id = ${partnerId}`);
    await keeper.run(
      sql`update outreach_session set calendar_key = null
        where partner_id = ${partnerId} and calendar_key is not null`,
    );
    for (const table of ownTables) {
      await keeper.run(sql`delete from ${named(table)} where partner_id = ${partnerId}`);
    }
    // Its name goes too; the log permanently holds its former code.
    await keeper.run(
      sql`update partner
        set left_at = ${new Date(now)}, code = 'left-' || id, name = 'Left ' || id,
          calendar_known_until = null
        where id = ${partnerId}`,
    );
    await keeper.run(sql`delete from leaving where partner_id = ${partnerId}`);
    return { places, sessions, accounts, closing: closing.length };
  });
}

/** Deleted at once; what else hangs on a partner stands in tests/database/protected-time/leaving-tables.db.test.ts. */
export const ownTables = [
  "calendar_report",
  "calendar_reminder",
  "objection",
  "release_objection",
  "footprint_view",
  "footprint_viewer",
  "account_opening",
  "partner_tally",
  "place_plan_comment",
  "place_plan_share",
];

/** Nobody of the partner can sign in; all phones and sessions end. Through the gate. */
async function endAccounts(gate: Transaction, partnerId: string, now: number): Promise<number> {
  for (const table of ["partner_device", "device_link"]) {
    await gate.run(
      sql`delete from ${named(table)} using account
        where account.id = account_id and account.partner_id = ${partnerId}`,
    );
  }
  return countOf(
    gate,
    sql`update account
      set disabled_at = coalesce(disabled_at, ${new Date(now)}), shown_name = null, oidc_name = null
      where partner_id = ${partnerId}
      returning id`,
  );
}

/**
 * Remaining closures of partners that left. A closure beginning within a day of leaving is over
 * after three: a session lasts less than a day.
 */
export const deleteLeftovers = (tx: Transaction, now: number) =>
  tx.run(
    sql`delete from saved_place using partner
      where partner.id = partner_id and left_at + interval '72 hours' <= ${new Date(now)}`,
  );
