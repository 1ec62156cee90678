import { z } from "zod";
import { mostPasskeys, recoveryCodeCount } from "#core/accounts/second-factor.ts";
import * as wire from "#core/accounts/wire/second-factor.ts";
import { instant } from "#core/contract/fields.ts";
import { isSecondFactorAsked } from "#server/accounts/account-settings.ts";
import { deleteFactors } from "#server/accounts/manage-accounts.ts";
import { accountSession, throughGate } from "#server/accounts/routes/session-reply.ts";
import {
  insertPasskey,
  partyOf,
  passkeyCreation,
  readNewPasskey,
  spend,
} from "#server/accounts/second-factor/passkeys.ts";
import { appOf, drawAppSecret, stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { drawSpokenSecret, hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const { factorCalls } = wire;
const own = { audience: "signed-in", whileSettingUp: true } as const;
const alters = (act: string) =>
  ({ audit: { verb: "alteration", act, purpose: "administration" }, fresh: true }) as const;

export const secondFactorRoutes: readonly Route[] = [
  serve(factorCalls.read, {
    ...own,
    summary: "The caller's passkeys, authenticator app and number of recovery codes left",
    audit: { none: "a person reads only about their own account" },
    handle: (context) => onOwnFactors(context, ownFactors),
  }),
  serve(factorCalls.passkeyChallenge, {
    ...own,
    summary: "What a browser needs to make a passkey for the caller's account",
    fresh: true,
    audit: { none: "nothing is changed by it" },
    handle: async (context) => {
      const { accountId } = accountSession(context);
      partyOf(context);
      const made = await throughGate(context, (gate) =>
        gate.rows(
          credential,
          sql`select credential_id from passkey where ${isOf(accountId)} order by made_at, id`,
        ),
      );
      if (made.length >= mostPasskeys) throw tooMany();
      const credentialIds = made.map(({ credentialId }) => credentialId);
      return { ...(await passkeyCreation(context, accountId, credentialIds)) };
    },
  }),
  serve(factorCalls.addPasskey, {
    ...own,
    ...alters("add a passkey"),
    summary: "Add a passkey to the caller's account",
    handle: async (context, { body }) => {
      const { accountId } = accountSession(context);
      const { expected, passkey } = await readNewPasskey(context, accountId, body.passkey);
      return onOwnFactors(context, async (part) => {
        const { gate } = part;
        if ((await ownPasskeys(part)).length >= mostPasskeys) throw tooMany();
        if (!(await spend(gate, expected))) {
          const detail = "This passkey has already been added. Start again.";
          throw new Problem(409, "Already answered", detail);
        }
        await insertPasskey(gate, { ...passkey, name: body.name });
        return ownFactors(part);
      });
    },
  }),
  serve(factorCalls.removePasskey, {
    ...own,
    ...alters("remove a passkey"),
    summary: "Remove one of the caller's passkeys",
    handle: (context, { id }) =>
      onOwnFactors(context, async (part) => {
        const isGone = await part.gate.did(
          sql`delete from passkey where id = ${id} and ${isOf(part.accountId)}`,
        );
        if (!isGone) throw new Problem(404, "Not found", "You have no passkey with this number.");
        return afterRemoval(part);
      }),
  }),
  serve(factorCalls.beginApp, {
    ...own,
    ...alters("begin an authenticator app"),
    summary: "A secret for an authenticator app, shown once; works after a code confirms it",
    handle: (context) =>
      onOwnFactors(context, async ({ gate, accountId }) => {
        const account = { id: accountId, name: context.actor.person };
        const { secret, address, sealed } = drawAppSecret(context.config, account);
        // Replaces an earlier pending one.
        await gate.run(
          sql`delete from authenticator_app where ${isOf(accountId)} and confirmed_at is null`,
        );
        await gate.run(insertInto("authenticator_app", { accountId, sealedSecret: sealed }));
        return { secret, address };
      }),
  }),
  serve(factorCalls.confirmApp, {
    ...own,
    ...alters("set up an authenticator app"),
    summary: "Confirm the authenticator app by its first code; an earlier one no longer works",
    limit: "sign-in",
    handle: (context, { body }) =>
      onOwnFactors(context, async (part) => {
        const { gate, accountId } = part;
        const now = Date.now();
        const app = await appOf(gate, accountId, false);
        const step = app && stepOfCode(context.config, { accountId, ...app }, body.code, now);
        if (app === null || step === null) {
          const reason = "That is not the app’s current code. Check the phone’s clock.";
          throw new Problem(422, "Code not accepted", reason, [{ field: "code", reason }]);
        }
        await gate.run(
          sql`delete from authenticator_app where ${isOf(accountId)} and confirmed_at is not null`,
        );
        await gate.run(
          sql`update authenticator_app set confirmed_at = ${new Date(now)}, last_step = ${step}
            where id = ${app.id}`,
        );
        return ownFactors(part);
      }),
  }),
  serve(factorCalls.removeApp, {
    ...own,
    ...alters("remove an authenticator app"),
    summary: "Remove the caller's authenticator app",
    handle: (context) =>
      onOwnFactors(context, async (part) => {
        const gone = await part.gate.rows(
          z.object({ wasConfirmed: z.boolean() }),
          sql`delete from authenticator_app where ${isOf(part.accountId)}
            returning confirmed_at is not null as was_confirmed`,
        );
        if (!gone.some(({ wasConfirmed }) => wasConfirmed)) {
          throw new Problem(404, "Not found", "You have no authenticator app.");
        }
        return afterRemoval(part);
      }),
  }),
  serve(factorCalls.drawCodes, {
    ...own,
    ...alters("make recovery codes"),
    summary: "Ten recovery codes, each works once, shown once; earlier ones no longer work",
    handle: (context) =>
      onOwnFactors(context, async (part) => {
        const { gate, accountId } = part;
        const { passkeys, app } = await ownFactors(part);
        if (passkeys.length === 0 && app === null) {
          const detail =
            "Recovery codes replace a lost passkey or authenticator app. Set one up first.";
          throw new Problem(409, "Nothing to recover", detail);
        }
        const codes = Array.from({ length: recoveryCodeCount }, () => drawSpokenSecret(4));
        await gate.run(sql`delete from recovery_code where ${isOf(accountId)}`);
        for (const code of codes) {
          await gate.run(insertInto("recovery_code", { accountId, codeHash: hashOfSpoken(code) }));
        }
        return { codes };
      }),
  }),
];

interface Part {
  readonly gate: Transaction;
  readonly accountId: string;
  readonly context: RequestContext;
}

function onOwnFactors<Value>(
  context: RequestContext,
  work: (part: Part) => Promise<Value>,
): Promise<Value> {
  const { accountId } = accountSession(context);
  return throughGate(context, (gate) => work({ gate, accountId, context }));
}

const credential = z.object({ credentialId: z.instanceof(Uint8Array) });

const isOf = (accountId: string) => sql`account_id = ${accountId}`;

const ownPasskeys = ({ gate, accountId }: Part) =>
  gate.rows(
    wire.ownPasskey,
    sql`select id, name, made_at as made, last_used_at as last_used from passkey
      where ${isOf(accountId)} order by made_at, id`,
  );

async function ownFactors(part: Part): Promise<wire.SecondFactorReply> {
  const { gate, accountId, context } = part;
  return {
    passkeys: await ownPasskeys(part),
    app: await gate.value(
      instant,
      sql`select confirmed_at from authenticator_app
        where ${isOf(accountId)} and confirmed_at is not null`,
    ),
    codesLeft:
      (await gate.value(
        z.int(),
        sql`select count(*) from recovery_code where ${isOf(accountId)} and used_at is null`,
      )) ?? 0,
    isRequired: await isSecondFactorAsked(gate, context.actor.role),
  };
}

/** The last factor stays where one is required; otherwise recovery codes go with it. */
async function afterRemoval(part: Part): Promise<wire.SecondFactorReply> {
  const left = await ownFactors(part);
  if (left.passkeys.length > 0 || left.app !== null) return left;
  if (left.isRequired) {
    const detail = "Your role needs one. Add another first, then remove this one.";
    throw new Problem(409, "Your last second factor", detail);
  }
  await deleteFactors(part.gate, part.accountId);
  return ownFactors(part);
}

function tooMany(): Problem {
  const detail = `An account can have at most ${mostPasskeys} passkeys. Remove one first.`;
  return new Problem(409, "Too many passkeys", detail);
}
