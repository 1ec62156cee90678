import { encodeColumns } from "#core/records/columns.ts";
import {
  decideIncidentsBody,
  decideIncidentsReply,
  incidentsReply,
} from "#core/records/wire/incidents.ts";
import { qualityReply } from "#core/records/wire/quality.ts";
import { minuteMs } from "#core/time/zone.ts";
import { knownUntil } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { defineRoute, type Route } from "#server/http/route.ts";
import { decideIncidents, readIncidents } from "#server/records/incidents.ts";
import { qualityOf } from "#server/records/quality.ts";
import { loadTypedColumns } from "#server/records/queries/events.ts";

/** Everything that the page bins by itself, in one binary, columnar reply (core/records/columns.ts). */
export const eventRoutes: readonly Route[] = [
  defineRoute("GET /api/events", {
    summary: "All events up to the as-at date, as binary columns",
    audience: ["sergeant", "analyst"],
    audit: { verb: "consultation", act: "read events", purpose: "problem_solving" },
    handle: async (context) => {
      const before = knownUntil(context);
      const reading = withOptions(context.db, { events: true });
      const columns = await reading.transaction(context.actor, async (tx) => {
        const loaded = await loadTypedColumns(tx, { before });
        const first = loaded.start[0];
        context.addDetail({
          from: first === undefined ? null : context.zone.dateOf(first * minuteMs),
          to: context.zone.dateOf(before),
          events: loaded.length,
        });
        return loaded;
      });
      context.reply.type("application/octet-stream");
      return Buffer.from(encodeColumns(columns));
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
