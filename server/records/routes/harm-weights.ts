import * as wire from "#core/records/wire/harm-weights.ts";
import { harmTableBody } from "#core/records/wire/save-harm-weights.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { readHarmTables, saveHarmTable } from "#server/records/harm-weights.ts";

export const harmWeightRoutes: readonly Route[] = [
  defineRoute("GET /api/harm-weights", {
    summary: "Every version of the team’s harm weights, newest first; the first is in use",
    audience: ["sergeant", "analyst"],
    audit: { none: "holds weights and their source, nothing of an event or a person" },
    replySchema: wire.harmTablesReply,
    handle: async ({ db, actor, zone }) => ({
      versions: await db.transaction(actor, (tx) => readHarmTables(tx, zone)),
    }),
  }),
  defineRoute("POST /api/harm-weights", {
    summary: "Save harm weights and their source as a new version, in use from then on",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "save harm weights", purpose: "assessment" },
    body: harmTableBody,
    replySchema: wire.harmTableReply,
    handle: async (context, { body }) => ({
      version: await saveHarmTable(context, context.actor, body),
    }),
  }),
];
