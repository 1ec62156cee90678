import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { columnTypes, date, id, instant } from "#core/contract/fields.ts";
import { type MeetingWeek, meetingWeeks } from "#core/place-plans/meeting/series.ts";
import { placeAction, sharedPlan } from "#core/place-plans/wire/place-plans.ts";

/** The monthly meeting with partners: its dates and its packs. */

const seriesFields = {
  week: z.custom<MeetingWeek>(
    (value) => (meetingWeeks as readonly unknown[]).includes(value),
    "1 to 4, or -1 for the last",
  ),
  weekday: z.int().min(0).max(6),
  firstOn: date,
  startsAt: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time such as 10:00"),
  minutes: z.int(),
};

/** PUT /api/meeting/series : with the revision that was read, 0 for a first one. */
export const seriesBody = z.strictObject({ ...seriesFields, revision: z.int().min(0) });
export type SeriesBody = z.infer<typeof seriesBody>;

export const meetingSeries = z.strictObject({ ...seriesFields, revision: z.int().min(1) });

export const mostDecisions = 12;

export const packBody = z.strictObject({
  meetingOn: date,
  decisions: z.array(z.string().max(4000)).max(mostDecisions * 4),
});
export type PackBody = z.infer<typeof packBody>;

const complaints = z.strictObject({
  months: z.array(z.strictObject({ month: z.string(), count: z.int().nullable() })).readonly(),
  threshold: z.int(),
  base: z.int(),
});
/** Complaints by residents in the whole command as the panel shows them; null: not shown. */
export type PackComplaints = z.infer<typeof complaints>;

export const packAction = placeAction.pick({
  id: true,
  words: true,
  owner: true,
  dueOn: true,
  state: true,
  closedOn: true,
  plan: true,
});
export type PackAction = z.infer<typeof packAction>;

const texts = z.array(z.string()).readonly();

/** What is laid before the partners. Frozen once it is issued. */
export const packContent = z
  .strictObject({
    meetingOn: date,
    /** "10:00 to 11:30"; null while there is no series, and on a day that is none of its. */
    hours: z.string().nullable(),
    asAt: date,
    /** The meeting that it is measured from; null for the first. */
    since: z.strictObject({ number: z.int(), meetingOn: date }).nullable(),
    agenda: texts,
    complaints,
    complaintsSentence: z.string(),
    /** Each a sentence. */
    changes: texts,
    overdue: z.array(packAction).readonly(),
    due: z.array(packAction).readonly(),
    later: z.array(packAction).readonly(),
    reviews: z.array(sharedPlan).readonly(),
    plans: z.array(sharedPlan).readonly(),
    decisions: texts,
    notes: texts,
  })
  .register(columnTypes, { type: "jsonb" });
export type MeetingPack = z.infer<typeof packContent>;

export const packHead = z.strictObject({
  id,
  number: z.int(),
  meetingOn: date,
  issuedAt: instant,
  issuedBy: z.string(),
});

export const packReply = packHead.omit({ meetingOn: true }).extend({ content: packContent });
export type PackReply = z.infer<typeof packReply>;

export const meetingReply = z.strictObject({
  asAt: date,
  series: meetingSeries.nullable(),
  /** Empty while there is no series. */
  next: z.array(date),
  /** Newest first. */
  packs: z.array(packHead),
});
export type MeetingReply = z.infer<typeof meetingReply>;

export const meetingCalls = {
  read: call("GET /api/meeting", { reply: meetingReply }),
  putSeries: call("PUT /api/meeting/series", {
    body: seriesBody,
    reply: z.strictObject({ revision: z.int() }),
  }),
  issue: call("POST /api/meeting/packs", { body: packBody, reply: packReply }),
  pack: call("GET /api/meeting/packs/:id", { reply: packReply }),
};
