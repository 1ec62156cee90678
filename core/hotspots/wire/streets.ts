import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { hotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import { streetClasses } from "#core/places/streets/line.ts";
import { eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { hotBys } from "#core/stats/hot.ts";
import { londonDate } from "#core/text/london-date.ts";

const streetMeasures = ["count", "density", "gi"] as const;
export type StreetMeasure = (typeof streetMeasures)[number];

/** GET /api/hotspots/streets and `boxster hotspots --by street`: as by cell, without a size of cell. */
export const streetsQuery = hotspotsQuery
  .omit({ resolution: true, measure: true })
  .extend({ measure: z.enum(streetMeasures).default("count") });
export type StreetsQuery = z.infer<typeof streetsQuery>;

/** A segment: a piece of street from one junction to the next. */
const streetRow = z.strictObject({
  /** Its number among the streets of now. */
  segment: z.int(),
  /** "Fore Street between Sebastopol Road and Brettenham Road" */
  place: z.string(),
  /** Null without a name. */
  street: z.string().nullable(),
  class: z.enum(streetClasses),
  metres: z.number(),
  /** Events whose midpoint lies inside the filter. */
  count: z.int(),
  /** Aoristic weight inside the filter, to nine decimals. */
  weight: z.number(),
  /** Weight per 100 m. */
  per100m: z.number(),
  /** What an even spread along all streets of the area gives it. */
  expectedOwn: z.number(),
  /** Events on it and on the segments that meet it, and what an even spread gives these together. */
  near: z.int(),
  expected: z.number(),
  /** Exact binomial tails of `count` and of `near`, twice the smaller, and Benjamini-Hochberg over that. */
  ownP: z.number(),
  areaP: z.number(),
  p: z.number(),
  q: z.number(),
  hot: z.boolean(),
  /** It passes only through the excess of a hotspot next to it. */
  beside: z.boolean(),
  by: z.enum(hotBys).nullable(),
  line: z.array(z.tuple([z.number(), z.number()])),
});
export type StreetPlaceRow = z.infer<typeof streetRow>;

/** A street of one name as far as it hangs together, main streets and side streets alike. */
const wholeStreet = z.strictObject({
  street: z.string(),
  /** Its segment with most events. */
  segment: z.int(),
  place: z.string(),
  segments: z.int(),
  metres: z.number(),
  count: z.int(),
  weight: z.number(),
  per100m: z.number(),
});

export const streetsReply = z.strictObject({
  studyArea: z.string(),
  /** Segments whose middle lies in the area, those without anything included, and their length. */
  segments: z.int(),
  km: z.number(),
  /** The line that the source of the streets asks for. */
  attribution: z.string().nullable(),
  from: londonDate,
  to: londonDate,
  kinds: z.array(z.enum(eventKinds)),
  sources: z.array(z.enum(eventSources)),
  /** Only where some were asked for. */
  types: z.array(z.string()).optional(),
  measure: z.enum(streetMeasures),
  /** Counted events of the area, as by cell; of these those on a street, and those on streets that were replaced. */
  total: z.int(),
  placed: z.int(),
  elsewhere: z.int(),
  hourUnknown: z.int(),
  test: z.string(),
  sentence: z.string(),
  /** Why not all of them have a street; null where they have. */
  note: z.string().nullable(),
  rows: z.array(streetRow),
  streets: z.array(wholeStreet),
});
export type StreetsReply = z.infer<typeof streetsReply>;

export const streetsCall = call("GET /api/hotspots/streets", {
  query: streetsQuery,
  /** A line to read where the server has no streets: the page asks before it can know. */
  reply: z.union([streetsReply, z.strictObject({ noStreets: z.string() })]),
});
