import type { Zone } from "#core/time/zone.ts";
import { handoverBody, handoverReply, numberedHandover } from "#core/wire/exchange.ts";
import { agreementOrRefuse } from "#server/exchange/agreements.ts";
import { foundOrRefuse, handOver, handoverReplyOf } from "#server/exchange/handovers.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { type Handover, markAcknowledged, markOutreachTold } from "#server/queries/handovers.ts";

const add = defineRoute({
  method: "POST",
  url: "/api/handovers",
  summary:
    "Hand an alert over to a neighbour: its zone, month or quarter, and words without a figure",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "hand an alert over", purpose: "safeguarding" },
  body: handoverBody,
  replySchema: handoverReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { body }) =>
    db.transaction(actor, async (tx) => {
      const made = await handOver(tx, { asAt }, body, actor.person);
      addDetail({ handover: made.id, period: made.period });
      return named(zone, made);
    }),
});

const told = defineRoute({
  method: "POST",
  url: "/api/handovers/:id/told",
  summary: "Their outreach was told; from here on their liaison sees the alert",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "say that outreach was told", purpose: "safeguarding" },
  params: numberedHandover,
  replySchema: handoverReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { params: { id } }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ handover: id });
      const mark = { id, at: asAt.now(), by: actor.person };
      return named(zone, foundOrRefuse(await markOutreachTold(tx, mark)));
    }),
});

const acknowledge = defineRoute({
  method: "POST",
  url: "/api/handovers/:id/acknowledge",
  summary: "A neighbour says that it has read an alert handed over to it",
  audience: ["liaison"],
  audit: { verb: "consultation", act: "acknowledge an alert handed over", purpose: "safeguarding" },
  params: numberedHandover,
  replySchema: handoverReply,
  handle: ({ db, actor, zone, asAt, addDetail }, { params: { id } }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ handover: id });
      await agreementOrRefuse(tx, actor.neighbour ?? "", asAt.date());
      const mark = { id, at: asAt.now(), by: actor.person };
      return named(zone, foundOrRefuse(await markAcknowledged(tx, mark)));
    }),
});

export const handoverRoutes: readonly Route[] = [add, told, acknowledge];

function named(zone: Zone, handover: Handover) {
  return { ...handoverReplyOf(zone, handover), neighbour: handover.neighbour };
}
