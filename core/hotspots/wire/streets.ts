import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { hotspotRow, hotspotsQuery, hotspotsReply } from "#core/hotspots/wire/hotspots.ts";
import { streetClasses } from "#core/places/streets/line.ts";

const streetMeasures = ["count", "density", "gi"] as const;
export type StreetMeasure = (typeof streetMeasures)[number];

/** GET /api/hotspots/streets and `boxster hotspots --by street`: as by cell, without a size of cell. */
export const streetsQuery = hotspotsQuery
  .omit({ resolution: true, measure: true })
  .extend({ measure: z.enum(streetMeasures).default("count") });
export type StreetsQuery = z.infer<typeof streetsQuery>;

/** A piece of street between two junctions. */
const streetRow = z.strictObject({
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
  /** Expected on it under an even spread along streets. */
  expectedOwn: z.number(),
  /** Events on it and on segments that meet it, and those expected under an even spread. */
  near: z.int(),
  expected: z.number(),
  ...hotspotRow.pick({ ownP: true, areaP: true, p: true, q: true }).shape,
  ...hotspotRow.pick({ hot: true, beside: true, by: true }).shape,
  line: z.array(z.tuple([z.number(), z.number()])),
});
export type StreetPlaceRow = z.infer<typeof streetRow>;

/** Connected segments of one name, main and side streets alike. */
const wholeStreet = z.strictObject({
  street: z.string(),
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
  /** Segments whose middle is in the area, empty ones included, and their length. */
  segments: z.int(),
  km: z.number(),
  attribution: z.string().nullable(),
  ...hotspotsReply.pick({ from: true, to: true, kinds: true, sources: true, types: true }).shape,
  measure: z.enum(streetMeasures),
  /** Counted events of the area; of these, those on a street and those on replaced streets. */
  total: z.int(),
  placed: z.int(),
  elsewhere: z.int(),
  hourUnknown: z.int(),
  test: z.string(),
  sentence: z.string(),
  /** Why some have no street; null where all have one. */
  note: z.string().nullable(),
  rows: z.array(streetRow),
  streets: z.array(wholeStreet),
});
export type StreetsReply = z.infer<typeof streetsReply>;

export const streetsCall = call("GET /api/hotspots/streets", {
  query: streetsQuery,
  /** A message where the server has no streets: the page asks before it can know. */
  reply: z.union([streetsReply, z.strictObject({ noStreets: z.string() })]),
});
