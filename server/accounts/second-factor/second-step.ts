import { z } from "zod";
import type { SecondStep } from "#core/accounts/wire/sign-in.ts";
import { secondStepMs, stepCookie } from "#server/accounts/cookies.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { laneOf } from "#server/accounts/known-browser.ts";
import { prove } from "#server/accounts/prove.ts";
import type { Credentials } from "#server/accounts/queries/credentials.ts";
import { claimedPasskey, isPasskeyAnswer } from "#server/accounts/second-factor/passkeys.ts";
import { appOf, stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { beginSession, type Caller } from "#server/accounts/sessions.ts";
import { hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import { drawToken, hashOf } from "#server/accounts/token.ts";
import { type Database, gateActor, type Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

/** A session, or a token for the second step in this browser. */
export type Entered = { readonly session: string } | { readonly secondStep: string };

export async function enterOrAsk(
  tx: Transaction,
  account: Credentials,
  caller: Caller,
  now: number,
): Promise<Entered> {
  const { id, epoch } = account;
  const hasSecondFactor = await tx.value(
    z.boolean(),
    sql`select exists (select from passkey where account_id = ${id}) or exists (
      select from authenticator_app where account_id = ${id} and confirmed_at is not null
    )`,
  );
  if (!hasSecondFactor) return { session: await beginSession(tx, account, caller, now) };
  const token = drawToken();
  const until = new Date(now + secondStepMs);
  await tx.run(sql`delete from second_step where until < ${new Date(now)}`);
  const step = { tokenHash: hashOf(token), accountId: id, epoch, until };
  await tx.run(insertInto("second_step", step));
  return { secondStep: token };
}

/** Returns the token of a new session. */
export async function takeSecondStep(context: RequestContext, proof: SecondStep): Promise<string> {
  const { db, config, request } = context;
  const caller = callerOf(context);
  const token = stepCookie.read(config, request);
  const step = await openSecondStep(db, token);
  if (step === null || token === null) throw secondStepOver();
  const browser = laneOf(context, step.account);
  return prove(
    context,
    {
      ...caller,
      name: step.account,
      // A lane of its own: failures by someone with the password do not delay sign-ins from a known
      // browser.
      lane: `second step ${browser ?? step.accountId}`,
      act: "sign in",
      isProven: async (account) =>
        account?.id === step.accountId && (await isSecondFactor(context, account.id, proof)),
    },
    async (tx, account, now) => {
      // Used or given up meanwhile.
      if (!(await tx.did(stepGone(token)))) throw secondStepOver();
      return beginSession(tx, account, caller, now);
    },
  ).catch((cause: unknown) => {
    throw cause instanceof Problem && cause.title === "Not signed in" ? notRight(proof) : cause;
  });
}

const secondStep = z.object({
  accountId: z.string(),
  account: z.string(),
  hasPasskey: z.boolean(),
  hasApp: z.boolean(),
  hasCodes: z.boolean(),
});

/** Null once expired, or when the account has changed since the password was checked. */
export async function openSecondStep(db: Database, token: string | null) {
  if (token === null) return null;
  const open = sql`
    select account.id as account_id, account.name as account,
      exists (select from passkey where account_id = account.id) as has_passkey,
      exists (
        select from authenticator_app where account_id = account.id and confirmed_at is not null
      ) as has_app,
      exists (
        select from recovery_code where account_id = account.id and used_at is null
      ) as has_codes
    from second_step
    join account on account.id = second_step.account_id and account.epoch = second_step.epoch
    where token_hash = ${hashOf(token)} and until > ${new Date()}`;
  return db.transaction(gateActor, (tx) => tx.maybe(secondStep, open), { readOnly: true });
}

export async function giveUpSecondStep(db: Database, token: string): Promise<void> {
  await db.transaction(gateActor, (tx) => tx.run(stepGone(token)));
}

const stepGone = (token: string) =>
  sql`delete from second_step where token_hash = ${hashOf(token)}`;

function notRight(proof: SecondStep): Problem {
  const detail =
    "passkey" in proof
      ? "This passkey does not belong to the account, or it answered too late. Try again."
      : "That code is wrong or has been used. Try again: an app shows a new code every 30 seconds.";
  return new Problem(401, "Not signed in", detail);
}

function secondStepOver(): Problem {
  const detail = "The second step has timed out. Enter your name and password again.";
  return new Problem(401, "Start again", detail);
}

/** A right code or key is used up. */
export async function isSecondFactor(
  context: RequestContext,
  accountId: string,
  proof: SecondStep,
): Promise<boolean> {
  const { db, config } = context;
  const now = Date.now();
  if ("passkey" in proof) {
    const claimed = await claimedPasskey(db, proof.passkey);
    if (claimed?.accountId !== accountId) return false;
    return isPasskeyAnswer(context, proof.passkey, claimed);
  }
  return db.transaction(gateActor, async (tx) => {
    if ("recovery" in proof) {
      return tx.did(
        sql`update recovery_code set used_at = ${new Date(now)}
          where account_id = ${accountId} and code_hash = ${hashOfSpoken(proof.recovery)}
            and used_at is null`,
      );
    }
    const app = await appOf(tx, accountId, true);
    const step = app && stepOfCode(config, { accountId, ...app }, proof.code, now);
    if (app === null || step === null) return false;
    // Each code counts once: only one of a later half minute is accepted.
    return tx.did(
      sql`update authenticator_app set last_step = ${step}, last_used_at = ${new Date(now)}
        where id = ${app.id} and confirmed_at is not null and last_step < ${step}`,
    );
  });
}
