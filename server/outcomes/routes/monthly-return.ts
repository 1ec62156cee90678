import * as wire from "#core/outcomes/wire/monthly-return.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { monthlyReturnOf, refuseOpenMonth } from "#server/outcomes/monthly-return.ts";

const read = defineRoute("GET /api/monthly-return", {
  summary:
    "Patrol hours, visits, hotspots, stops, arrests and outcomes of a month that is over; rounded by the 10-5 rule on request",
  audience: ["sergeant", "analyst"],
  audit: { verb: "consultation", act: "read a monthly return", purpose: "assessment" },
  query: wire.monthlyReturnQuery,
  replySchema: wire.monthlyReturnReply,
  handle: (context, { query }) => monthlyReturnOf(context, context.actor, query),
});

/** It leaves rounded alone: the page makes file and paper from what it was given in the form `shared`. */
const noteExport = defineRoute("POST /api/monthly-return/exports", {
  summary: "Log that a monthly return is being printed or downloaded; called before it is",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "download a monthly return", purpose: "assessment" },
  body: wire.monthlyReturnExportBody,
  replySchema: wire.monthlyReturnExported,
  handle: async ({ asAt, addDetail, writeLine }, { body: { month, form } }) => {
    refuseOpenMonth(month, asAt.date());
    addDetail({ month, form });
    await writeLine();
    return { ok: true as const };
  },
});

export const monthlyReturnRoutes: readonly Route[] = [read, noteExport];
