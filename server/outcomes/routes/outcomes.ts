import {
  outcomesExportBody,
  outcomesExported,
  outcomesQuery,
  outcomesReply,
} from "#core/outcomes/wire/outcomes.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { outcomesOf, refuseWrongPeriod } from "#server/outcomes/outcomes.ts";
import { Problem } from "#server/problem.ts";

const read = defineRoute({
  method: "GET",
  url: "/api/outcomes",
  summary:
    "Snapshot, charts, funnel and trends of a period; by the 10-5 rule where asked, and for a presenter",
  audience: ["sergeant", "analyst", "auditor", "presenter"],
  audit: { verb: "consultation", act: "read outcomes", purpose: "assessment" },
  query: outcomesQuery,
  replySchema: outcomesReply,
  handle: (context, { query: { from, to, form } }) => {
    if ((from === undefined) !== (to === undefined)) {
      throw new Problem(422, "Half a period", "Give both days, from and to, or neither.");
    }
    const period = from === undefined || to === undefined ? null : { from, to };
    const isExact = form === "exact" && context.actor.role !== "presenter";
    const isReleasedOnly = context.actor.role === "presenter";
    return outcomesOf(context, { period, isExact, isReleasedOnly });
  },
});

/** Figures leave rounded alone: the page makes the file from what it was given in the form `shared`. */
const noteExport = defineRoute({
  method: "POST",
  url: "/api/outcomes/exports",
  summary:
    "Note that outcomes are leaving, on paper, as a picture or as a file; called before they do",
  audience: ["sergeant", "analyst", "auditor", "presenter"],
  audit: { verb: "disclosure", act: "take outcomes away", purpose: "assessment" },
  body: outcomesExportBody,
  replySchema: outcomesExported,
  handle: async ({ asAt, addDetail, writeLine }, { body: { from, to, form } }) => {
    refuseWrongPeriod({ from, to }, asAt.date());
    addDetail({ from, to, form });
    await writeLine();
    return { ok: true as const };
  },
});

export const outcomeRoutes: readonly Route[] = [read, noteExport];
