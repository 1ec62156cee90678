import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, id } from "#core/contract/fields.ts";
import { decisionWords } from "#core/displacement/wire/alerts.ts";

/** In the order in which they are said; a migration lets the database take another. */
export const stopChoices = ["pause", "hours", "area", "neighbour", "partners"] as const;
export type StopChoice = (typeof stopChoices)[number];
export const stopActors = ["sergeant", "analyst", "presenter", "admin"] as const;
export type StopActor = (typeof stopActors)[number];
export const mostStopDays = 28;

const body = z.strictObject({
  choices: z
    .array(z.enum(stopChoices))
    .min(1, "Choose at least one thing to do.")
    .refine((all) => new Set(all).size === all.length, "Choose each once."),
  /** The role that acts. */
  acts: z.enum(stopActors),
  withinDays: z.int().min(1).max(mostStopDays, `Within ${mostStopDays} days at most.`),
  /** Asked for after the first look, or in place of another rule. */
  reason: decisionWords.nullable(),
});
export type StopRuleBody = z.infer<typeof body>;

export const stopRule = z.strictObject({
  id,
  choices: z.array(z.enum(stopChoices)),
  acts: z.enum(stopActors),
  withinDays: z.int(),
  reason: z.string().nullable(),
  askedOn: date,
  askedBy: z.string(),
  /** Null while it waits for a second person. */
  confirmedOn: date.nullable(),
  confirmedBy: z.string().nullable(),
});
export type StopRule = z.infer<typeof stopRule>;

export const stopAnswer = z.strictObject({
  id,
  neighbour: z.string(),
  asAgreed: z.boolean(),
  /** What else was done, and why. */
  words: z.string().nullable(),
  answeredOn: date,
  answeredBy: z.string(),
  /** False of those from before a second person was asked for. */
  byTwo: z.boolean(),
  /** Null while it waits for a second person. */
  confirmedOn: date.nullable(),
  confirmedBy: z.string().nullable(),
});
export type StopAnswer = z.infer<typeof stopAnswer>;

/** A boundary at which reports have risen; it stays one. */
export const stopRise = z.strictObject({ neighbour: z.string(), shownOn: date });

export const stopReply = z.strictObject({
  /** End of the first whole week: until the day before a rule is set beforehand. */
  firstLookOn: date,
  inForce: stopRule.nullable(),
  waiting: stopRule.nullable(),
  /** Rules that others took the place of, oldest first. */
  earlier: z.array(stopRule).readonly(),
  risen: z.array(stopRise).readonly(),
  answers: z.array(stopAnswer).readonly(),
});
export type StopReply = z.infer<typeof stopReply>;

export const stopRuleCalls = {
  read: call("GET /api/operations/:id/stop-rule", { reply: stopReply }),
  ask: call("POST /api/operations/:id/stop-rule", { body, reply: stopReply }),
  confirm: call("POST /api/operations/:id/stop-rule/confirm", {
    /** The rule that was read. */
    body: z.strictObject({ rule: id }),
    reply: stopReply,
  }),
  answer: call("POST /api/operations/:id/stop-rule/answer", {
    body: z
      .strictObject({
        neighbour: z.string().min(1).max(100),
        asAgreed: z.boolean(),
        words: decisionWords.nullable(),
      })
      .refine(({ asAgreed, words }) => asAgreed || words !== null, {
        path: ["words"],
        error: "Say what was done instead, and why.",
      }),
    reply: stopReply,
  }),
  confirmAnswer: call("POST /api/operations/:id/stop-rule/answer/confirm", {
    /** The answer that was read. */
    body: z.strictObject({ answer: id }),
    reply: stopReply,
  }),
};
