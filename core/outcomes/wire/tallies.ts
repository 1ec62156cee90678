import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant, revision } from "#core/contract/fields.ts";
import {
  type BreakdownName,
  breakdowns,
  measureNames,
  sensitiveBreakdowns,
} from "#core/outcomes/measures.ts";

const measure = z.enum(measureNames);
const breakdownNames = Object.keys(breakdowns) as [BreakdownName, ...BreakdownName[]];
const breakdown = z.enum(breakdownNames);
const part = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, "a part such as within_command");

/** One typed total: shown for the exact period typed, never split or summed into others. */
export const tally = z
  .strictObject({
    measure,
    /** The breakdown and the part; null or absent: the whole. */
    breakdown: breakdown.nullish(),
    part: part.nullish(),
    /** London dates, both inclusive. */
    from: date,
    to: date,
    value: z.int().min(0).max(1_000_000),
    takenFrom: z.string().nullish(),
  })
  .refine((value) => value.to >= value.from, {
    path: ["to"],
    error: "The last day of the period is before its first day",
  });
export type Tally = z.infer<typeof tally>;

/** As written in a form or a file: faults are told in words, line by line. */
export const writtenTally = z.strictObject({
  measure,
  breakdown: breakdown.nullish(),
  part: part.nullish(),
  from: date,
  to: date,
  value: z.union([z.number(), z.string().max(200)]),
  takenFrom: z.string().max(20_000).nullish(),
});
export type WrittenTally = z.infer<typeof writtenTally>;

/** POST /api/tallies : all or none. */
const talliesBody = z.strictObject({ totals: z.array(writtenTally).min(1).max(500) });

/** Why a value changed; a closed list, so that nobody is described. */
export const tallyReasons = {
  mistyped: "Typing error",
  records_came_late: "Late records",
  counted_twice: "Counted twice",
  wrong_period: "Wrong period",
  other_definition: "Different definition",
} as const;
export type TallyReason = keyof typeof tallyReasons;
const reason = z.enum(Object.keys(tallyReasons) as [TallyReason, ...TallyReason[]]);

/** PUT /api/tallies/:id ; null withdraws it. */
export const correctTallyBody = z.strictObject({
  /** The revision read. */
  revision,
  value: z.union([z.number(), z.string().max(200)]).nullable(),
  reason,
});
export type CorrectTallyBody = z.infer<typeof correctTallyBody>;

export const tallyChange = z.strictObject({
  value: z.int().nullable(),
  reason: reason.nullable(),
  at: instant,
  by: z.string(),
});

export const storedTally = z.strictObject({
  id: z.int(),
  measure,
  breakdown: breakdown.nullable(),
  part: part.nullable(),
  label: z.string(),
  from: date,
  to: date,
  /** Null: withdrawn. */
  value: z.int().nullable(),
  takenFrom: z.string().nullable(),
  revision: z.int(),
  /** Every value that it ever had, the first one first. */
  changes: z.array(tallyChange),
});
export type StoredTallyReply = z.infer<typeof storedTally>;

/** GET /api/tallies : exact figures, for sergeant, analyst and auditor. */
export const talliesReply = z.strictObject({
  tallies: z.array(storedTally),
  bases: z.array(z.enum(sensitiveBreakdowns)),
});
export type TalliesReply = z.infer<typeof talliesReply>;

/** Conditions of DPA 2018 Schedule 8 under which a sensitive breakdown can be typed. */
export const basisConditions = {
  statutory_purposes: "Statutory purposes (paragraph 1)",
  safeguarding: "Safeguarding of individuals at risk (paragraph 4)",
  statistics: "Statistical purposes (paragraph 9)",
} as const;
export type BasisCondition = keyof typeof basisConditions;
const condition = z.enum(Object.keys(basisConditions) as [BasisCondition, ...BasisCondition[]]);

export const lawfulBasisBody = z.strictObject({
  breakdown: z.enum(sensitiveBreakdowns),
  /** False ends it: no new totals; existing ones stay. */
  inForce: z.boolean(),
  condition,
  policy: z
    .string()
    .trim()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}$/,
      "a reference of up to 60 letters, numbers, spaces, points, slashes and hyphens",
    ),
});
export type LawfulBasisBody = z.infer<typeof lawfulBasisBody>;

export const lawfulBasis = lawfulBasisBody.extend({ recordedAt: instant, recordedBy: z.string() });

/** GET /api/lawful-bases : the last one first. */
const lawfulBasesReply = z.strictObject({ bases: z.array(lawfulBasis) });
export type LawfulBasesReply = z.infer<typeof lawfulBasesReply>;

/** POST /api/tallies/own : what a partner counts of its own work; the last one of a period counts. */
const ownTallyBody = z.strictObject({
  from: date,
  to: date,
  value: z.union([z.number(), z.string().max(200)]),
});
export type OwnTallyBody = z.infer<typeof ownTallyBody>;

export const ownContacts = z.strictObject({
  from: date,
  to: date,
  value: z.int(),
  enteredAt: instant,
});

/** GET /api/tallies/own : a partner's own only. */
export const ownTalliesReply = z.strictObject({ contacts: z.array(ownContacts) });
export type OwnTalliesReply = z.infer<typeof ownTalliesReply>;

export const tallyCalls = {
  list: call("GET /api/tallies", { reply: talliesReply }),
  enter: call("POST /api/tallies", {
    body: talliesBody,
    reply: z.strictObject({ kept: z.int() }),
  }),
  correct: call("PUT /api/tallies/:id", {
    params: {
      id: z.coerce
        .number()
        .int()
        .min(1)
        .max(2 ** 31 - 1),
    },
    body: correctTallyBody,
    reply: talliesReply,
  }),
  bases: call("GET /api/lawful-bases", { reply: lawfulBasesReply }),
  recordBasis: call("POST /api/lawful-bases", { body: lawfulBasisBody, reply: lawfulBasesReply }),
  own: call("GET /api/tallies/own", { reply: ownTalliesReply }),
  enterOwn: call("POST /api/tallies/own", { body: ownTallyBody, reply: ownTalliesReply }),
};
