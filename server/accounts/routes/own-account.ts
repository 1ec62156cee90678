import { z } from "zod";
import { changePasswordBody, ownSignInsReply, sessionReply } from "#core/accounts/wire/session.ts";
import { formatInstant } from "#core/time/zone.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { changeOwnPassword } from "#server/accounts/password-account.ts";
import { deleteOwnSignIn } from "#server/accounts/queries/sign-ins.ts";
import { accountSession, enter } from "#server/accounts/routes/session.ts";
import { sessionsOfAccount } from "#server/accounts/sessions.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const changePassword = defineRoute("PUT /api/session/password", {
  summary: "Change the caller's password; every other session of the account ends",
  audience: "signed-in",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: changePasswordBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    const { session } = accountSession(context);
    const typed = { name: session.actor.person, session: session.id, ...body };
    return enter(context, await changeOwnPassword(context, callerOf(context), typed));
  },
});

const listSignIns = defineRoute("GET /api/sign-ins", {
  summary: "The caller's own signed-in browsers",
  audience: "signed-in",
  audit: { none: "a person reads only about their own sessions" },
  replySchema: ownSignInsReply,
  handle: async (context) => {
    const { session, accountId } = accountSession(context);
    const rows = await context.db.transaction(context.actor, (tx) =>
      tx.through("gate", (gate) => sessionsOfAccount(gate, accountId, Date.now())),
    );
    return {
      signIns: rows.map((row) => ({
        id: row.id,
        device: row.device,
        since: formatInstant(context.zone, row.createdAt),
        lastSeen: formatInstant(context.zone, row.lastSeenAt),
        locked: row.isLocked,
        isThis: row.id === session.id,
      })),
    };
  },
});

const endSignIn = defineRoute("DELETE /api/sign-ins/:id", {
  summary: "End one of the caller's own sessions",
  audience: "signed-in",
  fresh: true,
  audit: { verb: "alteration", act: "end an own session", purpose: "administration" },
  params: z.strictObject({ id: z.uuid() }),
  handle: async (context, { params }) => {
    const { accountId } = accountSession(context);
    await context.db.transaction(context.actor, async (tx) => {
      const ended = await tx.through("gate", (gate) =>
        deleteOwnSignIn(gate, { id: params.id, accountId }),
      );
      // Inside: what did not happen must not stand in the chain as done.
      if (!ended) throw new Problem(404, "Not found", "You have no session with this number.");
    });
    return { ended: true };
  },
});

export const ownAccountRoutes: readonly Route[] = [changePassword, listSignIns, endSignIn];
