import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { columnTypes, date, id, instant } from "#core/contract/fields.ts";
import { actionOwners, actionStates } from "#core/place-plans/action.ts";
import { mostDecisions } from "#core/place-plans/meeting/pack.ts";
import { type MeetingWeek, meetingWeeks } from "#core/place-plans/meeting/series.ts";
import { planStates } from "#core/place-plans/plan.ts";

/** The monthly meeting with partners: when it is, and what is laid before them. */

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

/** PUT /api/meeting/series : the revision that was read, 0 where there is none yet. */
export const seriesBody = z.strictObject({ ...seriesFields, revision: z.int().min(0) });
export type SeriesBody = z.infer<typeof seriesBody>;

export const meetingSeries = z.strictObject({ ...seriesFields, revision: z.int().min(1) });

/** POST /api/meeting/packs */
export const packBody = z.strictObject({
  meetingOn: date,
  decisions: z.array(z.string().max(4000)).max(mostDecisions * 4),
});
export type PackBody = z.infer<typeof packBody>;

const plan = z.strictObject({
  id,
  name: z.string(),
  state: z.enum(planStates),
  reviewOn: date,
  response: z.strictObject({
    partners: z.string(),
    place: z.string(),
    diversion: z.string(),
    enforcement: z.string(),
  }),
});

const action = z.strictObject({
  id,
  words: z.string(),
  owner: z.enum(actionOwners),
  dueOn: date,
  state: z.enum(actionStates),
  closedOn: date.nullable(),
  plan: z.string().nullable(),
});

const texts = z.array(z.string()).readonly();

export const packContent = z
  .strictObject({
    meetingOn: date,
    hours: z.string().nullable(),
    asAt: date,
    since: z.strictObject({ number: z.int(), meetingOn: date }).nullable(),
    agenda: texts,
    complaints: z.strictObject({
      months: z.array(z.strictObject({ month: z.string(), count: z.int().nullable() })).readonly(),
      threshold: z.int(),
      base: z.int(),
    }),
    complaintsSentence: z.string(),
    changes: texts,
    overdue: z.array(action).readonly(),
    due: z.array(action).readonly(),
    later: z.array(action).readonly(),
    reviews: z.array(plan).readonly(),
    plans: z.array(plan).readonly(),
    decisions: texts,
    notes: texts,
  })
  .register(columnTypes, { type: "jsonb" });

export const packHead = z.strictObject({
  id,
  number: z.int(),
  meetingOn: date,
  issuedAt: instant,
  issuedBy: z.string(),
});

/** GET /api/meeting/packs/:id */
export const packReply = packHead.omit({ meetingOn: true }).extend({ content: packContent });
export type PackReply = z.infer<typeof packReply>;

/** GET /api/meeting */
export const meetingReply = z.strictObject({
  asAt: date,
  series: meetingSeries.nullable(),
  /** The next meetings; none while there is no series. */
  next: z.array(date),
  /** Newest first. */
  packs: z.array(packHead),
});
export type MeetingReply = z.infer<typeof meetingReply>;

export const seriesKept = z.strictObject({ revision: z.int() });

export const meetingCalls = {
  read: call("GET /api/meeting", { reply: meetingReply }),
  putSeries: call("PUT /api/meeting/series", { body: seriesBody, reply: seriesKept }),
  issue: call("POST /api/meeting/packs", { body: packBody, reply: packReply }),
  pack: call("GET /api/meeting/packs/:id", { reply: packReply }),
  calendar: call("GET /api/meeting/calendar.ics", {}),
};
