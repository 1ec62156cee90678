import { z } from "zod";
import { eventsPairHeader, olderRowsHeader } from "#core/records/wire/events.ts";
import {
  decideIncidentsBody,
  decideIncidentsReply,
  incidentsReply,
} from "#core/records/wire/incidents.ts";
import { qualityReply } from "#core/records/wire/quality.ts";
import { encodingFor } from "#server/http/encodings.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { readEventsFile } from "#server/records/events-file.ts";
import { decideIncidents, readIncidents } from "#server/records/incidents.ts";
import { qualityOf } from "#server/records/quality.ts";

/** Everything that the page bins by itself, as files of columns that are kept for everybody. */
export const eventRoutes: readonly Route[] = [
  defineRoute("GET /api/events", {
    summary:
      "Events up to the as-at date as binary columns: those of the last two years, or those before",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read events", purpose: "problem_solving" },
    query: z.strictObject({ part: z.enum(["recent", "older"]).default("recent") }),
    handle: async (context, { query }) => {
      const { request, reply } = context;
      const { file, olderRows, pair } = await readEventsFile(context, context.actor, query.part);
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

export const incidentRoutes: readonly Route[] = [
  defineRoute("GET /api/incidents", {
    summary: "Records with the same reference, to merge or keep separate, and earlier decisions",
    audience: ["analyst"],
    audit: { verb: "consultation", act: "list records of one incident", purpose: "records" },
    replySchema: incidentsReply,
    handle: (context) => readIncidents(context, context.actor),
  }),
  defineRoute("POST /api/incidents", {
    summary: "Merge records of one incident, leave them as they are, or part them again",
    audience: ["analyst"],
    audit: { verb: "combination", act: "decide on records of one incident", purpose: "records" },
    body: decideIncidentsBody,
    bodyLimit: 1_000_000,
    replySchema: decideIncidentsReply,
    handle: (context, { body }) => decideIncidents(context, context.actor, body),
  }),
];

export const qualityRoutes: readonly Route[] = [
  defineRoute("GET /api/quality", {
    summary: "Data quality by kind and source",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read data quality", purpose: "records" },
    replySchema: qualityReply,
    handle: (context) => qualityOf(context, context.actor),
  }),
];
