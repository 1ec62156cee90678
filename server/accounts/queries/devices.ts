import { z } from "zod";
import { device } from "#core/accounts/wire/devices.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** What the gate reads of a phone. */
const deviceRow = z.object({ id: z.string(), accountId: z.string(), pinHash: z.string() });
export type DeviceRow = z.infer<typeof deviceRow>;

/** The phone that holds this token, unless nobody used it for too long. */
export const deviceByToken = (tx: Transaction, tokenHash: Uint8Array, usedAfter: number) =>
  tx.maybe(
    deviceRow,
    sql`select ${columnsOf(deviceRow)} from partner_device
      where token_hash = ${tokenHash} and last_used_at > ${new Date(usedAfter)}`,
  );

export async function insertDevice(
  tx: Transaction,
  {
    now,
    ...fields
  }: Omit<DeviceRow, "id"> & {
    readonly tokenHash: Uint8Array;
    readonly kind: string | null;
    readonly now: number;
  },
): Promise<string> {
  const at = new Date(now);
  const row = insertInto("partner_device", { ...fields, madeAt: at, lastUsedAt: at });
  return (await tx.one(deviceRow.pick({ id: true }), sql`${row} returning id`)).id;
}

/** Counted before it is judged; a right one takes it back. */
export const countPin = (tx: Transaction, id: string) =>
  tx.run(sql`update partner_device set wrong_pins = wrong_pins + 1 where id = ${id}`);

/** A try that was not judged, or that was right and in vain. */
export const uncountPin = (tx: Transaction, id: string) =>
  tx.run(sql`update partner_device set wrong_pins = greatest(wrong_pins - 1, 0) where id = ${id}`);

/** False where the phone was taken away meanwhile. */
export const settlePin = (tx: Transaction, id: string, now: number) =>
  tx.did(
    sql`update partner_device set wrong_pins = 0, last_used_at = ${new Date(now)} where id = ${id}`,
  );

/** How many wrong PINs in a row; null where the phone is forgotten, now or before. */
export async function forgetAfterWrongPins(
  tx: Transaction,
  id: string,
  most: number,
): Promise<number | null> {
  await tx.run(sql`delete from partner_device where id = ${id} and wrong_pins >= ${most}`);
  return tx.value(z.int(), sql`select wrong_pins from partner_device where id = ${id}`);
}

export const forgetUnusedDevices = (tx: Transaction, usedBefore: number) =>
  tx.run(sql`delete from partner_device where last_used_at <= ${new Date(usedBefore)}`);

/** The account that a link stands for. */
export async function accountOfLink(
  tx: Transaction,
  secretHash: Uint8Array,
  now: number,
): Promise<Credentials | null> {
  const id = await tx.value(
    z.string(),
    sql`select account_id from device_link where secret_hash = ${secretHash} and until > ${new Date(now)}`,
  );
  return id === null ? null : lockCredentials(tx, id, now);
}

/** True for the one that used it; it is gone for everybody else. */
export const useDeviceLink = (tx: Transaction, secretHash: Uint8Array) =>
  tx.did(sql`delete from device_link where secret_hash = ${secretHash}`);

/** Of everybody at one partner; through the gate. */
export const devicesOfPartner = (
  tx: Transaction,
  { partner, deviceId }: { readonly partner: string; readonly deviceId: string | null },
) =>
  tx.rows(
    device,
    sql`select partner_device.id, account.name as person, kind, made_at as since,
        last_used_at as last_used,
        partner_device.id is not distinct from ${deviceId}::uuid as is_this
      from partner_device
      join account on account.id = account_id
      join partner on partner.id = account.partner_id
      where partner.code = ${partner}
      order by account.name, made_at, partner_device.id`,
  );

/** Of one's own partner, whose phone it was; null where there is none of that number. Ends its sessions. */
export const deleteDeviceOfPartner = (
  tx: Transaction,
  { id, partnerCode }: { readonly id: string; readonly partnerCode: string },
) =>
  tx.value(
    z.string(),
    sql`delete from partner_device using account, partner
      where partner_device.id = ${id} and account.id = account_id
        and partner.id = account.partner_id and partner.code = ${partnerCode}
      returning account.name`,
  );

export async function countDevices(tx: Transaction, accountId: string): Promise<number> {
  const own = sql`from partner_device where account_id = ${accountId}`;
  return (await tx.value(z.int(), sql`select count(*) ${own}`)) ?? 0;
}

/** All phones of an account, with the link to one more; says how many phones. */
export async function deleteDevicesOfAccount(tx: Transaction, accountId: string): Promise<number> {
  await tx.run(sql`delete from device_link where account_id = ${accountId}`);
  const gone = sql`delete from partner_device where account_id = ${accountId} returning id`;
  return (await tx.rows(deviceRow.pick({ id: true }), gone)).length;
}
