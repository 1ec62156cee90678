import * as wire from "#core/accounts/wire/second-factor.ts";
import { sessionReply } from "#core/accounts/wire/session.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { proveAgain } from "#server/accounts/prove-again.ts";
import { accountSession, enter } from "#server/accounts/routes/session.ts";
import {
  drawChallenge,
  type RelyingParty,
  relyingPartyOf,
} from "#server/accounts/second-factor/challenge.ts";
import {
  answerAt,
  requestOptions,
  signInByPasskey,
} from "#server/accounts/second-factor/passkeys.ts";
import {
  clearStepCookie,
  readStepCookie,
  takeSecondStep,
} from "#server/accounts/second-factor/second-step.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const challenge = defineRoute("POST /api/session/passkey-challenge", {
  summary:
    "A challenge for a passkey, valid once within five minutes, to sign in or confirm identity",
  audience: "public",
  limit: "sign-in",
  audit: { none: "nobody is signed in yet, and nothing is stored" },
  replySchema: wire.passkeyRequest,
  handle: async (context) =>
    requestOptions(partyOf(context), drawChallenge(context.config, context.reply, "sign in")),
});

const byPasskey = defineRoute("POST /api/session/passkey", {
  summary: "Sign in with a passkey alone",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.passkeySignInBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    const at = answerAt(context, "sign in");
    return enter(context, await signInByPasskey(context, callerOf(context), body.passkey, at));
  },
});

const secondStep = defineRoute("POST /api/session/second-step", {
  summary:
    "The second step after the password, in the same browser: an app code, a recovery code or a passkey",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.secondStepBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    const token = readStepCookie(context.config, context.request);
    const given = { token, proof: body, at: answerAt(context, "sign in") };
    const session = await takeSecondStep(context, callerOf(context), given);
    clearStepCookie(context.config, context.reply);
    return enter(context, session);
  },
});

const again = defineRoute("POST /api/session/prove", {
  summary: "Confirm identity again; lasts five minutes",
  audience: "signed-in",
  whileSettingUp: true,
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.proveAgainBody,
  handle: async (context, { body }) => {
    const { session, accountId } = accountSession(context);
    await proveAgain(context, { ...session, accountId }, body, "prove to be there");
    return { proven: true };
  },
});

const ask = defineRoute("GET /api/session/fresh", {
  summary:
    "Whether the caller confirmed identity in the last five minutes; for a page before a long download",
  audience: "signed-in",
  fresh: true,
  audit: { none: "a person reads only about themselves" },
  handle: async () => ({ fresh: true }),
});

export const secondStepRoutes: readonly Route[] = [challenge, byPasskey, secondStep, again, ask];

/** Where passkeys can be used; refused in words elsewhere. */
export function partyOf({ config, request }: RequestContext): RelyingParty {
  const party = relyingPartyOf(config, request);
  if (party !== null) return party;
  const name = config.origin ?? `http://localhost:${request.host.split(":").at(-1)}`;
  throw new Problem(
    409,
    "Passkeys need a web address",
    `Passkeys do not work at an IP address or at an address other than Boxster’s own. Open Boxster at ${name}.`,
  );
}
