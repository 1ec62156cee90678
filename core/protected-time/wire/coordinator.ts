import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { calendarStanding } from "#core/protected-time/wire/calendar.ts";

/** What a coordinator and the server say to each other: no event, no place and no time of a session. */

const words = z.string().trim().min(1, "say what it is about").max(500, "at most 500 characters");

export const objectionSubjects = ["patrols", "panel", "other"] as const;
export type ObjectionSubject = (typeof objectionSubjects)[number];

const objectionBody = z.strictObject({ about: z.enum(objectionSubjects), words });
export type ObjectionBody = z.infer<typeof objectionBody>;

export const objection = z.strictObject({
  id: z.uuid(),
  about: z.enum(objectionSubjects),
  /** Null for whoever reads that there was one, and not what. */
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
  /** Large or long closures that no second person of theirs has looked at; closed all the same. */
  unseconded: z.number().int(),
  /** It asked to leave: everything of it is erased from then on, unless somebody of it takes that back. */
  erasedFrom: instant.nullable(),
});
export type PartnerState = z.infer<typeof partnerState>;

export const coordinatorReply = z.strictObject({
  sentence: z.string(),
  partners: z.array(partnerState),
  /** Reports of the last two weeks that police came to a session; which one it was stays with the partner. */
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

/** Each change answers what stands there after it. */
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
