import { keepingCalls, keepingRoles } from "#core/accounts/wire/keeping.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { sessionCalls } from "#core/accounts/wire/sign-in.ts";
import type { Actor } from "#core/role.ts";
import {
  clearLeftMark,
  sessionCookie,
  setDeviceCookie,
  stepCookie,
} from "#server/accounts/cookies.ts";
import { setUpDevice, signInByPin, unlockByPin } from "#server/accounts/device-account.ts";
import { callerOf, sessionOf } from "#server/accounts/guard.ts";
import { keepingKeyOf } from "#server/accounts/keeping-key.ts";
import {
  changeOwnPassword,
  setUpPassword,
  signInByPassword,
  unlockByPassword,
} from "#server/accounts/password-account.ts";
import { proveAgain } from "#server/accounts/prove-again.ts";
import { forgetPhone } from "#server/accounts/push/phones.ts";
import { patrolPartnerChoices } from "#server/accounts/queries/accounts.ts";
import {
  accountSession,
  describeSession,
  enter,
  throughGate,
} from "#server/accounts/routes/session-reply.ts";
import { passkeyRequest, signInByPasskey } from "#server/accounts/second-factor/passkeys.ts";
import {
  type Entered,
  giveUpSecondStep,
  takeSecondStep,
} from "#server/accounts/second-factor/second-step.ts";
import { sessionsOfAccount, signInByRole, signOut } from "#server/accounts/sessions.ts";
import type { DemoMark } from "#server/acts/services.ts";
import { gateActor, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";
import { isHandedOn } from "#server/http/own-address.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { isLoopback } from "#server/network.ts";
import { readDemoRecipe } from "#server/place-pack.ts";
import { Problem } from "#server/problem.ts";

/** A stricter limit; the proof check writes the audit line. */
const judged = {
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
} as const;
const judgedOfAnybody = { ...judged, audience: "public" } as const;

export const sessionRoutes: readonly Route[] = [
  serve(keepingCalls.key, {
    summary: "The key by which the caller's phone seals what it could not send",
    audience: keepingRoles,
    audit: {
      none: "it opens what its own person left on their own phone, and nothing that is here",
    },
    handle: async ({ config, actor, request }) => {
      const accountId = sessionOf(request)?.accountId ?? null;
      return { key: keepingKeyOf(config, { actor, accountId }).toString("hex") };
    },
  }),
  serve(sessionCalls.read, {
    summary: "Who is signed in, and the date treated as today",
    audience: "public",
    audit: { none: "who is signed in is told to nobody else" },
    handle: async (context) => {
      // Another process may have loaded the demonstration since.
      if (!context.asAt.demo) await context.asAt.refresh(context.db);
      return describeSession(context, sessionOf(context.request));
    },
  }),
  serve(sessionCalls.signIn, {
    summary: "Sign in by name and password, or to the demo by role",
    audience: "public",
    limit: "sign-in",
    audit: { none: "the sign-in writes its own line, for the person it makes known" },
    handle: async (context, { body }) => {
      if ("password" in body) return enterOrStep(context, await signInByPassword(context, body));
      refuseOutsideDemo(context);
      const { role } = body;
      const partner =
        role === "partner"
          ? (body.partner ?? "a")
          : role === "warden"
            ? await demoPatrolPartner(context)
            : null;
      const neighbour = role === "liaison" ? await demoNeighbour(context) : null;
      const person = `demonstration ${role === "partner" ? `partner ${partner}` : role}`;
      const actor: Actor = { person, role, partner, neighbour };
      return enter(context, await signInByRole(context.db, actor, callerOf(context)));
    },
  }),
  serve(sessionCalls.leave, {
    summary: "Sign out",
    audience: "public",
    audit: { none: "the sign-out writes its own line" },
    handle: async (context) => {
      const { config, db, request, reply } = context;
      const session = sessionOf(request);
      if (session) await signOut(db, session);
      await forgetPhone(context);
      const step = stepCookie.read(config, request);
      if (step !== null) await giveUpSecondStep(db, step);
      stepCookie.clear(config, reply);
      sessionCookie.clear(config, reply);
      clearLeftMark(config, context);
      reply.header("clear-site-data", '"cache", "storage"');
      return describeSession(context, null, { stepToken: null });
    },
  }),
  serve(sessionCalls.lock, {
    summary: "Lock the screen; nothing is answered until it is unlocked",
    audience: "signed-in",
    whileSettingUp: true,
    audit: { none: "it only takes access away" },
    handle: async (context) => {
      const { session } = accountSession(context);
      const locked = sql`
        update sign_in set locked_at = coalesce(locked_at, ${new Date()}) where id = ${session.id}`;
      await context.db.transaction(gateActor, (tx) => tx.run(locked));
      return describeSession(context, { ...session, isLocked: true });
    },
  }),
  serve(sessionCalls.unlock, {
    ...judgedOfAnybody,
    summary: "Unlock the screen by the password of the account or the PIN of the phone",
    handle: async (context, { body }) => {
      const { session, accountId } = accountSession(context);
      const locked = { ...session, accountId };
      return enter(
        context,
        "pin" in body
          ? await unlockByPin(context, locked, body.pin)
          : await unlockByPassword(context, locked, body.password),
      );
    },
  }),
  serve(sessionCalls.setUp, {
    ...judgedOfAnybody,
    summary: "Set a first password by the one-time secret of the administrator, and sign in",
    handle: async (context, { body }) => enterOrStep(context, await setUpPassword(context, body)),
  }),
  serve(sessionCalls.changePassword, {
    ...judged,
    summary: "Change the caller's password; every other session of the account ends",
    audience: "signed-in",
    handle: async (context, { body }) => {
      const { session } = accountSession(context);
      return enter(context, await changeOwnPassword(context, session, body));
    },
  }),
  serve(sessionCalls.setUpDevice, {
    ...judgedOfAnybody,
    summary: "Set up a partner's phone by a link of one use: choose a PIN, and be signed in",
    handle: async (context, { body }) => {
      const { deviceToken, token } = await setUpDevice(context, body);
      setDeviceCookie(context.config, context.reply, deviceToken);
      return enter(context, token, deviceToken);
    },
  }),
  serve(sessionCalls.byPin, {
    ...judgedOfAnybody,
    summary: "Sign in with a PIN on a phone that is set up",
    handle: async (context, { body }) => enter(context, await signInByPin(context, body.pin)),
  }),
  serve(sessionCalls.passkeyChallenge, {
    summary:
      "A challenge for a passkey, valid once within five minutes, to sign in or confirm identity",
    audience: "public",
    limit: "sign-in",
    audit: { none: "nobody is signed in yet, and nothing is stored" },
    handle: async (context) => passkeyRequest(context),
  }),
  serve(sessionCalls.byPasskey, {
    ...judgedOfAnybody,
    summary: "Sign in with a passkey alone",
    handle: async (context, { body }) =>
      enter(context, await signInByPasskey(context, body.passkey)),
  }),
  serve(sessionCalls.secondStep, {
    ...judgedOfAnybody,
    summary:
      "The second step after the password, in the same browser: an app code, a recovery code or a passkey",
    handle: async (context, { body }) => {
      const session = await takeSecondStep(context, body);
      stepCookie.clear(context.config, context.reply);
      return enter(context, session);
    },
  }),
  serve(sessionCalls.prove, {
    ...judged,
    summary: "Confirm identity again; lasts five minutes",
    audience: "signed-in",
    whileSettingUp: true,
    handle: async (context, { body }) => {
      const { session, accountId } = accountSession(context);
      await proveAgain(context, { ...session, accountId }, body, "prove to be there");
      return { proven: true };
    },
  }),
  serve(sessionCalls.fresh, {
    summary:
      "Whether the caller confirmed identity in the last five minutes; for a page before a long download",
    audience: "signed-in",
    fresh: true,
    audit: { none: "a person reads only about themselves" },
    handle: async () => ({ fresh: true }),
  }),
  serve(sessionCalls.ownSignIns, {
    summary: "The caller's own signed-in browsers",
    audience: "signed-in",
    audit: { none: "a person reads only about their own sessions" },
    handle: async (context) => {
      const { session, accountId } = accountSession(context);
      const signIns = await throughGate(context, (gate) =>
        sessionsOfAccount(gate, session.id, accountId, Date.now()),
      );
      return { signIns };
    },
  }),
  serve(sessionCalls.endSignIn, {
    summary: "End one of the caller's own sessions",
    audience: "signed-in",
    fresh: true,
    audit: { verb: "alteration", act: "end an own session", purpose: "administration" },
    handle: async (context, { id }) => {
      const { accountId } = accountSession(context);
      const ended = sql`delete from sign_in where id = ${id} and account_id = ${accountId}`;
      await throughGate(context, async (gate) => {
        // Inside the act: the chain must not record what did not happen.
        if (await gate.did(ended)) {
          return gate.run(sql`delete from push_subscription where sign_in_id = ${id}`);
        }
        throw new Problem(404, "Not found", "You have no session with this number.");
      });
      return { ended: true };
    },
  }),
];

/** One click by role: only in a demo database, on loopback, from this computer. */
function refuseOutsideDemo({ asAt, request }: RequestContext): void {
  const isHere = isLoopback(request.ip) && !isHandedOn(request.raw);
  if (asAt.demo && isHere) return;
  const detail =
    "Choosing a role only works on a demo database, on this computer, without a proxy in between.";
  throw new Problem(403, "Role sign-in is off", detail);
}

async function demoNeighbour({ db, config }: RequestContext): Promise<string> {
  const mark = await db.transaction(systemActor, (tx) => readSetting<DemoMark>(tx, "demo"));
  const neighbour =
    mark?.neighbour === undefined
      ? readDemoRecipe(config.places.folder).neighbours?.[0]
      : mark.neighbour;
  if (neighbour) return neighbour;
  const detail =
    "The places of this demonstration have no neighbour, so no liaison can sign in. Choose another role.";
  throw new Problem(409, "No neighbour", detail);
}

async function demoPatrolPartner({ db }: RequestContext): Promise<string> {
  const [first] = await db.transaction(gateActor, patrolPartnerChoices);
  if (first) return first.code;
  const detail =
    "This demonstration has no patrol partner, so no warden coordinator can sign in. Choose another role.";
  throw new Problem(409, "No patrol partner", detail);
}

async function enterOrStep(context: RequestContext, entered: Entered): Promise<SessionReply> {
  if ("session" in entered) return enter(context, entered.session);
  stepCookie.set(context.config, context.reply, entered.secondStep);
  return describeSession(context, null, { stepToken: entered.secondStep });
}
