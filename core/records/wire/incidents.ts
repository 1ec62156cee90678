import { z } from "zod";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";

/** One record of an incident. */
export const incidentRecord = z.strictObject({
  event: z.string(),
  batch: z.int(),
  fileName: z.string(),
  kind: z.enum(eventKinds),
  source: z.enum(eventSources),
  category: z.enum(eventCategories),
  startsAt: z.iso.datetime({ offset: true }),
  endsAt: z.iso.datetime({ offset: true }),
});

/** Records that bear one reference, are of more than one kind or source, and lie within a day of each other. */
export const incident = z.strictObject({
  /** The force's own; shown to the analyst alone. */
  reference: z.string(),
  /** The first is the one that counts once they are merged. */
  records: z.array(incidentRecord).min(2),
  /** Metres between the cells that lie furthest apart. */
  apart: z.int(),
});
export type Incident = z.infer<typeof incident>;

/** GET /api/incidents: newest first; `offered` and `merged` are the whole numbers. */
export const incidentsReply = z.strictObject({
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

/** POST /api/incidents: each as the numbers of its records, all of them just as they were offered. */
export const decideIncidentsBody = z.strictObject({
  decision: z.enum(["merge", "leave", "split"]),
  incidents: z.union([z.literal("all"), z.array(eventIds).min(1).max(500)]),
});
export const decideIncidentsReply = z.strictObject({ incidents: z.int(), events: z.int() });
export type IncidentDecision = z.infer<typeof decideIncidentsBody>["decision"];
