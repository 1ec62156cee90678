import type { z } from "zod";
import { isFresh } from "#core/accounts/second-factor.ts";
import { leavingWaitsMs } from "#core/protected-time/settings.ts";
import { leaveBody, leaveReply, stayReply } from "#core/protected-time/wire/outreach.ts";
import { formatInstant } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { readDeviceCookie } from "#server/accounts/cookies.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { proveAgain, proveBy, waysOf } from "#server/accounts/prove-again.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import { asPartner } from "#server/protected-time/partners.ts";
import {
  deleteLeaving,
  insertLeaving,
  readLeaving,
} from "#server/protected-time/queries/leaving.ts";

const act = "ask to leave and erase everything";

const leave = defineRoute("POST /api/outreach/leave", {
  summary:
    "Ask that everything of the own partner is erased a day from now; asks for PIN, password or a sign-in from now",
  audience: ["partner"],
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line, and the leaving one in its transaction" },
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

const stay = defineRoute("DELETE /api/outreach/leave", {
  summary: "Cancel that everything of the own partner is to be erased",
  audience: ["partner"],
  audit: { verb: "alteration", act: "cancel leaving", purpose: "safeguarding" },
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
  const proof = pin !== undefined ? { pin } : password !== undefined ? { password } : null;
  if (proof) return proveAgain(context, { ...session, accountId }, proof, `prove before: ${act}`);
  const by = proveBy(
    session,
    await waysOf(context.db, readDeviceCookie(context.config, context.request)),
  );
  if (by !== "provider") throw notProven(byPinOrPassword);
  // It is the identity provider that vouches, and it asks its person each time: a session that a PIN opened,
  // without the phone's cookie now, is none of its.
  if (!session.byProvider || !isFresh(session.freshAt, Date.now())) throw notProven(byProvider);
}

const byPinOrPassword = "Give the PIN of this phone, or your password.";
const byProvider =
  "Sign in once more through your organisation's sign-in page; then you have five minutes for it.";

function notProven(detail: string): Problem {
  return new Problem(401, "Not confirmed", detail);
}
