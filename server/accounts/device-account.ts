import { createHmac } from "node:crypto";
import { z } from "zod";
import { mostWrongPins, pinFault, plainPin } from "#core/accounts/pin.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { deviceUnusedMs, readDeviceCookie, setDeviceCookie } from "#server/accounts/cookies.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { hashPassword, isPassword } from "#server/accounts/password-hash.ts";
import { type ProofBy, prove } from "#server/accounts/prove.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import { beginSession, unlockSession } from "#server/accounts/sessions.ts";
import { hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import { drawToken, hashOf } from "#server/accounts/token.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const mostDevices = 10;

const storedDevice = z.object({ id: z.string(), accountId: z.string(), pinHash: z.string() });
export type StoredDevice = z.infer<typeof storedDevice>;

const keyOf = storedDevice.pick({ id: true });
const count = z.int();

/** By a single-use link; returns the phone's token and that of its new session. */
export async function setUpDevice(
  context: RequestContext,
  typed: { readonly secret: string; readonly pin: string },
): Promise<{ readonly deviceToken: string; readonly token: string }> {
  const pin = plainPin(typed.pin);
  const fault = pinFault(pin);
  if (fault !== null) {
    throw new Problem(422, "PIN not accepted", fault, [{ field: "pin", reason: fault }]);
  }
  const caller = callerOf(context);
  const secretHash = hashOfSpoken(typed.secret);
  const deviceToken = drawToken();
  let pinHash = "";
  const claim = {
    ...caller,
    name: "",
    act: "set up a phone",
    // A lane per link: guessers never delay people with a link.
    lane: `link ${secretHash.toString("hex")}`,
    by: {
      find: async (tx: Transaction, now: number) => {
        const id = await tx.value(
          z.string(),
          sql`select account_id from device_link
            where secret_hash = ${secretHash} and until > ${new Date(now)}`,
        );
        return id === null ? null : lockCredentials(tx, id, now);
      },
    },
    isProven: async (account: Credentials | null) => {
      if (account?.role !== "partner") return false;
      pinHash = await hashPassword(keyedPin(deviceToken, pin));
      return true;
    },
  };
  try {
    const token = await prove(context, claim, async (tx, account, now) => {
      // Parallel uses of one link: the second finds it gone.
      const isFirst = await tx.did(sql`delete from device_link where secret_hash = ${secretHash}`);
      if (!isFirst) throw linkNotGood();
      const unusedSince = new Date(now - deviceUnusedMs);
      await tx.run(sql`delete from partner_device where last_used_at <= ${unusedSince}`);
      const own = sql`from partner_device where account_id = ${account.id}`;
      const held = await tx.value(count, sql`select count(*) ${own}`);
      if ((held ?? 0) >= mostDevices) {
        const detail = `This account already has ${mostDevices} phones. Remove one first.`;
        throw new Problem(409, "Too many phones", detail);
      }
      const at = new Date(now);
      const fields = { accountId: account.id, tokenHash: hashOf(deviceToken), pinHash };
      const kept = { ...fields, kind: caller.device, madeAt: at, lastUsedAt: at };
      const { id } = await tx.one(keyOf, sql`${insertInto("partner_device", kept)} returning id`);
      return beginSession(tx, account, { ...caller, deviceId: id }, now);
    });
    return { deviceToken, token };
  } catch (cause) {
    throw cause instanceof Problem && cause.status === 401 ? linkNotGood() : cause;
  }
}

/** Returns the token of a new session. */
export async function signInByPin(context: RequestContext, pin: string): Promise<string> {
  const caller = callerOf(context);
  const token = await proveByPin(context, pin, "sign in by PIN", (tx, account, now, deviceId) =>
    beginSession(tx, account, { ...caller, deviceId }, now),
  );
  // Each use renews its lifetime.
  const held = readDeviceCookie(context.config, context.request);
  if (held !== null) setDeviceCookie(context.config, context.reply, held);
  return token;
}

/** Returns the token under which the locked session goes on. */
export async function unlockByPin(
  context: RequestContext,
  session: { readonly id: string; readonly accountId: string },
  pin: string,
): Promise<string> {
  const act = "unlock the screen by PIN";
  const token = await proveByPin(context, pin, act, async (tx, account, now) =>
    account.id === session.accountId ? unlockSession(tx, { ...session, now }) : null,
  );
  if (token !== null) return token;
  throw new Problem(401, "Not signed in", "Your session has ended. Sign in again.");
}

/** For what cannot be undone: proves that the person is there, not just their phone. */
export async function proveAgainByPin(
  context: RequestContext,
  accountId: string,
  pin: string,
  act: string,
): Promise<void> {
  const isOwn = await proveByPin(context, pin, act, async (_tx, { id }) => id === accountId);
  if (!isOwn) throw new Problem(401, "Not confirmed", "This phone is set up for another account.");
}

/** Null when the phone was removed or unused for too long. */
export async function knownDevice(
  db: Database,
  token: string | null,
): Promise<StoredDevice | null> {
  if (token === null) return null;
  const usedAfter = new Date(Date.now() - deviceUnusedMs);
  const found = sql`
    select ${columnsOf(storedDevice)} from partner_device
    where token_hash = ${hashOf(token)} and last_used_at > ${usedAfter}`;
  return db.transaction(gateActor, (tx) => tx.maybe(storedDevice, found), { readOnly: true });
}

async function proveByPin<Value>(
  context: RequestContext,
  typed: string,
  act: string,
  followUp: (
    tx: Transaction,
    account: Credentials,
    now: number,
    deviceId: string,
  ) => Promise<Value>,
): Promise<Value> {
  const deviceToken = readDeviceCookie(context.config, context.request);
  const device = await knownDevice(context.db, deviceToken);
  if (device === null || deviceToken === null) throw deviceForgotten();
  const isOfDevice = sql`id = ${device.id}`;
  const setWrong = (to: typeof isOfDevice) => (tx: Transaction) =>
    tx.run(sql`update partner_device set wrong_pins = ${to} where ${isOfDevice}`);
  const failed: { wrong?: number | null } = {};
  const by: ProofBy = {
    find: (tx, now) => lockCredentials(tx, device.accountId, now),
    // Counted before it is judged; a correct PIN takes it back.
    onTry: setWrong(sql`wrong_pins + 1`),
    onTakenBack: setWrong(sql`greatest(wrong_pins - 1, 0)`),
    onFailure: async (tx) => {
      await tx.run(
        sql`delete from partner_device where ${isOfDevice} and wrong_pins >= ${mostWrongPins}`,
      );
      failed.wrong = await tx.value(
        count,
        sql`select wrong_pins from partner_device where ${isOfDevice}`,
      );
    },
  };
  const pin = keyedPin(deviceToken, plainPin(typed));
  const isProven = async (account: Credentials | null) =>
    (await isPassword(pin, device.pinHash)) && account?.role === "partner";
  try {
    const lane = `device ${device.id}`;
    const claim = { ...callerOf(context), name: "", act, lane, by, isProven };
    return await prove(context, claim, async (tx, account, now) => {
      const isThere = await tx.did(
        sql`update partner_device set wrong_pins = 0, last_used_at = ${new Date(now)}
          where ${isOfDevice}`,
      );
      // Removed while the PIN was judged: it opens nothing.
      if (!isThere) throw deviceForgotten();
      return followUp(tx, account, now, device.id);
    });
  } catch (cause) {
    // Not a judged PIN: the error speaks for itself.
    if (failed.wrong === undefined) throw cause;
    throw failed.wrong === null ? deviceForgotten() : wrongPin(mostWrongPins - failed.wrong);
  }
}

export async function deleteDevicesOfAccount(tx: Transaction, accountId: string): Promise<number> {
  await tx.run(sql`delete from device_link where account_id = ${accountId}`);
  const gone = sql`delete from partner_device where account_id = ${accountId} returning id`;
  return (await tx.rows(keyOf, gone)).length;
}

/** Keyed by the phone's secret, which the server does not store: a PIN alone is easily guessed. */
function keyedPin(deviceToken: string, pin: string): string {
  return createHmac("sha256", deviceToken).update(pin).digest("base64url");
}

function wrongPin(left: number): Problem {
  const tries = formatQuantity(left, "attempt is", "attempts are");
  const detail = `Wrong PIN, or the account is disabled. ${tries} left before this phone is signed out for good.`;
  return new Problem(401, "Not signed in", detail);
}

function deviceForgotten(): Problem {
  const detail =
    "It was removed, not used for a long time, or the PIN was wrong too often. Ask for a new link.";
  return new Problem(401, "This phone is not set up", detail);
}

function linkNotGood(): Problem {
  const detail = "It has been used, has expired, or was replaced. Ask for a new link.";
  return new Problem(401, "This link does not work", detail);
}
