import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { qualityReply } from "#core/records/wire/quality.ts";

/** Incidents, quality and retention of records. */

export const incidentRecord = z.strictObject({
  event: z.string(),
  batch: z.int(),
  fileName: z.string(),
  kind: z.enum(eventKinds),
  source: z.enum(eventSources),
  category: z.enum(eventCategories),
  startsAt: instant,
  endsAt: instant,
});

/** Records of one reference, of several kinds or sources, within a day of each other. */
const incident = z.strictObject({
  /** The force's own; shown to analysts only. */
  reference: z.string(),
  /** The first counts once they are merged. */
  records: z.array(incidentRecord).min(2),
  /** Metres between the cells that lie furthest apart. */
  apart: z.int(),
});
export type Incident = z.infer<typeof incident>;

/** GET /api/incidents: newest first; `offered` and `merged` are the whole numbers. */
const incidentsReply = z.strictObject({
  offered: z.int(),
  merged: z.int(),
  open: z.array(incident),
  done: z.array(incident),
});
export type IncidentsReply = z.infer<typeof incidentsReply>;

const eventIds = z
  .array(z.string().regex(/^\d{1,18}$/))
  .min(2)
  .max(100);

/** POST /api/incidents: each as all its record numbers, exactly as offered. */
const decideIncidentsBody = z.strictObject({
  decision: z.enum(["merge", "leave", "split"]),
  incidents: z.union([z.literal("all"), z.array(eventIds).min(1).max(500)]),
});
export type IncidentsDecided = z.infer<typeof decideIncidentsBody>;
export const decidedReply = z.strictObject({ incidents: z.int(), events: z.int() });

/** GET /api/retention : how long events are kept, and announced removals. */
const retentionReply = z.strictObject({
  eventYears: z.int(),
  /** Never in the demonstration. */
  isOn: z.boolean(),
  announced: z
    .strictObject({
      /** Events that had ended before this date go... */
      before: date,
      /** ...not before this one. */
      dueOn: date,
      count: z.int(),
    })
    .nullable(),
  done: z.strictObject({ before: date, on: date, count: z.int() }).nullable(),
});
export type RetentionReply = z.infer<typeof retentionReply>;

export const recordCalls = {
  events: call("GET /api/events", {
    query: z.strictObject({ part: z.enum(["recent", "older"]).default("recent") }),
  }),
  incidents: call("GET /api/incidents", { reply: incidentsReply }),
  decide: call("POST /api/incidents", { body: decideIncidentsBody, reply: decidedReply }),
  quality: call("GET /api/quality", { reply: qualityReply }),
  retention: call("GET /api/retention", { reply: retentionReply }),
};
