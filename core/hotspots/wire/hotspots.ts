import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { measures } from "#core/hotspots/rank.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { listOf, typeList } from "#core/records/wire/list-of.ts";
import { hotBys } from "#core/stats/hot.ts";
import { londonDate } from "#core/text/london-date.ts";

/** GET /api/hotspots and `boxster hotspots`: inclusive London dates, half-open hours. */
export const hotspotsQuery = z.strictObject({
  from: londonDate,
  to: londonDate,
  kinds: listOf(eventKinds, "kind").optional(),
  sources: listOf(eventSources, "source").optional(),
  categories: listOf(eventCategories, "category").optional(),
  /** The sources' own words, in any case; events of any type and of none when absent. */
  types: typeList.optional(),
  /** `fri,sat`: days of the week; hours that go over midnight belong to the day they start on. */
  days: z.string().optional(),
  /** `20-02` */
  hours: z.string().optional(),
  resolution: z.coerce.number().int().min(8).max(10).default(10),
  /** A borough, ward or neighbourhood by name; the whole command when absent. */
  area: z.string().optional(),
  measure: z.enum(measures).default("count"),
  /** The first so many rows; all unless said. Totals and tests are of all cells whatever it is. */
  limit: z.coerce.number().int().min(1).max(10_000).optional(),
});
export type HotspotsQuery = z.infer<typeof hotspotsQuery>;

export const hotspotRow = z.strictObject({
  cell: z.string(),
  place: z.string(),
  count: z.int(),
  weight: z.number(),
  /** Weight per week. */
  rate: z.number(),
  /** Weight per square kilometre. */
  density: z.number(),
  /** What an even spread over the study set gives the cell. */
  expectedOwn: z.number(),
  /** Events in the cell and its neighbours, and what an even spread gives these together. */
  near: z.int(),
  expected: z.number(),
  /** Gi*. */
  z: z.number().nullable(),
  /** Exact binomial tails of `count` and of `near`, twice the smaller, and Benjamini-Hochberg over that (DEFINITIONS, Hot). */
  ownP: z.number(),
  areaP: z.number(),
  p: z.number(),
  q: z.number(),
  hot: z.boolean(),
  /** It passes only through the excess of a hotspot next to it. */
  beside: z.boolean(),
  /** `own`: this place by itself; `area`: this place with its neighbours; null where it is not hot. */
  by: z.enum(hotBys).nullable(),
  /** Only for the measure `change`: the period just before, of the same length or of as much as was recorded; */
  before: z.int().optional(),
  /** and `count` less what that many bring in a period of this length. */
  change: z.number().optional(),
  changeP: z.number().nullable().optional(),
  changeQ: z.number().nullable().optional(),
  /** Only for the measure `emerging`, such as "new hot spot". */
  category: z.string().optional(),
});

export const hotspotsReply = z.strictObject({
  studyArea: z.string(),
  resolution: z.int(),
  /** Cells of the study set, zeros included. */
  cells: z.int(),
  from: londonDate,
  to: londonDate,
  kinds: z.array(z.enum(eventKinds)),
  sources: z.array(z.enum(eventSources)),
  /** Only where some were asked for. */
  types: z.array(z.string()).optional(),
  measure: z.enum(measures),
  /** Counted events of the study area; `total` is the sum of the next two. */
  total: z.int(),
  reported: z.int(),
  discovered: z.int(),
  hourUnknown: z.int(),
  outside: z.int(),
  test: z.string(),
  sentence: z.string(),
  rows: z.array(hotspotRow),
});
export type HotspotsReply = z.infer<typeof hotspotsReply>;

export const hotspotsCall = call("GET /api/hotspots", {
  query: hotspotsQuery,
  reply: hotspotsReply,
});
