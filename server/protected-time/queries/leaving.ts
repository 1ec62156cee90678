import type { Transaction } from "#server/db/database.ts";

/** Sessions of one partner that close nothing more, with all that hangs on them; the keeper's. */
export async function deleteOwnSessions(
  tx: Transaction,
  own: { readonly partnerId: string; readonly except: readonly string[] },
): Promise<number> {
  const rows = await tx.query(
    `delete from outreach_session
     where partner_id = $1::bigint and id <> all($2::bigint[])
     returning id`,
    [own.partnerId, own.except],
  );
  return rows.length;
}

/** Places that no session is left of. */
export async function deleteOwnPlaces(tx: Transaction, partnerId: string): Promise<number> {
  const rows = await tx.query(
    `delete from saved_place
     where partner_id = $1::bigint
       and not exists (select from outreach_session where place_id = saved_place.id)
     returning id`,
    [partnerId],
  );
  return rows.length;
}

/** What keeps a day's closures says no more than that. */
export async function stripWords(tx: Transaction, partnerId: string): Promise<void> {
  await tx.query("update saved_place set label = 'left' where partner_id = $1::bigint", [
    partnerId,
  ]);
  await tx.query(
    `update outreach_session set calendar_key = null
     where partner_id = $1::bigint and calendar_key is not null`,
    [partnerId],
  );
}

const ownWords = [
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
] as const;

/** Confirmations, reminders, objections, typed totals and comments of one partner, and what was shared with it. */
export async function deleteOwnWords(tx: Transaction, partnerId: string): Promise<void> {
  for (const table of ownWords) {
    await tx.query(`delete from ${table} where partner_id = $1::bigint`, [partnerId]);
  }
}

/** Its name goes too; whoever reads the log finds its code of before, which stands there for good. */
export async function markLeft(tx: Transaction, partnerId: string, now: number): Promise<void> {
  await tx.query(
    `update partner
     set left_at = $2::timestamptz, code = 'left-' || id, name = 'Left ' || id,
         calendar_known_until = null
     where id = $1::bigint`,
    [partnerId, new Date(now)],
  );
}

/** Through the gate: nobody of it signs in any more, and every phone and session of theirs ends. */
export async function endAccountsOf(
  tx: Transaction,
  partnerId: string,
  now: number,
): Promise<number> {
  await tx.query(
    `delete from partner_device using account
     where account.id = partner_device.account_id and account.partner_id = $1::bigint`,
    [partnerId],
  );
  await tx.query(
    `delete from device_link using account
     where account.id = device_link.account_id and account.partner_id = $1::bigint`,
    [partnerId],
  );
  const rows = await tx.query(
    `update account
     set disabled_at = coalesce(disabled_at, $2::timestamptz), shown_name = null, oidc_name = null
     where partner_id = $1::bigint
     returning id`,
    [partnerId, new Date(now)],
  );
  return rows.length;
}

/**
 * What partners that left still closed. A closure that begins within a day of that is over after three: a
 * session lasts less than a day.
 */
export async function deleteLeftovers(tx: Transaction, now: number): Promise<void> {
  await tx.query(
    `delete from saved_place
     using partner
     where partner.id = saved_place.partner_id
       and partner.left_at + interval '72 hours' <= $1::timestamptz`,
    [new Date(now)],
  );
}

/** That a partner is to be erased, and by whom of it that was asked. */
export interface LeavingAsked {
  readonly askedBy: string;
  readonly askedAt: number;
  readonly dueAt: number;
}

const columns = `
  leaving.asked_by as "askedBy",
  (extract(epoch from leaving.asked_at) * 1000)::float8 as "askedAt",
  (extract(epoch from leaving.due_at) * 1000)::float8 as "dueAt"`;

/** Whoever asks first: a second question changes nothing. */
export async function insertLeaving(
  tx: Transaction,
  { partnerId, askedAt, dueAt }: Pick<LeavingAsked, "askedAt" | "dueAt"> & { partnerId: string },
): Promise<void> {
  await tx.query(
    `insert into leaving (partner_id, asked_by, asked_at, due_at)
     values ($1::bigint, acting_person(), $2::timestamptz, $3::timestamptz)
     on conflict do nothing`,
    [partnerId, new Date(askedAt), new Date(dueAt)],
  );
}

export async function readLeaving(
  tx: Transaction,
  partnerId: string,
): Promise<LeavingAsked | null> {
  const rows = await tx.query<LeavingAsked>(
    `select ${columns} from leaving where partner_id = $1::bigint`,
    [partnerId],
  );
  return rows[0] ?? null;
}

/** False where nobody had asked. */
export async function deleteLeaving(tx: Transaction, partnerId: string): Promise<boolean> {
  const rows = await tx.query("delete from leaving where partner_id = $1::bigint returning 1", [
    partnerId,
  ]);
  return rows.length > 0;
}

/** Partners whose day is over. */
export function leavingDue(
  tx: Transaction,
  now: number,
): Promise<{ readonly code: string; readonly askedBy: string }[]> {
  return tx.query(
    `select partner.code as "code", leaving.asked_by as "askedBy"
     from leaving
     join partner on partner.id = leaving.partner_id
     where leaving.due_at <= $1::timestamptz and partner.left_at is null
     order by partner.id`,
    [new Date(now)],
  );
}

/** From when on each partner that asked to leave is erased; for the coordinator, who is not told who asked. */
export async function leavingByPartner(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx.query<{ partnerId: string; dueAt: number }>(
    `select partner_id::text as "partnerId", (extract(epoch from due_at) * 1000)::float8 as "dueAt"
     from leaving`,
  );
  return new Map(rows.map(({ partnerId, dueAt }) => [partnerId, dueAt]));
}
