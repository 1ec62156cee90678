import { createHmac } from "node:crypto";
import { mostWrongPins, pinFault, plainPin } from "#core/accounts/pin.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { beginSession, type Caller } from "#server/accounts/begin-session.ts";
import { deviceUnusedMs } from "#server/accounts/cookies.ts";
import { hashPassword, isPassword } from "#server/accounts/password-hash.ts";
import { type ProofBy, prove } from "#server/accounts/prove.ts";
import { type Credentials, lockCredentials } from "#server/accounts/queries/credentials.ts";
import * as sql from "#server/accounts/queries/devices.ts";
import { unlockSession } from "#server/accounts/sessions.ts";
import { hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import { drawToken, hashOf } from "#server/accounts/token.ts";
import type { Services } from "#server/acts/services.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

type Part = Pick<Services, "db" | "config">;

const mostDevices = 10;

/** What a phone holds and what its new session goes by. */
export interface DeviceSession {
  readonly deviceToken: string;
  readonly token: string;
}

/** A phone is set up by a link of one use, and signed in. */
export async function setUpDevice(
  services: Part,
  caller: Caller,
  typed: { readonly secret: string; readonly pin: string },
): Promise<DeviceSession> {
  const pin = plainPin(typed.pin);
  const fault = pinFault(pin);
  if (fault !== null) {
    throw new Problem(422, "PIN not accepted", fault, [{ field: "pin", reason: fault }]);
  }
  const secretHash = hashOfSpoken(typed.secret);
  const deviceToken = drawToken();
  let pinHash = "";
  try {
    const token = await prove(
      services,
      {
        ...caller,
        name: "",
        act: "set up a phone",
        by: {
          // Of each link its own: nobody who guesses makes those wait who have one.
          key: `link ${secretHash.toString("hex")}`,
          find: (tx, now) => sql.accountOfLink(tx, secretHash, now),
        },
        isProven: async (account) => {
          if (account?.role !== "partner") return false;
          pinHash = await hashPassword(keyedPin(deviceToken, pin));
          return true;
        },
      },
      async (tx, account, now) => {
        // Two that use one link at once: the second finds it gone.
        if (!(await sql.useDeviceLink(tx, secretHash))) throw linkNotGood();
        await sql.forgetUnusedDevices(tx, now - deviceUnusedMs);
        if ((await sql.countDevices(tx, account.id)) >= mostDevices) {
          throw new Problem(
            409,
            "Too many phones",
            `This account already has ${mostDevices} phones. Remove one first.`,
          );
        }
        const deviceId = await sql.insertDevice(tx, {
          accountId: account.id,
          tokenHash: hashOf(deviceToken),
          pinHash,
          kind: caller.device,
          now,
        });
        return beginSession(tx, account, { ...caller, deviceId }, now);
      },
    );
    return { deviceToken, token };
  } catch (cause) {
    throw cause instanceof Problem && cause.status === 401 ? linkNotGood() : cause;
  }
}

/** Returns the token of a new session. */
export function signInByPin(
  services: Part,
  caller: Caller,
  typed: { readonly deviceToken: string | null; readonly pin: string },
): Promise<string> {
  return proveByPin(
    services,
    caller,
    { ...typed, act: "sign in by PIN" },
    (tx, account, { deviceId, now }) => beginSession(tx, account, { ...caller, deviceId }, now),
  );
}

/** Returns the token under which the locked session goes on. */
export async function unlockByPin(
  services: Part,
  caller: Caller,
  session: {
    readonly id: string;
    readonly accountId: string;
    readonly deviceToken: string | null;
    readonly pin: string;
  },
): Promise<string> {
  const token = await proveByPin(
    services,
    caller,
    { ...session, act: "unlock the screen by PIN" },
    async (tx, account, { now }) =>
      account.id === session.accountId ? unlockSession(tx, { ...session, now }) : null,
  );
  if (token !== null) return token;
  throw new Problem(401, "Not signed in", "Your session has ended. Sign in again.");
}

/** For what cannot be undone: the person is there, and not only their phone. */
export async function proveAgainByPin(
  services: Part,
  caller: Caller,
  typed: {
    readonly accountId: string;
    readonly deviceToken: string | null;
    readonly pin: string;
    readonly act: string;
  },
): Promise<void> {
  const isSame = await proveByPin(services, caller, typed, async (_tx, account) => {
    return account.id === typed.accountId;
  });
  if (!isSame) throw new Problem(401, "Not confirmed", "This phone is set up for another account.");
}

/** The phone that sent this cookie; null where it is set up no more. */
export async function knownDevice(
  db: Database,
  token: string | null,
): Promise<sql.DeviceRow | null> {
  if (token === null) return null;
  return db.transaction(
    gateActor,
    (tx) => sql.deviceByToken(tx, hashOf(token), Date.now() - deviceUnusedMs),
    { readOnly: true },
  );
}

async function proveByPin<Value>(
  services: Part,
  caller: Caller,
  typed: { readonly deviceToken: string | null; readonly pin: string; readonly act: string },
  followUp: (
    tx: Transaction,
    account: Credentials,
    known: { readonly deviceId: string; readonly now: number },
  ) => Promise<Value>,
): Promise<Value> {
  const { deviceToken, act } = typed;
  const device = await knownDevice(services.db, deviceToken);
  if (device === null || deviceToken === null) throw deviceForgotten();
  const failed: { wrong?: number | null } = {};
  const by: ProofBy = {
    key: `device ${device.id}`,
    find: (tx, now) => lockCredentials(tx, device.accountId, now),
    onTry: (tx) => sql.countPin(tx, device.id),
    onTakenBack: (tx) => sql.uncountPin(tx, device.id),
    onFailure: async (tx) => {
      failed.wrong = await sql.forgetAfterWrongPins(tx, device.id, mostWrongPins);
    },
  };
  const pin = keyedPin(deviceToken, plainPin(typed.pin));
  const isProven = async (account: Credentials | null) =>
    (await isPassword(pin, device.pinHash)) && account?.role === "partner";
  try {
    const claim = { ...caller, name: "", act, by, isProven };
    return await prove(services, claim, async (tx, account, now) => {
      // Taken away while the PIN was judged: it opens nothing.
      if (!(await sql.settlePin(tx, device.id, now))) throw deviceForgotten();
      return followUp(tx, account, { deviceId: device.id, now });
    });
  } catch (cause) {
    // Not a PIN that was judged: it says itself what is the matter.
    if (failed.wrong === undefined) throw cause;
    throw failed.wrong === null ? deviceForgotten() : wrongPin(mostWrongPins - failed.wrong);
  }
}

/** Under the phone's secret, which the server does not keep: a PIN alone has too few forms to hash. */
function keyedPin(deviceToken: string, pin: string): string {
  return createHmac("sha256", deviceToken).update(pin).digest("base64url");
}

function wrongPin(left: number): Problem {
  const tries = formatQuantity(left, "attempt is", "attempts are");
  return new Problem(
    401,
    "Not signed in",
    `Wrong PIN, or the account is disabled. ${tries} left before this phone is signed out for good.`,
  );
}

function deviceForgotten(): Problem {
  return new Problem(
    401,
    "This phone is not set up",
    "It was removed, not used for a long time, or the PIN was wrong too often. Ask for a new link.",
  );
}

function linkNotGood(): Problem {
  return new Problem(
    401,
    "This link does not work",
    "It has been used, has expired, or was replaced. Ask for a new link.",
  );
}
