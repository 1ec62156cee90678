import type { Transaction } from "#server/db/database.ts";

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
