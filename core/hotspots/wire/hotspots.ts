import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { listOf, typeList } from "#core/records/wire/list-of.ts";
import { hotBys } from "#core/stats/hot.ts";
import { londonDate } from "#core/text/london-date.ts";

export const measures = ["count", "rate", "density", "gi", "change", "emerging"] as const;
export type Measure = (typeof measures)[number];

/** GET /api/hotspots and `boxster hotspots`: inclusive London dates, half-open hours. */
export const hotspotsQuery = z.strictObject({
  from: londonDate,
  to: londonDate,
  kinds: listOf(eventKinds, "kind").optional(),
  sources: listOf(eventSources, "source").optional(),
  categories: listOf(eventCategories, "category").optional(),
  /** The sources' own words, in any case; absent: events of any type and of none. */
  types: typeList.optional(),
  /** `fri,sat`: days of the week; hours that go over midnight belong to the day they start on. */
  days: z.string().optional(),
  /** `20-02` */
  hours: z.string().optional(),
  resolution: z.coerce.number().int().min(8).max(10).default(10),
  /** A borough, ward or neighbourhood by name; the whole command when absent. */
  area: z.string().optional(),
  measure: z.enum(measures).default("count"),
  /** Most rows listed, all if absent. Totals and tests always cover all cells. */
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
  /** Expected in the cell under an even spread. */
  expectedOwn: z.number(),
  /** Events in the cell and its neighbours, and expected under an even spread. */
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
  /** `own`: by itself; `area`: with its neighbours; null where not hot. */
  by: z.enum(hotBys).nullable(),
  /** `change` only: events of the period before, as long or as much as was recorded. */
  before: z.int().optional(),
  /** `change` only: `count` less that expected at the earlier rate. */
  change: z.number().optional(),
  changeP: z.number().nullable().optional(),
  changeQ: z.number().nullable().optional(),
  /** `emerging` only, such as "new hot spot". */
  category: z.string().optional(),
});
export type HotspotRow = z.infer<typeof hotspotRow>;

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
