import { commandHandover, handoverReply, numberedHandover } from "#core/neighbours/wire.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { agreementOrRefuse } from "#server/neighbours/agreements.ts";
import {
  commandHandoverOf,
  foundOrRefuse,
  handoverReplyOf,
  sayTold,
} from "#server/neighbours/handovers.ts";
import { markAcknowledged } from "#server/neighbours/queries/handovers.ts";

/** An alert is handed over where it is listed (server/displacement/routes/alerts.ts), and nowhere else. */
const told = defineRoute({
  method: "POST",
  url: "/api/handovers/:id/told",
  summary:
    "Their outreach was told, said by another person than handed it over; from here on their liaison sees the alert",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "say that outreach was told", purpose: "safeguarding" },
  params: numberedHandover,
  replySchema: commandHandover,
  handle: ({ db, actor, zone, asAt, addDetail }, { params: { id } }) =>
    db.transaction(actor, async (tx) => {
      addDetail({ handover: id });
      const record = await sayTold(tx, { id, at: asAt.now(), by: actor.person });
      return commandHandoverOf(zone, record, actor.person);
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
      return handoverReplyOf(zone, foundOrRefuse(await markAcknowledged(tx, mark)));
    }),
});

export const handoverRoutes: readonly Route[] = [told, acknowledge];
