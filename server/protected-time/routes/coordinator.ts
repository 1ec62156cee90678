import { z } from "zod";
import { newPartnerBody, partnerReply } from "#core/accounts/wire/accounts.ts";
import * as wire from "#core/protected-time/wire/coordinator.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import {
  coordinatorView,
  ownObjections,
  remindPartner,
} from "#server/protected-time/coordinator.ts";
import { addPartner, asPartner } from "#server/protected-time/partners.ts";
import {
  answerObjection,
  insertObjection,
  markCameRead,
} from "#server/protected-time/queries/coordinator.ts";

const keyed = z.strictObject({ id: z.uuid() });

const read = defineRoute("GET /api/coordinator", {
  summary:
    "Which partners have confirmed, reports that police came, objections; nothing of a session",
  audience: ["coordinator", "auditor"],
  audit: { verb: "consultation", act: "read what partners have said", purpose: "safeguarding" },
  replySchema: wire.coordinatorReply,
  handle: (context) =>
    context.db.transaction(context.actor, async (tx) => {
      const view = await viewOf(context, tx);
      context.addDetail({ partners: view.partners.length });
      return view;
    }),
});

const remind = defineRoute("POST /api/coordinator/partners/:code/remind", {
  summary: "Ask a partner to confirm its calendar: it reads so on its own page",
  audience: ["coordinator"],
  audit: { verb: "alteration", act: "remind a partner of its calendar", purpose: "safeguarding" },
  params: z.strictObject({ code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) }),
  replySchema: wire.coordinatorReply,
  handle: (context, { params }) =>
    changed(context, async (tx) => {
      const moment = { zone: context.zone, now: context.asAt.now() };
      const partner = await remindPartner(tx, moment, params.code);
      context.addDetail({ partner: partner.id });
    }),
});

const cameRead = defineRoute("POST /api/coordinator/police-came/:id/read", {
  summary: "Note that a report that police came was read; the partner sees it",
  audience: ["coordinator"],
  audit: { verb: "alteration", act: "note a report that police came", purpose: "safeguarding" },
  params: keyed,
  replySchema: wire.coordinatorReply,
  handle: (context, { params }) =>
    changed(context, async (tx) => {
      const report = { key: params.id, now: context.asAt.now() };
      const found = await tx.through("keeper", (keeper) => markCameRead(keeper, report));
      if (!found) throw notThere("It was undone or has been erased.");
    }),
});

const answer = defineRoute("POST /api/coordinator/objections/:id/answer", {
  summary: "Answer an objection; its partner reads the answer",
  audience: ["coordinator"],
  audit: { verb: "alteration", act: "answer an objection", purpose: "safeguarding" },
  params: keyed,
  body: wire.answerBody,
  replySchema: wire.coordinatorReply,
  handle: (context, { params, body }) =>
    changed(context, async (tx) => {
      const words = { key: params.id, words: body.answer, now: context.asAt.now() };
      if (!(await answerObjection(tx, words))) throw notThere("There is no such objection.");
    }),
});

const readOwn = defineRoute("GET /api/outreach/objections", {
  summary: "Own objections and the coordinator's answers",
  audience: ["partner"],
  audit: { verb: "consultation", act: "read own objections", purpose: "safeguarding" },
  replySchema: wire.ownObjectionsReply,
  handle: (context) =>
    asPartner(context, async (own) => {
      const reply = await ownObjections(own.tx, own);
      context.addDetail({ objections: reply.objections.length });
      return reply;
    }),
});

const object = defineRoute("POST /api/outreach/objections", {
  summary: "Object to the coordinator, in own words; police are not shown it",
  audience: ["partner"],
  audit: { verb: "collection", act: "raise an objection", purpose: "safeguarding" },
  body: wire.objectionBody,
  replySchema: wire.ownObjectionsReply,
  handle: (context, { body }) =>
    asPartner(context, async (own) => {
      context.addDetail({ about: body.about });
      await insertObjection(own.tx, { ...body, partnerId: own.partnerId, now: own.now });
      return ownObjections(own.tx, own);
    }),
});

export const coordinatorRoutes: readonly Route[] = [
  read,
  remind,
  cameRead,
  answer,
  readOwn,
  object,
];

/** What stands there after a change. */
function changed(context: RequestContext, work: (tx: Transaction) => Promise<void>) {
  return context.db.transaction(context.actor, async (tx) => {
    await work(tx);
    return viewOf(context, tx);
  });
}

function viewOf({ zone, asAt, actor }: RequestContext, tx: Transaction) {
  const moment = { zone, now: asAt.now() };
  return coordinatorView(tx, moment, { withWords: actor.role === "coordinator" });
}

function notThere(detail: string): Problem {
  return new Problem(404, "Not found", detail);
}

export const partnerRoutes: readonly Route[] = [
  defineRoute("POST /api/partners", {
    summary: "Add an outreach partner, for accounts of the role partner",
    audience: ["admin"],
    audit: { verb: "alteration", act: "add an outreach partner", purpose: "administration" },
    body: newPartnerBody,
    replySchema: partnerReply,
    handle: ({ db, actor, asAt, addDetail }, { body }) =>
      db.transaction(actor, async (tx) => {
        const made = await addPartner(tx, { ...body, now: asAt.now() });
        addDetail({ partner: made.id });
        return { code: made.code, name: made.name };
      }),
  }),
];
