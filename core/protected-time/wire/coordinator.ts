import { z } from "zod";
import { londonDate } from "#core/text/london-date.ts";

/** What a coordinator and the server say to each other: no event, no place and no time of a session. */

const instant = z.iso.datetime({ offset: true });

const words = z.string().trim().min(1, "say what it is about").max(500, "at most 500 characters");

export const objectionSubjects = ["patrols", "panel", "other"] as const;
export type ObjectionSubject = (typeof objectionSubjects)[number];

/** POST /api/outreach/objections */
export const objectionBody = z.strictObject({ about: z.enum(objectionSubjects), words });

/** POST /api/coordinator/objections/:id/answer */
export const answerBody = z.strictObject({ answer: words });

const objection = z.strictObject({
  id: z.uuid(),
  about: z.enum(objectionSubjects),
  /** Null for whoever reads that there was one, and not what. */
  words: z.string().nullable(),
  raisedAt: instant,
  answer: z.string().nullable(),
  answeredAt: instant.nullable(),
});

/** GET /api/outreach/objections : the own ones. */
export const ownObjectionsReply = z.strictObject({ objections: z.array(objection) });
export type OwnObjectionsReply = z.infer<typeof ownObjectionsReply>;

const partnerState = z.strictObject({
  code: z.string(),
  name: z.string(),
  state: z.enum(["never", "confirmed", "lapsed", "unreadable"]),
  confirmedAt: instant.nullable(),
  /** Nothing changes until then, the partner said. */
  pausedUntil: londonDate.nullable(),
  remindedAt: instant.nullable(),
  /** Large or long closures that no second person of theirs has looked at; closed all the same. */
  unseconded: z.number().int(),
  /** It asked to leave: everything of it is erased from then on, unless somebody of it takes that back. */
  erasedFrom: instant.nullable(),
});
export type PartnerState = z.infer<typeof partnerState>;

/** GET /api/coordinator */
export const coordinatorReply = z.strictObject({
  sentence: z.string(),
  partners: z.array(partnerState),
  /** Reports of the last two weeks that police came to a session; which one it was stays with the partner. */
  came: z.array(
    z.strictObject({
      id: z.uuid(),
      partner: z.string(),
      reportedOn: londonDate,
      readOn: londonDate.nullable(),
    }),
  ),
  objections: z.array(objection.extend({ partner: z.string() })),
});
export type CoordinatorReply = z.infer<typeof coordinatorReply>;
