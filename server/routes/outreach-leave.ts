import type { z } from "zod";
import { leavingWaitsMs } from "#core/blackouts/settings.ts";
import { formatInstant } from "#core/time/zone.ts";
import { leaveBody, leaveReply, stayReply } from "#core/wire/outreach.ts";
import { appendAudit } from "#server/audit/append.ts";
import { proveAgainByPin } from "#server/auth/device-account.ts";
import { readDeviceCookie } from "#server/auth/device-cookie.ts";
import { proveAgainByPassword } from "#server/auth/password-account.ts";
import { proveBy, waysOf } from "#server/auth/prove-by.ts";
import { callerOf, sessionOf } from "#server/http/guard.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { asPartner } from "#server/outreach/as-partner.ts";
import { Problem } from "#server/problem.ts";
import { deleteLeaving, insertLeaving, readLeaving } from "#server/queries/leaving-asked.ts";

const act = "ask to leave and erase everything";

const leave = defineRoute({
  method: "POST",
  url: "/api/outreach/leave",
  summary:
    "Ask that everything of the own partner is erased a day from now; asks for PIN, password or a sign-in from now",
  audience: ["partner"],
  limit: "sign-in",
  audit: { none: "the proof writes its own line, and the leaving one in its transaction" },
  body: leaveBody,
  replySchema: leaveReply,
  handle: async (context, { body }) => {
    await proveToBeThere(context, body);
    return asPartner(context, async ({ tx, partnerId, zone }) => {
      const askedAt = Date.now();
      await insertLeaving(tx, { partnerId, askedAt, dueAt: askedAt + leavingWaitsMs });
      const asked = await readLeaving(tx, partnerId);
      await appendAudit(tx, context.actor, {
        ...{ verb: "alteration", act, purpose: "safeguarding", outcome: "done" },
        detail: {},
      });
      return { erasedFrom: formatInstant(zone, asked?.dueAt ?? askedAt + leavingWaitsMs) };
    });
  },
});

const stay = defineRoute({
  method: "DELETE",
  url: "/api/outreach/leave",
  summary: "Take it back that everything of the own partner is to be erased",
  audience: ["partner"],
  audit: { verb: "alteration", act: "take back leaving", purpose: "safeguarding" },
  replySchema: stayReply,
  handle: (context) =>
    asPartner(context, async ({ tx, partnerId }) => ({
      stays: await deleteLeaving(tx, partnerId),
    })),
});

export const outreachLeaveRoutes: readonly Route[] = [leave, stay];

/** An open phone in another's hand must not be enough: what goes here takes closures with it. */
async function proveToBeThere(
  context: RequestContext,
  { pin, password }: z.infer<typeof leaveBody>,
): Promise<void> {
  const session = sessionOf(context.request);
  // A role of the demonstration has nothing to prove itself by.
  if (!session || session.accountId === null) return;
  const { accountId } = session;
  const deviceToken = readDeviceCookie(context.config, context.request);
  const why = `prove before: ${act}`;
  if (pin !== undefined) {
    const typed = { accountId, deviceToken, pin, act: why };
    return proveAgainByPin(context, callerOf(context), typed);
  }
  if (password !== undefined) {
    const typed = { session: session.id, name: session.actor.person, password, act: why };
    return proveAgainByPassword(context, callerOf(context), typed);
  }
  const by = proveBy(session, await waysOf(context.db, deviceToken));
  if (by !== "provider") throw notProven(byPinOrPassword);
  // It is the identity provider that vouches, and it asks its person each time: a session that a PIN opened,
  // without the phone's cookie now, is none of its.
  const isFresh = Date.now() - session.startedAt <= freshMs;
  if (session.deviceId !== null || !isFresh) throw notProven(byProvider);
}

/** So long a sign-in through the identity provider counts as being there. */
const freshMs = 5 * 60_000;
const byPinOrPassword = "Give the PIN of this phone, or your password.";
const byProvider =
  "Sign in once more through your organisation's sign-in page; then you have five minutes for it.";

function notProven(detail: string): Problem {
  return new Problem(401, "Not proven", detail);
}
