import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { calendarStanding } from "#core/protected-time/wire/calendar.ts";

/** A coordinator's view: no event, and no place or time of a session. */

const words = z.string().trim().min(1, "say what it is about").max(500, "at most 500 characters");

export const objectionSubjects = ["patrols", "panel", "other"] as const;
export type ObjectionSubject = (typeof objectionSubjects)[number];

const objectionBody = z.strictObject({ about: z.enum(objectionSubjects), words });
export type ObjectionBody = z.infer<typeof objectionBody>;

export const objection = z.strictObject({
  id: z.uuid(),
  about: z.enum(objectionSubjects),
  /** Null for readers who may only know that there was one. */
  words: z.string().nullable(),
  raisedAt: instant,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});

const ownObjectionsReply = z.strictObject({ objections: z.array(objection) });

const partnerState = z.strictObject({
  code: z.string(),
  name: z.string(),
  ...calendarStanding.shape,
  remindedAt: instant.nullable(),
  /** Large or long closures without a second person's check; closed all the same. */
  unseconded: z.number().int(),
  /** It asked to leave: erased at this time, unless it undoes that. */
  erasedFrom: instant.nullable(),
});
export type PartnerState = z.infer<typeof partnerState>;

const hectares = z.number().min(0);

/** How far what was shown of protected time narrows where a venue is (SAFEGUARDS 5). */
const leakMeter = z.strictObject({
  sentence: z.string(),
  since: date,
  pictures: z.int(),
  /** Null while nothing was shown. */
  toldHa: hectares.nullable(),
  allowedHa: hectares.nullable(),
  leaks: z.array(
    z.strictObject({
      role: z.string(),
      pictures: z.int(),
      toldHa: hectares,
      firstShown: date,
      lastShown: date,
    }),
  ),
});
export type LeakMeter = z.infer<typeof leakMeter>;

export const coordinatorReply = z.strictObject({
  sentence: z.string(),
  leakMeter,
  partners: z.array(partnerState),
  /** Reports of police at a session, in the last two weeks; only the partner knows which one. */
  came: z.array(
    z.strictObject({
      id: z.uuid(),
      partner: z.string(),
      reportedOn: date,
      readOn: date.nullable(),
    }),
  ),
  objections: z.array(objection.extend({ partner: z.string() })),
});
export type CoordinatorReply = z.infer<typeof coordinatorReply>;

/** Each change returns the new state. */
const changed = { params: { id: z.uuid() }, reply: coordinatorReply };

export const coordinatorCalls = {
  read: call("GET /api/coordinator", { reply: coordinatorReply }),
  remind: call("POST /api/coordinator/partners/:code/remind", {
    params: { code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) },
    reply: coordinatorReply,
  }),
  noteCame: call("POST /api/coordinator/police-came/:id/read", changed),
  answer: call("POST /api/coordinator/objections/:id/answer", {
    ...changed,
    body: z.strictObject({ answer: words }),
  }),
  objections: call("GET /api/outreach/objections", { reply: ownObjectionsReply }),
  object: call("POST /api/outreach/objections", { body: objectionBody, reply: ownObjectionsReply }),
};
