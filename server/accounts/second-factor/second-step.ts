import { createHash, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { SecondStep } from "#core/accounts/wire/second-factor.ts";
import { beginSession, type Caller } from "#server/accounts/begin-session.ts";
import { cookieAttributes } from "#server/accounts/cookies.ts";
import { laneOf } from "#server/accounts/known-browser.ts";
import { prove } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import {
  appsOf,
  passkeysOf,
  spendAppStep,
  spendCode,
} from "#server/accounts/queries/second-factors.ts";
import {
  deleteSecondStep,
  findSecondStep,
  insertSecondStep,
  type SecondStepRow,
} from "#server/accounts/queries/second-steps.ts";
import {
  type AnswerAt,
  claimedPasskey,
  isPasskeyAnswer,
} from "#server/accounts/second-factor/passkeys.ts";
import { stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Services } from "#server/acts/services.ts";
import type { Config } from "#server/config.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

const livesMs = 5 * 60_000;

/** What a right password leads to: a session, or the second step that this token stands for in its browser. */
export type Entered = { readonly session: string } | { readonly secondStep: string };

/** Through the gate, once a password or what takes its place is proven. */
export async function enterOrAsk(
  tx: Transaction,
  account: Credentials,
  caller: Caller,
  now: number,
): Promise<Entered> {
  if (!(await hasSecondFactor(tx, account.id))) {
    return { session: await beginSession(tx, account, caller, now) };
  }
  const token = randomBytes(32).toString("base64url");
  await insertSecondStep(tx, { tokenHash: hashOf(token), account, until: now + livesMs, now });
  return { secondStep: token };
}

/** Returns the token of a new session. */
export async function takeSecondStep(
  services: Pick<Services, "db" | "config">,
  caller: Caller,
  given: { readonly token: string | null; readonly proof: SecondStep; readonly at: AnswerAt },
): Promise<string> {
  const { token, proof } = given;
  const step = await openSecondStep(services.db, token);
  if (step === null || token === null) throw secondStepOver();
  const browser = laneOf(services.config, caller.known, step.account);
  return prove(
    services,
    {
      ...caller,
      name: step.account,
      // Whoever has the password fails here by itself, and makes nobody wait who only signs in from a known browser.
      lane: `second step ${browser ?? step.accountId}`,
      act: "sign in",
      isProven: async (account) =>
        account?.id === step.accountId &&
        (await isSecondFactor(services, account.id, proof, given.at)),
    },
    async (tx, account, now) => {
      if (!(await deleteSecondStep(tx, hashOf(token)))) throw secondStepOver();
      return beginSession(tx, account, caller, now);
    },
  ).catch((cause: unknown) => {
    throw cause instanceof Problem && cause.title === "Not signed in" ? notRight(proof) : cause;
  });
}

export async function openSecondStep(
  db: Database,
  token: string | null,
): Promise<SecondStepRow | null> {
  if (token === null) return null;
  return db.transaction(gateActor, (tx) => findSecondStep(tx, hashOf(token), Date.now()), {
    readOnly: true,
  });
}

export async function giveUpSecondStep(db: Database, token: string): Promise<void> {
  await db.transaction(gateActor, (tx) => deleteSecondStep(tx, hashOf(token)));
}

async function hasSecondFactor(tx: Transaction, accountId: string): Promise<boolean> {
  const apps = await appsOf(tx, accountId);
  if (apps.some(({ confirmedAt }) => confirmedAt !== null)) return true;
  return (await passkeysOf(tx, accountId)).length > 0;
}

export function readStepCookie(config: Pick<Config, "secure">, request: FastifyRequest) {
  return request.cookies[cookieName(config)] || null;
}

export function setStepCookie(
  config: Pick<Config, "secure">,
  reply: FastifyReply,
  token: string,
): void {
  reply.setCookie(cookieName(config), token, {
    ...cookieAttributes(config),
    maxAge: livesMs / 1000,
  });
}

export function clearStepCookie(config: Pick<Config, "secure">, reply: FastifyReply): void {
  reply.clearCookie(cookieName(config), cookieAttributes(config));
}

function cookieName({ secure }: Pick<Config, "secure">): string {
  return secure ? "__Host-second-step" : "second_step";
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

function notRight(proof: SecondStep): Problem {
  const detail =
    "passkey" in proof
      ? "This passkey does not belong to the account, or it answered too late. Try again."
      : "That code is wrong or has been used. Try again: an app shows a new code every 30 seconds.";
  return new Problem(401, "Not signed in", detail);
}

function secondStepOver(): Problem {
  return new Problem(
    401,
    "Start again",
    "The second step has timed out. Enter your name and password again.",
  );
}

/** Judges a second factor of an account; what is right is used up by it, and counts no second time. */
export async function isSecondFactor(
  { db, config }: Pick<Services, "db" | "config">,
  accountId: string,
  proof: SecondStep,
  at: AnswerAt,
): Promise<boolean> {
  const now = Date.now();
  if ("passkey" in proof) {
    const claimed = await claimedPasskey(db, proof.passkey);
    if (claimed?.accountId !== accountId) return false;
    return isPasskeyAnswer(db, proof.passkey, claimed, at);
  }
  return db.transaction(gateActor, async (tx) => {
    if ("recovery" in proof) {
      return spendCode(tx, { accountId, hash: hashOfSpoken(proof.recovery), now });
    }
    const app = (await appsOf(tx, accountId)).find(({ confirmedAt }) => confirmedAt !== null);
    const step = app && stepOfCode(config, { accountId, ...app }, proof.code, now);
    return app !== undefined && step != null && spendAppStep(tx, { id: app.id, step, now });
  });
}
