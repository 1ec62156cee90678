import * as wire from "#core/neighbours/wire.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { agree, agreementOrRefuse } from "#server/neighbours/agreements.ts";
import {
  commandHandoverOf,
  foundOrRefuse,
  handoverReplyOf,
  sayTold,
} from "#server/neighbours/handovers.ts";
import { exchangeOverview } from "#server/neighbours/overview.ts";
import { ownExchange } from "#server/neighbours/own.ts";
import { askedCells, patrolFits } from "#server/neighbours/patrol-check.ts";
import { markAcknowledged } from "#server/neighbours/queries/handovers.ts";
import { giveTotals } from "#server/neighbours/totals.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";

const readExchange = defineRoute("GET /api/exchange", {
  summary: "Each neighbour: agreement, figures shared and received, alerts handed over",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "read the exchange with neighbours", purpose: "assessment" },
  replySchema: wire.exchangeReply,
  handle: (context): Promise<wire.ExchangeReply> => exchangeOverview(context, context.actor),
});

/** The analyst alone: whoever brings records in answers for what leaves; an administrator has accounts only. */
const enterAgreement = defineRoute("POST /api/exchange/agreements", {
  summary: "Add an agreement with a neighbour; earlier ones are kept",
  audience: ["analyst"],
  audit: { verb: "alteration", act: "enter an agreement with a neighbour", purpose: "assessment" },
  body: wire.agreementBody,
  replySchema: wire.exchangeReply,
  handle: async (context, { body }): Promise<wire.ExchangeReply> => {
    const { db, actor, asAt, addDetail } = context;
    const places = await placesOf(context);
    await db.transaction(actor, async (tx) => {
      const made = await agree(tx, places, body, { at: asAt.now(), by: actor.person });
      addDetail({ agreement: made.id, from: made.startsOn, to: made.expiresOn });
    });
    return exchangeOverview({ ...context, addDetail: () => undefined }, actor);
  },
});

const readOwn = defineRoute("GET /api/exchange/own", {
  summary: "What a neighbour's liaison sees: quarterly figures for its own boundary",
  audience: ["liaison"],
  audit: { verb: "disclosure", act: "read figures of the own edge", purpose: "assessment" },
  replySchema: wire.ownExchangeReply,
  handle: (context) => ownExchange(context, context.actor),
});

const give = defineRoute("POST /api/exchange/totals", {
  summary: "Send a neighbour's own quarterly totals, all or none",
  audience: ["liaison"],
  audit: { verb: "collection", act: "give totals of a neighbour", purpose: "assessment" },
  body: wire.totalsBody,
  replySchema: wire.totalsReply,
  handle: async (context, { body }) => {
    const { db, actor, addDetail } = context;
    addDetail({ by: "file" in body ? "file" : "form" });
    const { edgeZones } = await placesOf(context);
    return db.transaction(actor, async (tx) => {
      const given = { neighbour: ownNeighbour(context), body, by: actor.person };
      const reply = await giveTotals(tx, { ...context, edgeZones }, given);
      addDetail({ taken: reply.taken, unchanged: reply.unchanged });
      return reply;
    });
  },
});

const checkPatrol = defineRoute("POST /api/exchange/patrol-check", {
  summary: "Check whether a neighbour's planned patrol fits: yes or no, without a reason",
  audience: ["liaison"],
  limit: "probe",
  // Neither where nor when: a row of such lines would tell what is closed. A no alone counts as refused, for the limit.
  audit: { verb: "disclosure", act: "ask whether a patrol fits", purpose: "safeguarding" },
  body: wire.patrolCheckBody,
  replySchema: wire.patrolCheckReply,
  handle: async (context, { body }) => {
    const { db, actor, zone, asAt, refuse } = context;
    const neighbour = ownNeighbour(context);
    const places = await placesOf(context);
    const moment = { zone, now: asAt.now() };
    return db.transaction(actor, async (tx) => {
      const agreement = await agreementOrRefuse(tx, neighbour, asAt.date());
      const cells = askedCells(places, agreement, body);
      const seen = new Set<string>();
      const span = { from: Date.parse(body.from), to: Date.parse(body.to) };
      const day = zone.dateOf(Date.now());
      const reply = await patrolFits(tx, moment, { agreement, cells, ...span, day }, seen);
      await countFootprintView(tx, actor, { day: asAt.date(), seen });
      if (reply.answer !== "fits") refuse();
      return reply;
    });
  },
});

export const exchangeRoutes: readonly Route[] = [
  readExchange,
  enterAgreement,
  readOwn,
  give,
  checkPatrol,
];

function ownNeighbour({ actor }: RequestContext): string {
  if (typeof actor.neighbour === "string") return actor.neighbour;
  throw new Problem(
    409,
    "No neighbour",
    "Your account is not linked to a neighbour. Ask the administrator.",
  );
}

/** An alert is handed over where it is listed (server/displacement/routes/alerts.ts), and nowhere else. */
const told = defineRoute("POST /api/handovers/:id/told", {
  summary:
    "Confirm that their outreach was told (not by whoever handed it over); their liaison sees the alert from then on",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "say that outreach was told", purpose: "safeguarding" },
  params: wire.numberedHandover,
  replySchema: wire.commandHandover,
  handle: ({ db, actor, zone, asAt, addDetail }, { params: { id } }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ handover: id });
      const record = await sayTold(tx, { id, at: asAt.now(), by: actor.person });
      return commandHandoverOf(zone, record, actor.person);
    }),
});

const acknowledge = defineRoute("POST /api/handovers/:id/acknowledge", {
  summary: "A neighbour acknowledges an alert handed over to it",
  audience: ["liaison"],
  audit: { verb: "consultation", act: "acknowledge an alert handed over", purpose: "safeguarding" },
  params: wire.numberedHandover,
  replySchema: wire.handoverReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { params: { id } }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ handover: id });
      await agreementOrRefuse(tx, actor.neighbour ?? "", asAt.date());
      const mark = { id, at: asAt.now(), by: actor.person };
      return handoverReplyOf(zone, foundOrRefuse(await markAcknowledged(tx, mark)));
    }),
});

export const handoverRoutes: readonly Route[] = [told, acknowledge];
