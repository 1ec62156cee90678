import { Readable } from "node:stream";
import { mostRowsWithoutProof } from "#core/accounts/second-factor.ts";
import * as wire from "#core/accounts/wire/audit.ts";
import type { AuditPurpose } from "#core/audit.ts";
import { formatInstant } from "#core/time/zone.ts";
import { exportChain } from "#server/accounts/audit/export.ts";
import { auditPageOf, ownActsOf } from "#server/accounts/audit/list.ts";
import { streamVerification } from "#server/accounts/audit/verify.ts";
import { refuseUnlessFresh, sessionOf } from "#server/accounts/guard.ts";
import { personsInChain, readAuditHead } from "#server/accounts/queries/audit.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";

const list = defineRoute("GET /api/audit", {
  summary: "Who did what, newest first, by day, person, verb, purpose and outcome",
  audience: ["auditor"],
  audit: { verb: "consultation", act: "read the audit chain", purpose: "oversight" },
  query: wire.auditQuery,
  replySchema: wire.auditPage,
  handle: (context, { query }) => auditPageOf(context, context.actor, query),
});

const ownActs = defineRoute("GET /api/audit/own", {
  summary: "The caller's own acts, newest first",
  audience: "signed-in",
  audit: { verb: "consultation", act: "read own acts", purpose: "oversight" },
  query: wire.ownActsQuery,
  replySchema: wire.auditPage,
  handle: (context, { query }) => ownActsOf(context, context.actor, query.before),
});

const persons = defineRoute("GET /api/audit/persons", {
  summary: "Names of the people in the log, for its filter",
  audience: ["auditor"],
  audit: { none: "it gives names to choose from; reading their entries is logged" },
  replySchema: wire.auditPersonsReply,
  handle: async ({ db, actor }) => ({
    persons: await db.transaction(actor, (tx) => personsInChain(tx, wire.mostAuditPersons)),
  }),
});

const readHead = defineRoute("GET /api/audit/head", {
  summary: "The last row's number, time and hash; kept elsewhere, it shows later what is missing",
  audience: ["auditor"],
  audit: { verb: "disclosure", act: "read the head of the audit chain", purpose: "oversight" },
  replySchema: wire.auditHeadReply,
  handle: async ({ db, actor, zone }) => ({
    head: await db.transaction(actor, readAuditHead),
    readAt: formatInstant(zone, Date.now()),
  }),
});

const verify = defineRoute("GET /api/audit/verify", {
  summary: "Check the whole log for tampering: progress, then the result, as JSON lines",
  audience: ["auditor"],
  audit: { verb: "consultation", act: "verify the audit chain", purpose: "oversight" },
  query: wire.verifyQuery,
  handle: async (context, { query }) => {
    await context.writeLine();
    return context.reply.type("application/x-ndjson").send(streamVerification(context, query.head));
  },
});

const exportAll = defineRoute("GET /api/audit/export", {
  summary: "The log as JSON lines with the head last, or as CSV",
  audience: ["auditor"],
  audit: { verb: "disclosure", act: "export the audit chain", purpose: "oversight" },
  query: wire.exportQuery,
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
});

const print = defineRoute("POST /api/audit/prints", {
  summary: "Log that a screen is being printed; called before the print dialog opens",
  audience: "signed-in",
  audit: { verb: "disclosure", act: "print a screen", purpose: "administration" },
  body: wire.printBody,
  replySchema: wire.printReply,
  handle: async (context, { body: { screen } }) => {
    context.restate({ purpose: printPurposes[screen] });
    context.addDetail({ screen });
    await context.writeLine();
    return { noted: true as const };
  },
});

const exportList = defineRoute("POST /api/audit/exports", {
  summary: "Log that a list is being downloaded; the page makes the file after that",
  audience: ["sergeant", "analyst"],
  audit: { verb: "disclosure", act: "download a list as a file", purpose: "problem_solving" },
  body: wire.exportBody,
  replySchema: wire.printReply,
  handle: async (context, { body }) => {
    context.addDetail(body);
    refuseLongUnlessFresh(context, body.rows);
    await context.writeLine();
    return { noted: true as const };
  },
});

export const auditRoutes: readonly Route[] = [
  list,
  ownActs,
  persons,
  readHead,
  verify,
  exportAll,
  print,
  exportList,
];

/** Many rows in one file are worth a stranger's while at a desk that was left open. */
function refuseLongUnlessFresh({ request }: RequestContext, rows: number): void {
  if (rows > mostRowsWithoutProof) refuseUnlessFresh(sessionOf(request));
}

const printPurposes: Readonly<Record<wire.PrintedScreen, AuditPurpose>> = {
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
