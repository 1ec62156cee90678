import * as wire from "#core/accounts/wire/session.ts";
import type { Actor, Role } from "#core/role.ts";
import { signInByRole, signOut } from "#server/accounts/begin-session.ts";
import {
  clearLeftMark,
  clearSessionCookie,
  readDeviceCookie,
  setSessionCookie,
} from "#server/accounts/cookies.ts";
import { unlockByPin } from "#server/accounts/device-account.ts";
import { callerOf, sessionOf } from "#server/accounts/guard.ts";
import { rememberBrowser } from "#server/accounts/known-browser.ts";
import {
  setUpPassword,
  signInByPassword,
  unlockByPassword,
} from "#server/accounts/password-account.ts";
import { lockSignIn } from "#server/accounts/queries/sign-ins.ts";
import { describeSession } from "#server/accounts/routes/describe-session.ts";
import {
  clearStepCookie,
  type Entered,
  giveUpSecondStep,
  readStepCookie,
  setStepCookie,
} from "#server/accounts/second-factor/second-step.ts";
import { type Session, sessionOfToken } from "#server/accounts/sessions.ts";
import type { DemoMark } from "#server/acts/services.ts";
import { gateActor, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";
import { isHandedOn } from "#server/http/own-address.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { isLoopback } from "#server/network.ts";
import { readDemoRecipe } from "#server/place-pack.ts";
import { Problem } from "#server/problem.ts";

const readSession = defineRoute("GET /api/session", {
  summary: "Who is signed in, and the date treated as today",
  audience: "public",
  audit: { none: "who is signed in is told to nobody else" },
  replySchema: wire.sessionReply,
  handle: async (context) => {
    // Another process may have made this database the demonstration since.
    if (!context.asAt.demo) await context.asAt.refresh(context.db);
    return describeSession(context, sessionOf(context.request));
  },
});

const signIn = defineRoute("POST /api/session", {
  summary: "Sign in by name and password, or to the demo by role",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in writes its own line, for the person it makes known" },
  body: wire.signInBody,
  replySchema: wire.sessionReply,
  handle: async (context, { body }) => {
    const caller = callerOf(context);
    if ("password" in body) {
      return enterOrStep(context, await signInByPassword(context, caller, body));
    }
    refuseOutsideDemo(context);
    const partner = body.role === "partner" ? (body.partner ?? "a") : null;
    const neighbour = body.role === "liaison" ? await demoNeighbour(context) : null;
    const person = demoPerson(body.role, partner);
    const actor: Actor = { person, role: body.role, partner, neighbour };
    return enter(context, await signInByRole(context.db, actor, caller));
  },
});

const leave = defineRoute("DELETE /api/session", {
  summary: "Sign out",
  audience: "public",
  audit: { none: "the sign-out writes its own line" },
  replySchema: wire.sessionReply,
  handle: async (context) => {
    const session = sessionOf(context.request);
    if (session) await signOut(context.db, session);
    const step = readStepCookie(context.config, context.request);
    if (step !== null) await giveUpSecondStep(context.db, step);
    clearStepCookie(context.config, context.reply);
    clearSessionCookie(context.config, context.reply);
    clearLeftMark(context.config, context);
    context.reply.header("clear-site-data", '"cache", "storage"');
    return describeSession(context, null, { stepToken: null });
  },
});

const lock = defineRoute("POST /api/session/lock", {
  summary: "Lock the screen; nothing is answered until it is unlocked",
  audience: "signed-in",
  whileSettingUp: true,
  audit: { none: "it only takes access away" },
  replySchema: wire.sessionReply,
  handle: async (context) => {
    const { session } = accountSession(context);
    await context.db.transaction(gateActor, (tx) => lockSignIn(tx, session.id, Date.now()));
    return describeSession(context, { ...session, isLocked: true });
  },
});

const unlock = defineRoute("POST /api/session/unlock", {
  summary: "Unlock the screen by the password of the account or the PIN of the phone",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.unlockBody,
  replySchema: wire.sessionReply,
  handle: async (context, { body }) => {
    const { session, accountId } = accountSession(context);
    const known = { id: session.id, accountId };
    if ("pin" in body) {
      const deviceToken = readDeviceCookie(context.config, context.request);
      const proof = { ...known, deviceToken, ...body };
      return enter(context, await unlockByPin(context, callerOf(context), proof));
    }
    const proof = { ...known, name: session.actor.person, ...body };
    return enter(context, await unlockByPassword(context, callerOf(context), proof));
  },
});

const setUp = defineRoute("POST /api/session/set-up", {
  summary: "Set a first password by the one-time secret of the administrator, and sign in",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.setUpBody,
  replySchema: wire.sessionReply,
  handle: async (context, { body }) =>
    enterOrStep(context, await setUpPassword(context, callerOf(context), body)),
});

export const sessionRoutes: readonly Route[] = [readSession, signIn, leave, lock, unlock, setUp];

/** One click, by role: only on a demo database, on loopback, and for whoever sits at this computer. */
function refuseOutsideDemo({ asAt, request }: RequestContext): void {
  const isHere = isLoopback(request.ip) && !isHandedOn(request.raw);
  if (asAt.demo && isHere) return;
  throw new Problem(
    403,
    "Role sign-in is off",
    "Choosing a role only works on a demo database, on this computer, without a proxy in between.",
  );
}

/** Whose liaison signs in by role; an older demonstration's is the first of its recipe. */
async function demoNeighbour({ db, config }: RequestContext): Promise<string> {
  const mark = await db.transaction(systemActor, (tx) => readSetting<DemoMark>(tx, "demo"));
  const neighbour =
    mark?.neighbour === undefined
      ? readDemoRecipe(config.places.folder).neighbours?.[0]
      : mark.neighbour;
  if (neighbour) return neighbour;
  throw new Problem(
    409,
    "No neighbour",
    "The places of this demonstration have no neighbour, so no liaison can sign in. Choose another role.",
  );
}

function demoPerson(role: Role, partner: string | null): string {
  return partner ? `demonstration partner ${partner}` : `demonstration ${role}`;
}

/** What belongs to an account alone: a role of the demonstration has nothing to prove itself by. */
export function accountSession({ request }: RequestContext): {
  readonly session: Session;
  readonly accountId: string;
} {
  const session = sessionOf(request);
  if (!session) {
    throw new Problem(401, "Not signed in", "Sign in. Your session may have ended.");
  }
  if (session.accountId === null) {
    throw new Problem(
      409,
      "No account",
      "You chose a demo role, which has no account, password or lock.",
    );
  }
  return { session, accountId: session.accountId };
}

/**
 * Hands the browser its new session, and has it known from then on; on a computer that a partner used, but for a phone
 * of its own, no trace of a visit is left.
 */
export async function handOver(context: RequestContext, token: string): Promise<Session | null> {
  setSessionCookie(context.config, context.reply, token);
  clearLeftMark(context.config, context);
  const session = await sessionOfToken(context.db, token, Date.now());
  if (session?.accountId && (session.actor.role !== "partner" || session.deviceId !== null)) {
    rememberBrowser(context.config, context, session.actor.person);
  }
  return session;
}

export async function enter(
  context: RequestContext,
  token: string,
  deviceToken = readDeviceCookie(context.config, context.request),
): Promise<wire.SessionReply> {
  return describeSession(context, await handOver(context, token), { deviceToken });
}

/** After a password that was right: a session, or the browser waits for the second step. */
async function enterOrStep(context: RequestContext, entered: Entered): Promise<wire.SessionReply> {
  if ("session" in entered) return enter(context, entered.session);
  setStepCookie(context.config, context.reply, entered.secondStep);
  return describeSession(context, null, { stepToken: entered.secondStep });
}
