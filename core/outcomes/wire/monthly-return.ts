import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";

/** A calendar month, `YYYY-MM`. */
export const returnMonth = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, "write a month as YYYY-MM, such as 2021-10");

/** GET /api/monthly-return?month=&form= : what patrol funders ask about one ended month. */
const monthlyReturnQuery = z.strictObject({
  month: returnMonth,
  /** `shared`: by the 10-5 rule, as it is shared, and nothing by place. */
  form: z.enum(["exact", "shared"]).default("exact"),
});

export const returnSections = {
  patrols: "Hotspot patrols",
  stops: "Stops and arrests",
  outcomes: "Outcomes",
} as const;
const sectionNames = Object.keys(returnSections) as (keyof typeof returnSections)[];

const line = z.strictObject({
  /** `hours`, `visits`, or the measure. */
  id: z.string(),
  section: z.enum(sectionNames),
  label: z.string(),
  definition: z.string(),
  /** Whole, except exact hours (one decimal). Null: withheld or unknown. */
  count: z.number().nullable(),
  unit: z.enum(["hours", "number"]),
  /** "46.5", "about 45", "fewer than 10, or withheld" */
  words: z.string(),
  /** The planned or typed figure beside it. Null for sharing. */
  beside: z.string().nullable(),
});
export type ReturnLine = z.infer<typeof line>;

const hotspotDose = z.strictObject({
  cell: z.string(),
  place: z.string(),
  reports: z.int(),
  visits: z.int(),
  /** Of all units together, with one decimal. */
  hours: z.number(),
});
export type HotspotDose = z.infer<typeof hotspotDose>;

export const monthlyReturnReply = z.strictObject({
  month: returnMonth,
  from: date,
  to: date,
  isExact: z.boolean(),
  sentence: z.string(),
  /** Why hours and visits are not whole yet; null where every patrol is debriefed. */
  incomplete: z.string().nullable(),
  lines: z.array(line),
  /** In the order of Hotspots. Null for sharing: places would reveal where police were not. */
  hotspots: z.array(hotspotDose).nullable(),
  notes: z.array(z.string()),
});
export type MonthlyReturnReply = z.infer<typeof monthlyReturnReply>;

/** POST /api/monthly-return/exports : noted before anything leaves. */
const monthlyReturnExportBody = z.strictObject({
  month: returnMonth,
  form: z.enum(["csv", "paper"]),
});

export const monthlyReturnCalls = {
  read: call("GET /api/monthly-return", { query: monthlyReturnQuery, reply: monthlyReturnReply }),
  export: call("POST /api/monthly-return/exports", {
    body: monthlyReturnExportBody,
    reply: z.strictObject({ ok: z.literal(true) }),
  }),
};
