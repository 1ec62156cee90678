import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date } from "#core/contract/fields.ts";

/** A calendar month, `YYYY-MM`. */
export const figuresMonth = z
  .string()
  .regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, "write a month as YYYY-MM, such as 2021-10");

/** GET /api/monthly-figures?month=&form= : of one ended month. */
const monthlyFiguresQuery = z.strictObject({
  month: figuresMonth,
  /** `shared`: by the 10-5 rule, as it is shared, and nothing by place. */
  form: z.enum(["exact", "shared"]).default("exact"),
});

export const figureSections = {
  patrols: "Hotspot patrols",
  stops: "Stops and arrests",
  outcomes: "Outcomes",
  peak: "Peak hours",
  priorities: "Priorities",
  abstraction: "Abstraction",
  questions: "Questions from the public",
} as const;
const sectionNames = Object.keys(figureSections) as (keyof typeof figureSections)[];

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
export type FigureLine = z.infer<typeof line>;

const hotspotDose = z.strictObject({
  cell: z.string(),
  place: z.string(),
  reports: z.int(),
  visits: z.int(),
  /** Of all units together, with one decimal. */
  hours: z.number(),
});
export type HotspotDose = z.infer<typeof hotspotDose>;

export const monthlyFiguresReply = z.strictObject({
  month: figuresMonth,
  from: date,
  to: date,
  isExact: z.boolean(),
  sentence: z.string(),
  /** Why hours and visits are not whole yet; null where every patrol is debriefed. */
  incomplete: z.string().nullable(),
  lines: z.array(line),
  /** In the order of Hotspots. Null for sharing, where places would reveal where police were not, and of the guarantee. */
  hotspots: z.array(hotspotDose).nullable(),
  notes: z.array(z.string()),
});
export type MonthlyFiguresReply = z.infer<typeof monthlyFiguresReply>;

/** POST /api/monthly-figures/exports : noted before anything leaves. */
const monthlyFiguresExportBody = z.strictObject({
  month: figuresMonth,
  form: z.enum(["csv", "paper"]),
});

const noted = { body: monthlyFiguresExportBody, reply: z.strictObject({ ok: z.literal(true) }) };
const read = { query: monthlyFiguresQuery, reply: monthlyFiguresReply };

export const monthlyFiguresCalls = {
  read: call("GET /api/monthly-figures", read),
  export: call("POST /api/monthly-figures/exports", noted),
};

/** The Neighbourhood Policing Guarantee, in the same lines. */
export const guaranteeCalls = {
  read: call("GET /api/guarantee", read),
  export: call("POST /api/guarantee/exports", noted),
};

const guarantee = "Neighbourhood Policing Guarantee";

/** What is told of a month: as its paper and file name it. */
export const monthlyPapers = {
  figures: {
    title: "Monthly figures",
    heading: "Monthly figures: hotspot patrols",
    file: "monthly-figures",
  },
  guarantee: { title: guarantee, heading: guarantee, file: "guarantee" },
} as const;
export type MonthlyPaper = (typeof monthlyPapers)[keyof typeof monthlyPapers];
