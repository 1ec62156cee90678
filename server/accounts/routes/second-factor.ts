import { z } from "zod";
import { mostPasskeys, recoveryCodeCount } from "#core/accounts/second-factor.ts";
import * as wire from "#core/accounts/wire/second-factor.ts";
import { formatInstant } from "#core/time/zone.ts";
import { isSecondFactorAsked } from "#server/accounts/account-settings.ts";
import * as sql from "#server/accounts/queries/second-factors.ts";
import { partyOf } from "#server/accounts/routes/second-step.ts";
import { accountSession } from "#server/accounts/routes/session.ts";
import { drawChallenge, spend } from "#server/accounts/second-factor/challenge.ts";
import {
  answerAt,
  creationOptions,
  readNewPasskey,
} from "#server/accounts/second-factor/passkeys.ts";
import { drawAppSecret, stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { drawSpokenSecret, hashOfSpoken } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const own = { audience: "signed-in", whileSettingUp: true } as const;
const line = (act: string) => ({ verb: "alteration", act, purpose: "administration" }) as const;

const read = defineRoute("GET /api/second-factor", {
  ...own,
  summary: "The caller's passkeys, authenticator app and number of recovery codes left",
  audit: { none: "a person reads only about their own account" },
  replySchema: wire.secondFactorReply,
  handle: (context) => throughGate(context, describe),
});

const passkeyChallenge = defineRoute("POST /api/second-factor/passkeys/challenge", {
  ...own,
  summary: "What a browser needs to make a passkey for the caller's account",
  fresh: true,
  audit: { none: "nothing is changed by it" },
  replySchema: wire.passkeyCreation,
  handle: async (context) => {
    const { session, accountId } = accountSession(context);
    const party = partyOf(context);
    const rows = await throughGate(context, ({ gate }) => sql.passkeysOf(gate, accountId));
    if (rows.length >= mostPasskeys) throw tooMany();
    return creationOptions(
      party,
      drawChallenge(context.config, context.reply, `add to ${accountId}`),
      {
        id: accountId,
        name: session.actor.person,
        credentialIds: rows.map(({ credentialId }) => credentialId),
      },
    );
  },
});

const addPasskey = defineRoute("POST /api/second-factor/passkeys", {
  ...own,
  summary: "Add a passkey to the caller's account",
  fresh: true,
  audit: line("add a passkey"),
  body: wire.addPasskeyBody,
  replySchema: wire.secondFactorReply,
  handle: async (context, { body }) => {
    const { accountId } = accountSession(context);
    const at = answerAt(context, `add to ${accountId}`);
    const made = await readNewPasskey(body.passkey, at);
    return throughGate(context, async (part) => {
      const { gate } = part;
      if ((await sql.passkeysOf(gate, accountId)).length >= mostPasskeys) throw tooMany();
      if (at.expected === null || !(await spend(gate, at.expected))) {
        throw new Problem(
          409,
          "Already answered",
          "This passkey has already been added. Start again.",
        );
      }
      await sql.insertPasskey(gate, { ...made, accountId, name: body.name });
      return describe(part);
    });
  },
});

const removePasskey = defineRoute("DELETE /api/second-factor/passkeys/:id", {
  ...own,
  summary: "Remove one of the caller's passkeys",
  fresh: true,
  audit: line("remove a passkey"),
  params: z.strictObject({ id: z.uuid() }),
  replySchema: wire.secondFactorReply,
  handle: (context, { params }) =>
    throughGate(context, async (part) => {
      const removed = await sql.deletePasskey(part.gate, { ...params, accountId: part.accountId });
      if (!removed) throw new Problem(404, "Not found", "You have no passkey with this number.");
      return settle(part);
    }),
});

const beginApp = defineRoute("POST /api/second-factor/app", {
  ...own,
  summary: "A secret for an authenticator app, shown once; works after a code confirms it",
  fresh: true,
  audit: line("begin an authenticator app"),
  replySchema: wire.newAppReply,
  handle: (context) =>
    throughGate(context, async ({ gate, accountId }) => {
      const account = { id: accountId, name: context.actor.person };
      const { secret, address, sealed } = drawAppSecret(context.config, account);
      await sql.insertApp(gate, { accountId, sealedSecret: sealed });
      return { secret, address };
    }),
});

const finishApp = defineRoute("PUT /api/second-factor/app", {
  ...own,
  summary: "Confirm the authenticator app by its first code; an earlier one no longer works",
  fresh: true,
  limit: "sign-in",
  audit: line("set up an authenticator app"),
  body: wire.confirmAppBody,
  replySchema: wire.secondFactorReply,
  handle: (context, { body }) =>
    throughGate(context, async (part) => {
      const { gate, accountId } = part;
      const now = Date.now();
      const app = (await sql.appsOf(gate, accountId)).find(
        ({ confirmedAt }) => confirmedAt === null,
      );
      const step = app && stepOfCode(context.config, { accountId, ...app }, body.code, now);
      if (app === undefined || step == null) {
        const reason = "That is not the app’s current code. Check the phone’s clock.";
        throw new Problem(422, "Code not accepted", reason, [{ field: "code", reason }]);
      }
      await sql.confirmApp(gate, { id: app.id, accountId, step, now });
      return describe(part);
    }),
});

const removeApp = defineRoute("DELETE /api/second-factor/app", {
  ...own,
  summary: "Remove the caller's authenticator app",
  fresh: true,
  audit: line("remove an authenticator app"),
  replySchema: wire.secondFactorReply,
  handle: (context) =>
    throughGate(context, async (part) => {
      const removed = await sql.deleteApps(part.gate, part.accountId);
      if (!removed) throw new Problem(404, "Not found", "You have no authenticator app.");
      return settle(part);
    }),
});

const drawCodes = defineRoute("POST /api/second-factor/recovery-codes", {
  ...own,
  summary: "Ten recovery codes, each works once, shown once; earlier ones no longer work",
  fresh: true,
  audit: line("make recovery codes"),
  replySchema: wire.recoveryCodesReply,
  handle: (context) =>
    throughGate(context, async (part) => {
      const { passkeys, app } = await describe(part);
      if (passkeys.length === 0 && app === null) {
        throw new Problem(
          409,
          "Nothing to recover",
          "Recovery codes replace a lost passkey or authenticator app. Set one up first.",
        );
      }
      const codes = Array.from({ length: recoveryCodeCount }, () => drawSpokenSecret(4));
      await sql.replaceCodes(part.gate, part.accountId, codes.map(hashOfSpoken));
      return { codes };
    }),
});

export const secondFactorRoutes: readonly Route[] = [
  read,
  passkeyChallenge,
  addPasskey,
  removePasskey,
  beginApp,
  finishApp,
  removeApp,
  drawCodes,
];

interface Part {
  readonly gate: Transaction;
  readonly accountId: string;
  readonly context: RequestContext;
}

/** As the caller, whose own rows alone the database lets come and go. */
function throughGate<Value>(
  context: RequestContext,
  work: (part: Part) => Promise<Value>,
): Promise<Value> {
  const { accountId } = accountSession(context);
  return context.db.transaction(context.actor, (tx) =>
    tx.through("gate", (gate) => work({ gate, accountId, context })),
  );
}

/** After one was taken away: the last one stays where one is required, and recovery codes go with it where not. */
async function settle(part: Part): Promise<wire.SecondFactorReply> {
  const left = await describe(part);
  if (left.passkeys.length > 0 || left.app !== null) return left;
  if (left.isRequired) {
    throw new Problem(
      409,
      "Your last second factor",
      "Your role needs one. Add another first, then remove this one.",
    );
  }
  await sql.deleteFactors(part.gate, part.accountId);
  return describe(part);
}

async function describe({ gate, accountId, context }: Part): Promise<wire.SecondFactorReply> {
  const { zone, actor } = context;
  const passkeys = await sql.passkeysOf(gate, accountId);
  const app = (await sql.appsOf(gate, accountId)).find(({ confirmedAt }) => confirmedAt !== null);
  return {
    passkeys: passkeys.map(({ id, name, madeAt, lastUsedAt }) => ({
      id,
      name,
      made: formatInstant(zone, madeAt),
      lastUsed: lastUsedAt === null ? null : formatInstant(zone, lastUsedAt),
    })),
    app: app?.confirmedAt == null ? null : formatInstant(zone, app.confirmedAt),
    codesLeft: await sql.countCodesLeft(gate, accountId),
    isRequired: await isSecondFactorAsked(gate, actor.role),
  };
}

function tooMany(): Problem {
  return new Problem(
    409,
    "Too many passkeys",
    `An account can have at most ${mostPasskeys} passkeys. Remove one first.`,
  );
}
