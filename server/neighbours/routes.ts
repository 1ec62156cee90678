import { exchangeCalls, handoverCalls } from "#core/neighbours/wire.ts";
import type { Act } from "#server/acts/services.ts";
import { type Route, serve } from "#server/http/route.ts";
import { enterAgreement } from "#server/neighbours/agreements.ts";
import { readExchange, readOwnExchange } from "#server/neighbours/exchange.ts";
import { acknowledge, sayTold } from "#server/neighbours/handovers.ts";
import { checkPatrol } from "#server/neighbours/patrol-check.ts";
import { giveTotals } from "#server/neighbours/totals.ts";
import { Problem } from "#server/problem.ts";

const police = ["sergeant", "analyst"] as const;
const purpose = "assessment";

export const exchangeRoutes: readonly Route[] = [
  serve(exchangeCalls.read, {
    summary: "Each neighbour: agreement, figures shared and received, alerts handed over",
    audience: police,
    audit: { verb: "consultation", act: "read the exchange with neighbours", purpose },
    handle: (act) => readExchange(act),
  }),
  serve(exchangeCalls.agree, {
    summary: "Add an agreement with a neighbour; earlier ones are kept",
    // Importers of records are responsible for what leaves; an administrator has accounts only.
    audience: ["analyst"],
    audit: { verb: "alteration", act: "enter an agreement with a neighbour", purpose },
    handle: async (act, { body }) => {
      await enterAgreement(act, body);
      return readExchange({ ...act, addDetail: () => undefined });
    },
  }),
  serve(exchangeCalls.readOwn, {
    summary: "What a neighbour's liaison sees: quarterly figures for its own boundary",
    audience: ["liaison"],
    audit: { verb: "disclosure", act: "read figures of the own edge", purpose },
    handle: (act) => readOwnExchange(act),
  }),
  serve(exchangeCalls.give, {
    summary: "Send a neighbour's own quarterly totals, all or none",
    audience: ["liaison"],
    audit: { verb: "collection", act: "give totals of a neighbour", purpose },
    handle: async (act, { body }) => {
      act.addDetail({ by: "file" in body ? "file" : "form" });
      return giveTotals(act, ownNeighbour(act), body);
    },
  }),
  serve(exchangeCalls.checkPatrol, {
    summary: "Check whether a neighbour's planned patrol fits: yes or no, without a reason",
    audience: ["liaison"],
    limit: "probe",
    // Neither where nor when: a series of such lines would reveal closed time. Only a no counts as
    // refused, for the limit.
    audit: { verb: "disclosure", act: "ask whether a patrol fits", purpose: "safeguarding" },
    handle: async (act, { body }) => checkPatrol(act, ownNeighbour(act), body),
  }),
];

function ownNeighbour({ actor }: Act): string {
  if (typeof actor.neighbour === "string") return actor.neighbour;
  throw new Problem(
    409,
    "No neighbour",
    "Your account is not linked to a neighbour. Ask the administrator.",
  );
}

/** Handing over itself is in server/displacement/routes.ts. */
export const handoverRoutes: readonly Route[] = [
  serve(handoverCalls.told, {
    summary:
      "Confirm that their outreach was told (not by whoever handed it over); their liaison sees the alert from then on",
    audience: police,
    audit: { verb: "disclosure", act: "say that outreach was told", purpose: "safeguarding" },
    handle: (act, { id }) => sayTold(act, id),
  }),
  serve(handoverCalls.acknowledge, {
    summary: "A neighbour acknowledges an alert handed over to it",
    audience: ["liaison"],
    audit: {
      verb: "consultation",
      act: "acknowledge an alert handed over",
      purpose: "safeguarding",
    },
    handle: (act, { id }) => acknowledge(act, id),
  }),
];
