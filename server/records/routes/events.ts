import { eventsPairHeader, olderRowsHeader } from "#core/records/column-file.ts";
import { recordCalls } from "#core/records/wire/records.ts";
import { harmCalls } from "#core/records/wire/save-harm-weights.ts";
import { encodingFor } from "#server/http/encodings.ts";
import { type Route, serve } from "#server/http/route.ts";
import { readEventsFile } from "#server/records/events-file.ts";
import { readHarmTables, saveHarmTable } from "#server/records/harm-weights.ts";
import { qualityOf } from "#server/records/quality.ts";

export const eventRoutes: readonly Route[] = [
  serve(recordCalls.events, {
    summary:
      "Events up to the as-at date as binary columns: those of the last two years, or those before",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read events", purpose: "problem_solving" },
    handle: async (act, { query }) => {
      const { request, reply } = act;
      const { file, olderRows, pair } = await readEventsFile(act, query.part);
      reply.header("etag", file.tag).header(olderRowsHeader, olderRows);
      reply.header(eventsPairHeader, pair);
      if (request.headers["if-none-match"] === file.tag) return reply.code(304).send();
      const encoding = encodingFor(request.headers["accept-encoding"]);
      reply.type("application/octet-stream").header("vary", "accept-encoding");
      if (encoding === null) return Buffer.from(file.octets.buffer);
      reply.header("content-encoding", encoding);
      return file.packed(encoding);
    },
  }),
];

export const qualityRoutes: readonly Route[] = [
  serve(recordCalls.quality, {
    summary: "Data quality by kind and source",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read data quality", purpose: "records" },
    handle: (act) => qualityOf(act),
  }),
];

export const harmWeightRoutes: readonly Route[] = [
  serve(harmCalls.list, {
    summary: "Every version of the team’s harm weights, newest first; the first is in use",
    audience: ["sergeant", "analyst"],
    audit: { none: "holds weights and their source, nothing of an event or a person" },
    handle: async ({ db, actor }) => ({ versions: await db.transaction(actor, readHarmTables) }),
  }),
  serve(harmCalls.save, {
    summary: "Save harm weights and their source as a new version, in use from then on",
    audience: ["analyst"],
    audit: { verb: "alteration", act: "save harm weights", purpose: "assessment" },
    handle: async (act, { body }) => ({ version: await saveHarmTable(act, body) }),
  }),
];
