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
