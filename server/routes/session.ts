import type { Actor, Role } from "#core/model/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import { type SessionReply, sessionReply, signInBody } from "#core/wire/session.ts";
import { endSession, sessionCookie, startSession } from "#server/auth/sessions.ts";
import { systemActor } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import { hasImportedBatch } from "#server/queries/batches.ts";

const readSession = defineRoute({
  method: "GET",
  url: "/api/session",
  summary: "Who is signed in, and what date the tool treats as today",
  audience: "public",
  audit: { none: "who is signed in is told to nobody else" },
  replySchema: sessionReply,
  handle: async (context) => {
    // Another process may have made this database the demonstration since.
    if (!context.asAt.demo) await context.asAt.refresh(context.db);
    return describeSession(context, context.actor);
  },
});

/** One click, by role: only on a database that was born as a demonstration, on loopback. */
const signIn = defineRoute({
  method: "POST",
  url: "/api/session",
  summary: "Sign in to the demonstration by role",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in writes its own line, for the person it makes known" },
  body: signInBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    if (!context.asAt.demo || !isLoopback(context.request.ip)) {
      throw new Problem(
        403,
        "Sign-in by role is off",
        "Choosing a role is for the demonstration on this machine only.",
      );
    }
    const partner = body.role === "partner" ? (body.partner ?? "a") : null;
    const actor: Actor = { person: demoPerson(body.role, partner), role: body.role, partner };
    const before = context.request.cookies[sessionCookie];
    if (before) await endSession(context.db, before);
    const token = await startSession(context.db, actor, Date.now());
    context.reply.setCookie(sessionCookie, token, {
      httpOnly: true,
      sameSite: "strict",
      path: "/",
      secure: false,
    });
    return describeSession(context, actor);
  },
});

const signOut = defineRoute({
  method: "DELETE",
  url: "/api/session",
  summary: "Sign out",
  audience: "public",
  audit: { none: "the sign-out writes its own line" },
  replySchema: sessionReply,
  handle: async (context) => {
    const token = context.request.cookies[sessionCookie];
    if (token) await endSession(context.db, token);
    context.reply.clearCookie(sessionCookie, { path: "/" });
    return describeSession(context, { person: "nobody", role: "nobody", partner: null });
  },
});

export const sessionRoutes: readonly Route[] = [readSession, signIn, signOut];

function demoPerson(role: Role, partner: string | null): string {
  return partner ? `demonstration partner ${partner}` : `demonstration ${role}`;
}

function isLoopback(ip: string): boolean {
  return ip === "::1" || ip.startsWith("127.") || ip.startsWith("::ffff:127.");
}

async function describeSession(context: RequestContext, actor: Actor): Promise<SessionReply> {
  const signedIn = actor.role !== "nobody";
  return {
    signedIn,
    role: signedIn ? (actor.role as Role) : null,
    person: signedIn ? actor.person : null,
    partnerName: actor.partner,
    demo: context.asAt.demo,
    demoHasImports:
      context.asAt.demo && (await context.db.transaction(systemActor, hasImportedBatch)),
    timeZone: context.zone.name,
    asAt: context.asAt.date(),
    now: formatInstant(context.zone, context.asAt.now()),
  };
}
