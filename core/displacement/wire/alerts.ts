import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { alertActs, alertStates, handoverRoles } from "#core/displacement/watch/acts.ts";
import { faultsOfWords } from "#core/text/free-words.ts";
import { maySpeakOfPerson, personRefusal } from "#core/text/speaks-of-person.ts";

const count = z.int().nonnegative();

export const alertFigures = z.strictObject({
  firstDay: date,
  lastDay: date,
  observed: count,
  expected: z.number(),
  /** Observed over expected. */
  ratio: z.number(),
  p: z.number(),
});

export const alertAct = z.strictObject({
  act: z.enum(alertActs),
  on: date,
  at: instant,
  /** "system" where no person decided. */
  by: z.string(),
  words: z.string().nullable(),
  neighbour: z.string().nullable(),
  role: z.enum(handoverRoles).nullable(),
  figures: alertFigures.nullable(),
});
export type AlertActReply = z.infer<typeof alertAct>;

export const alertReply = alertFigures.extend({
  id: z.int(),
  operation: z.string(),
  state: z.enum(alertStates),
  sentence: z.string(),
  place: z.string(),
  /** The edge whose zone holds most of it. */
  neighbour: z.string().nullable(),
  /** That line runs inside the command. */
  isInternal: z.boolean(),
  beyond: count,
  /** Of the observed; the rest are by partners. */
  residents: count,
  /** Years in which chance alone shows as much once. */
  recurrenceYears: z.number(),
  /** The least p that its replicates can give. */
  isRarest: z.boolean(),
  replicates: z.int(),
  seed: z.int(),
  radiusMetres: z.number(),
  /** At resolution 10, with the reports in each, the most first. */
  cells: z.array(z.strictObject({ cell: z.string(), reports: count })).readonly(),
  raisedOn: date,
  seenOn: date,
  seenAt: instant,
  /** Still present at the last check. */
  goesOn: z.boolean(),
  handedTo: z.strictObject({ neighbour: z.string(), role: z.enum(handoverRoles) }).nullable(),
  /** Oldest first. */
  history: z.array(alertAct).readonly(),
});
export type AlertReply = z.infer<typeof alertReply>;

export const watchLook = z.strictObject({
  asAt: date,
  at: instant,
  answer: z.enum(["too_few", "nothing", "found"]),
  sentence: z.string(),
  reports: count,
  strongestP: z.number().nullable(),
  level: z.number(),
  looksPerYear: z.int(),
  falseAlertsPerYear: z.number(),
  replicates: z.int(),
  seed: z.int(),
});

const watched = z.strictObject({
  operation: z.string(),
  /** Its treated cells at resolution 10. */
  treated: z.array(z.string()).readonly(),
  isRunning: z.boolean(),
  /** Null before the first look. */
  look: watchLook.nullable(),
  /** Records or days that no look has covered yet. */
  isBehind: z.boolean(),
});
export type WatchedOperation = z.infer<typeof watched>;

/** GET /api/alerts : newest first. */
export const alertsReply = z.strictObject({
  asAt: date,
  /** Not acknowledged, handed over or closed. */
  open: count,
  operations: z.array(watched).readonly(),
  alerts: z.array(alertReply).readonly(),
  neighbours: z.array(z.string()).readonly(),
  method: z.array(z.string()).readonly(),
});
export type AlertsReply = z.infer<typeof alertsReply>;

export const mostAlertWords = 300;

/** Free words of somebody who decides: one line, about no person. */
export const decisionWords = z
  .string()
  .trim()
  .min(1, "Briefly say what you found or did.")
  .max(mostAlertWords, `At most ${mostAlertWords} letters.`)
  .regex(/^[^\p{Cc}]*$/u, "Use one line of plain text.")
  .refine((text) => faultsOfWords("words", text).length === 0, {
    error: ({ input }) => faultsOfWords("words", String(input))[0]?.reason,
  })
  .refine((text) => maySpeakOfPerson(text) === null, {
    error: ({ input }) => personRefusal(maySpeakOfPerson(String(input)) ?? "This"),
  });

const alertDecidedReply = z.strictObject({
  id: z.int(),
  state: z.enum(alertStates),
  /**
   * Its number where it was handed over under an agreement in force: their liaison reads of it once another
   * person has said that their outreach was told.
   */
  handover: z.string().nullable(),
});
export type AlertDecidedReply = z.infer<typeof alertDecidedReply>;

const params = {
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
};
const alertWordsBody = z.strictObject({ words: decisionWords });

export const alertCalls = {
  list: call("GET /api/alerts", { reply: alertsReply }),
  acknowledge: call("POST /api/alerts/:id/acknowledge", {
    params,
    body: alertWordsBody,
    reply: alertDecidedReply,
  }),
  handOver: call("POST /api/alerts/:id/hand-over", {
    params,
    body: z.strictObject({
      neighbour: z.string().min(1).max(100),
      role: z.enum(handoverRoles),
      words: decisionWords,
    }),
    reply: alertDecidedReply,
  }),
  close: call("POST /api/alerts/:id/close", {
    params,
    body: alertWordsBody,
    reply: alertDecidedReply,
  }),
};
