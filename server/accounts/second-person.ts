import { z } from "zod";
import * as wire from "#core/accounts/wire/openings.ts";
import { type ClearingsReply, clearing } from "#core/accounts/wire/second-factor.ts";
import { dayMs } from "#core/time/zone.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { accountOrRefuse, clearThroughGate } from "#server/accounts/manage-accounts.ts";
import { linkLivesMs, secretLivesMs } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

/*
 * What one person asks for and another confirms: access to an account (sql/migrations/0002-accounts.sql), and a second
 * factor that is cleared. Who may ask and who may confirm, the database holds.
 */

const openingsShownMs = 90 * dayMs;

const keyed = wire.opening.pick({ id: true });

/** Filtered by role, but always those that keep something closed; waiting first, then newest. */
export async function readOpenings(
  { actor, request }: RequestContext,
  tx: Transaction,
): Promise<wire.OpeningsReply> {
  const accountId = sessionOf(request)?.accountId ?? null;
  const now = Date.now();
  const { decidable, seenAt, patrolPartners } = await tx.through("gate", async (gate) => ({
    patrolPartners: await gate.rows(
      keyed.extend({ name: z.string() }),
      sql`select account_opening.key as id, patrol_partner.name from account_opening
        join account on account.id = account_id join patrol_partner on code = patrol_partner`,
    ),
    decidable: await gate.rows(
      keyed,
      sql`select key as id from account_opening as opening
        where ${waits} and may_decide(opening)`,
    ),
    // To the microsecond, hence as text.
    seenAt: await gate.value(
      z.string(),
      sql`select openings_seen_at::text from account where id = ${accountId}`,
    ),
  }));
  // Police are told of their own accounts only, which have no partner; a partner sees the
  // requester's role, not the name.
  const partner =
    actor.role === "sergeant"
      ? sql`null`
      : sql`(select name from partner where partner.id = opening.partner_id)`;
  const askedBy = actor.role === "partner" ? sql`null` : sql`asked_by`;
  const openings = await tx.rows(
    wire.opening,
    sql`select key as id, account_name as account, role, ${partner} as partner, act,
        asked_at, asked_role, ${askedBy} as asked_by,
        case
          when second <> 'waits' then second
          when replaced_at is not null then 'replaced'
          when due_at <= ${new Date(now)} then 'expired'
          else second
        end as state,
        second in ('waits', 'refused') and replaced_at is null as keeps_shut,
        due_at, decided_at, decided_role,
        key = any(${decidable.map(({ id }) => id)}::uuid[]) as may_decide,
        coalesce(decided_at, asked_at) > ${seenAt ?? "-infinity"}::timestamptz as is_new
      from account_opening as opening
      where greatest(asked_at, decided_at) >= ${new Date(now - openingsShownMs)}
        or (second in ('waits', 'refused') and replaced_at is null)
      order by second = 'waits' and replaced_at is null desc, opening.id desc
      limit 500`,
  );
  const namesOf = new Map(patrolPartners.map(({ id, name }) => [id, name]));
  return {
    openings: openings.map((one) => ({
      ...one,
      partner: one.partner ?? namesOf.get(one.id) ?? null,
    })),
  };
}

const waits = sql`second = 'waits' and replaced_at is null and due_at > clock_timestamp()`;

type Word = "confirmed" | "refused";

/** By the caller's own rights: existence of others' openings is not revealed. */
export function answerOpening(
  act: RequestContext,
  key: string,
  word: Word,
): Promise<wire.OpeningsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const id = await tx.value(z.string(), sql`select id from account_opening where key = ${key}`);
    if (id === null) {
      throw new Problem(404, "Not found", "Nothing with this number is waiting for you.");
    }
    const decided = await decide(tx, { id, word, now: Date.now() });
    act.addDetail({ account: decided.account, opened: decided.act });
    return readOpenings(act, tx);
  });
}

export async function waitingOpenings(tx: Transaction, account: string): Promise<string[]> {
  const rows = await tx.rows(
    z.object({ id: z.string() }),
    sql`select id from account_opening where account_name = ${account} and ${waits} order by id`,
  );
  return rows.map(({ id }) => id);
}

const decidedOpening = wire.opening
  .pick({ account: true, act: true })
  .extend({ accountId: z.string().nullable() });

/** What was handed out gets its full lifetime from the confirmation on. */
export function decide(
  tx: Transaction,
  { id, word, now }: { readonly id: string; readonly word: Word; readonly now: number },
): Promise<z.infer<typeof decidedOpening>> {
  return tx.through("gate", async (gate) => {
    const decided = await gate.maybe(
      decidedOpening,
      sql`update account_opening set second = ${word} where id = ${id} and ${waits}
        returning account_id, account_name as account, act`,
    );
    if (decided === null) {
      const detail = "It has been decided, replaced, or has lapsed. Refresh the list.";
      throw new Problem(409, "No longer waiting", detail);
    }
    const { accountId } = decided;
    if (word === "refused" || accountId === null) return decided;
    await gate.run(
      sql`update account set setup_until = ${new Date(now + secretLivesMs)}
        where id = ${accountId} and setup_hash is not null`,
    );
    await gate.run(
      sql`update device_link set until = ${new Date(now + linkLivesMs.sent)} from account
        where device_link.account_id = ${accountId} and account.id = device_link.account_id
          and device_link.made_by <> account.name`,
    );
    return decided;
  });
}

/** For a partner: opened by an administrator or the host, and no colleague confirmed it. */
export async function isOpenedFromOutside(tx: Transaction, account: string): Promise<boolean> {
  const isOutside = await tx.value(
    z.boolean(),
    sql`select decided_role is distinct from 'partner' from account_opening
      where account_name = ${account} and asked_role in ('admin', 'operator')
        and second <> 'refused'
      order by id desc limit 1`,
  );
  return isOutside ?? false;
}

const isOpen = sql`cleared_at is null and asked_at > now() - interval '7 days'`;

export async function readClearings(
  { actor }: RequestContext,
  tx: Transaction,
): Promise<ClearingsReply> {
  const clearings = await tx.rows(
    clearing,
    sql`select id, owner, asked_by, asked_at as asked,
        ${actor.person} not in (owner, asked_by) as may_confirm
      from second_factor_clearing where ${isOpen} order by asked_at, id`,
  );
  return { clearings };
}

export function askClearing(
  act: RequestContext,
  account: { readonly id: string },
): Promise<ClearingsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const { id, name, hasSecondFactor } = await accountOrRefuse(tx, account);
    act.addDetail({ account: name });
    if (name === act.actor.person) throw ownFactor();
    if (!hasSecondFactor) {
      throw new Problem(409, "Nothing to reset", `${name} has no second factor.`);
    }
    if (!(await insertClearing(tx, id))) {
      const detail = "It is waiting for another person to confirm it.";
      throw new Problem(409, "Already requested", detail);
    }
    return readClearings(act, tx);
  });
}

/** Replaces an expired one; false while one is open. */
export async function insertClearing(tx: Transaction, accountId: string): Promise<boolean> {
  await tx.run(
    sql`delete from second_factor_clearing
      where account_id = ${accountId} and cleared_at is null and not (${isOpen})`,
  );
  return tx.did(sql`${insertInto("second_factor_clearing", { accountId })} on conflict do nothing`);
}

const askedClearing = clearing
  .pick({ owner: true, askedBy: true })
  .extend({ accountId: z.string() });

export function confirmClearing(act: RequestContext, id: string): Promise<ClearingsReply> {
  const { person } = act.actor;
  return act.db.transaction(act.actor, async (tx) => {
    const asked = await tx.maybe(
      askedClearing,
      sql`select owner, asked_by, account_id from second_factor_clearing
        where id = ${id} and ${isOpen}`,
    );
    if (asked === null) throw noLongerOpen();
    act.addDetail({ account: asked.owner, askedBy: asked.askedBy });
    if (asked.owner === person) throw ownFactor();
    if (asked.askedBy === person) {
      throw new Problem(409, "Another person must confirm", "You requested it yourself.");
    }
    const isConfirmed = await tx.did(
      sql`update second_factor_clearing set confirmed_by = ${person}
        where id = ${id} and ${isOpen}`,
    );
    if (!isConfirmed) throw noLongerOpen();
    await clearThroughGate(tx, asked.accountId);
    return readClearings(act, tx);
  });
}

export function refuseClearing(act: RequestContext, id: string): Promise<ClearingsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const account = await tx.value(
      z.string(),
      sql`delete from second_factor_clearing where id = ${id} and cleared_at is null
        returning owner`,
    );
    if (account === null) throw noLongerOpen();
    act.addDetail({ account });
    return readClearings(act, tx);
  });
}

function ownFactor(): Problem {
  const detail =
    "Another person must request a reset and a third confirm it. Change yours from the menu under your name.";
  return new Problem(409, "Your own second factor", detail);
}

function noLongerOpen(): Problem {
  return new Problem(404, "Not found", "It has been answered, or lapsed after seven days.");
}
