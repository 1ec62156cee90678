import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import type { Transaction } from "#server/db/database.ts";

/** What the gate reads of a phone. */
export interface DeviceRow {
  readonly id: string;
  readonly accountId: string;
  readonly pinHash: string;
}

/** The phone that holds this token, unless nobody used it for too long. */
export async function deviceByToken(
  tx: Transaction,
  tokenHash: Uint8Array,
  usedAfter: number,
): Promise<DeviceRow | null> {
  const rows = await tx.query<DeviceRow>(
    `select id::text as "id", account_id::text as "accountId", pin_hash as "pinHash"
     from partner_device
     where token_hash = $1::bytea and last_used_at > $2::timestamptz`,
    [tokenHash, new Date(usedAfter)],
  );
  return rows[0] ?? null;
}

export async function insertDevice(
  tx: Transaction,
  device: {
    readonly accountId: string;
    readonly tokenHash: Uint8Array;
    readonly pinHash: string;
    readonly kind: string | null;
    readonly now: number;
  },
): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `insert into partner_device (account_id, token_hash, pin_hash, kind, made_at, last_used_at)
     values ($1::bigint, $2::bytea, $3::text, $4::text, $5::timestamptz, $5::timestamptz)
     returning id::text as "id"`,
    [device.accountId, device.tokenHash, device.pinHash, device.kind, new Date(device.now)],
  );
  return rows[0]?.id ?? "";
}

/** Counted before it is judged; a right one takes it back. */
export async function countPin(tx: Transaction, id: string): Promise<void> {
  await tx.query("update partner_device set wrong_pins = wrong_pins + 1 where id = $1::uuid", [id]);
}

/** A try that was not judged, or that was right and in vain. */
export async function uncountPin(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    "update partner_device set wrong_pins = greatest(wrong_pins - 1, 0) where id = $1::uuid",
    [id],
  );
}

/** False where the phone was taken away meanwhile. */
export async function settlePin(tx: Transaction, id: string, now: number): Promise<boolean> {
  const rows = await tx.query(
    `update partner_device set wrong_pins = 0, last_used_at = $2::timestamptz
     where id = $1::uuid
     returning 1`,
    [id, new Date(now)],
  );
  return rows.length === 1;
}

/** How many wrong PINs in a row; null where the phone is forgotten, now or before. */
export async function forgetAfterWrongPins(
  tx: Transaction,
  id: string,
  most: number,
): Promise<number | null> {
  await tx.query("delete from partner_device where id = $1::uuid and wrong_pins >= $2::int", [
    id,
    most,
  ]);
  const rows = await tx.query<{ wrong: number }>(
    `select wrong_pins::int as "wrong" from partner_device where id = $1::uuid`,
    [id],
  );
  return rows[0]?.wrong ?? null;
}

export async function forgetUnusedDevices(tx: Transaction, usedBefore: number): Promise<void> {
  await tx.query("delete from partner_device where last_used_at <= $1::timestamptz", [
    new Date(usedBefore),
  ]);
}

/** Takes the place of the link that the account had. */
export async function putDeviceLink(
  tx: Transaction,
  link: {
    readonly accountId: string;
    readonly secretHash: Uint8Array;
    readonly by: string;
    readonly until: number;
  },
): Promise<void> {
  await tx.query(
    `insert into device_link (account_id, secret_hash, made_by, until)
     values ($1::bigint, $2::bytea, $3::text, $4::timestamptz)
     on conflict (account_id) do update
     set secret_hash = excluded.secret_hash, made_by = excluded.made_by, until = excluded.until`,
    [link.accountId, link.secretHash, link.by, new Date(link.until)],
  );
}

/** The account that a link stands for. */
export async function accountOfLink(
  tx: Transaction,
  secretHash: Uint8Array,
  now: number,
): Promise<Credentials | null> {
  const rows = await tx.query<{ id: string }>(
    `select account_id::text as "id" from device_link
     where secret_hash = $1::bytea and until > $2::timestamptz`,
    [secretHash, new Date(now)],
  );
  return rows[0] ? lockCredentials(tx, rows[0].id, now) : null;
}

/** True for the one that used it; it is gone for everybody else. */
export async function useDeviceLink(tx: Transaction, secretHash: Uint8Array): Promise<boolean> {
  const rows = await tx.query("delete from device_link where secret_hash = $1::bytea returning 1", [
    secretHash,
  ]);
  return rows.length === 1;
}

export interface ListedDevice {
  readonly id: string;
  /** Of the account. */
  readonly person: string;
  readonly kind: string | null;
  readonly madeAt: number;
  readonly lastUsedAt: number;
}

/** Of everybody at one partner; through the gate. */
export function devicesOfPartner(tx: Transaction, partnerCode: string): Promise<ListedDevice[]> {
  return tx.query<ListedDevice>(
    `select partner_device.id::text as "id", account.name as "person", partner_device.kind as "kind",
            (extract(epoch from partner_device.made_at) * 1000)::float8 as "madeAt",
            (extract(epoch from partner_device.last_used_at) * 1000)::float8 as "lastUsedAt"
     from partner_device
     join account on account.id = partner_device.account_id
     join partner on partner.id = account.partner_id
     where partner.code = $1::text
     order by account.name, partner_device.made_at, partner_device.id`,
    [partnerCode],
  );
}

/** Of one's own partner; null where there is none of that number. Ends its sessions. */
export async function deleteDeviceOfPartner(
  tx: Transaction,
  device: { readonly id: string; readonly partnerCode: string },
): Promise<string | null> {
  const rows = await tx.query<{ person: string }>(
    `delete from partner_device
     using account, partner
     where partner_device.id = $1::uuid and account.id = partner_device.account_id
       and partner.id = account.partner_id and partner.code = $2::text
     returning account.name as "person"`,
    [device.id, device.partnerCode],
  );
  return rows[0]?.person ?? null;
}

export async function countDevices(tx: Transaction, accountId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count" from partner_device where account_id = $1::bigint`,
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

/** All phones of an account, with the link to one more; says how many phones. */
export async function deleteDevicesOfAccount(tx: Transaction, accountId: string): Promise<number> {
  await tx.query("delete from device_link where account_id = $1::bigint", [accountId]);
  const rows = await tx.query(
    "delete from partner_device where account_id = $1::bigint returning account_id",
    [accountId],
  );
  return rows.length;
}
