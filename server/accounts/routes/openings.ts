import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { openingsReply, openingsSeenReply } from "#core/accounts/wire/openings.ts";
import { sessionOf } from "#server/accounts/guard.ts";
import { findOpening, putOpeningsAway } from "#server/accounts/queries/openings.ts";
import { accountSession } from "#server/accounts/routes/session.ts";
import { decide, openingsFor } from "#server/accounts/second-person.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const audience = ["partner", "sergeant", "coordinator", "admin", "auditor"] as const;
const keyed = z.strictObject({ id: z.uuid() });

const list = defineRoute("GET /api/openings", {
  summary:
    "Access given to accounts: new accounts, passwords, phones; those waiting for a second person first; sergeants read of police accounts",
  audience,
  audit: { verb: "consultation", act: accountActs.openings, purpose: "oversight" },
  replySchema: openingsReply,
  handle: (context) =>
    context.db.transaction(context.actor, async (tx) => {
      const reply = await view(context, tx);
      context.addDetail({ openings: reply.openings.length });
      return reply;
    }),
});

const confirm = defineRoute("POST /api/openings/:id/confirm", {
  summary: "Confirm, as a second person, access that someone else gave; it works from now on",
  audience,
  fresh: true,
  audit: { verb: "alteration", act: accountActs.confirm, purpose: "safeguarding" },
  params: keyed,
  replySchema: openingsReply,
  handle: (context, { params }) => say(context, { key: params.id, word: "confirmed" }),
});

const refuse = defineRoute("POST /api/openings/:id/refuse", {
  summary: "Refuse, as a second person, access that someone else gave",
  audience,
  audit: { verb: "alteration", act: accountActs.refuse, purpose: "safeguarding" },
  params: keyed,
  replySchema: openingsReply,
  handle: (context, { params }) => say(context, { key: params.id, word: "refused" }),
});

const seen = defineRoute("POST /api/openings/seen", {
  summary: "Dismiss notices of access given to oneself, at one's partner, or to police accounts",
  audience: "signed-in",
  audit: { none: "it records that a person has read a notice" },
  replySchema: openingsSeenReply,
  handle: async (context) => {
    const { accountId } = accountSession(context);
    await context.db.transaction(context.actor, (tx) =>
      tx.through("gate", (gate) => putOpeningsAway(gate, accountId)),
    );
    return { seen: true };
  },
});

export const openingRoutes: readonly Route[] = [list, confirm, refuse, seen];

function say(
  context: RequestContext,
  { key, word }: { readonly key: string; readonly word: "confirmed" | "refused" },
) {
  return context.db.transaction(context.actor, async (tx) => {
    // Under the caller's own rights: nobody learns that there is one which is none of theirs.
    const opening = await findOpening(tx, key);
    if (!opening)
      throw new Problem(404, "Not found", "Nothing with this number is waiting for you.");
    const { account, act } = await decide(tx, { id: opening.id, word, now: Date.now() });
    context.addDetail({ account, opened: act });
    return view(context, tx);
  });
}

function view({ zone, actor, request }: RequestContext, tx: Transaction) {
  const accountId = sessionOf(request)?.accountId ?? null;
  const withNames = actor.role !== "partner";
  const withPartners = actor.role !== "sergeant";
  return openingsFor(tx, { zone, now: Date.now(), accountId, withNames, withPartners });
}
