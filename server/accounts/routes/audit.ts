import { Readable } from "node:stream";
import { mostRowsWithoutProof } from "#core/accounts/second-factor.ts";
import { auditCalls, mostAuditPersons } from "#core/accounts/wire/audit.ts";
import { type PrintedScreen, printCalls } from "#core/accounts/wire/prints.ts";
import type { AuditPurpose } from "#core/audit.ts";
import { formatInstant } from "#core/time/zone.ts";
import { auditPageOf, ownActsOf, personsInChain } from "#server/accounts/audit/list.ts";
import { exportChain, readAuditHead } from "#server/accounts/audit/read.ts";
import { streamVerification } from "#server/accounts/audit/verify.ts";
import { refuseUnlessFresh, sessionOf } from "#server/accounts/guard.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";

export const auditRoutes: readonly Route[] = [
  serve(auditCalls.list, {
    summary: "Who did what, newest first, by day, person, verb, purpose and outcome",
    audience: ["auditor"],
    audit: { verb: "consultation", act: "read the audit chain", purpose: "oversight" },
    handle: (context, { query }) => auditPageOf(context, query),
  }),
  serve(auditCalls.own, {
    summary: "The caller's own acts, newest first",
    audience: "signed-in",
    audit: { verb: "consultation", act: "read own acts", purpose: "oversight" },
    handle: (context, { query }) => ownActsOf(context, query.before),
  }),
  serve(auditCalls.persons, {
    summary: "Names of the people in the log, for its filter",
    audience: ["auditor"],
    audit: { none: "it gives names to choose from; reading their entries is logged" },
    handle: async ({ db, actor }) => ({
      persons: await db.transaction(actor, (tx) => personsInChain(tx, mostAuditPersons)),
    }),
  }),
  serve(auditCalls.head, {
    summary: "The last row's number, time and hash; kept elsewhere, it shows later what is missing",
    audience: ["auditor"],
    audit: { verb: "disclosure", act: "read the head of the audit chain", purpose: "oversight" },
    handle: async ({ db, actor, zone }) => ({
      head: await db.transaction(actor, readAuditHead),
      readAt: formatInstant(zone, Date.now()),
    }),
  }),
  serve(auditCalls.verify, {
    summary: "Check the whole log for tampering: progress, then the result, as JSON lines",
    audience: ["auditor"],
    audit: { verb: "consultation", act: "verify the audit chain", purpose: "oversight" },
    handle: async (context, { query }) => {
      await context.writeLine();
      return context.reply
        .type("application/x-ndjson")
        .send(streamVerification(context, query.head));
    },
  }),
  serve(auditCalls.export, {
    summary: "The log as JSON lines with the head last, or as CSV",
    audience: ["auditor"],
    audit: { verb: "disclosure", act: "export the audit chain", purpose: "oversight" },
    handle: async (context, { query: { format } }) => {
      context.addDetail({ format });
      const last = await context.db.transaction(context.actor, readAuditHead, { beside: true });
      refuseLongUnlessFresh(context, Number(last?.id ?? 0));
      await context.writeLine();
      const { head, text } = await exportChain(context.db, context.actor, format);
      const name = `boxster-audit-to-${head?.id ?? "0"}.${format}`;
      return context.reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson")
        .header("content-disposition", `attachment; filename="${name}"`)
        .send(Readable.from(text));
    },
  }),
  serve(printCalls.print, {
    summary: "Log that a screen is being printed; called before the print dialog opens",
    audience: "signed-in",
    audit: { verb: "disclosure", act: "print a screen", purpose: "administration" },
    handle: noteScreen,
  }),
  serve(printCalls.picture, {
    summary: "Log that a map or chart is leaving as a picture; the page makes it after that",
    audience: "signed-in",
    audit: { verb: "disclosure", act: "take a picture of a screen", purpose: "administration" },
    handle: noteScreen,
  }),
  serve(printCalls.exportList, {
    summary: "Log that a list is being downloaded; the page makes the file after that",
    audience: ["sergeant", "analyst"],
    audit: { verb: "disclosure", act: "download a list as a file", purpose: "problem_solving" },
    handle: async (context, { body }) => {
      context.addDetail(body);
      refuseLongUnlessFresh(context, body.rows);
      await context.writeLine();
      return { noted: true as const };
    },
  }),
];

async function noteScreen(
  context: RequestContext,
  { body: { screen } }: { readonly body: { readonly screen: PrintedScreen } },
) {
  context.restate({ purpose: printPurposes[screen] });
  context.addDetail({ screen });
  await context.writeLine();
  return { noted: true as const };
}

/** Large exports need a recent proof, because of desks left open. */
function refuseLongUnlessFresh({ request }: RequestContext, rows: number): void {
  if (rows > mostRowsWithoutProof) refuseUnlessFresh(sessionOf(request));
}

const printPurposes: Readonly<Record<PrintedScreen, AuditPurpose>> = {
  hotspots: "problem_solving",
  plan: "patrol_planning",
  displacement: "assessment",
  panel: "public_information",
  outcomes: "assessment",
  outreach: "safeguarding",
  records: "records",
  audit: "oversight",
  accounts: "administration",
  briefing: "patrol_planning",
  other: "administration",
};
