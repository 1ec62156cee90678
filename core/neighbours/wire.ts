import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";

/** What is exchanged with a neighbouring command: totals by zone and quarter, and words. No cell, no hour, no category. */

const quarter = z.string().regex(/^20\d{2}-Q[1-4]$/, "a quarter such as 2021-Q3");
const neighbour = z.string().trim().min(1).max(80);
const shortText = z.string().min(1).max(400);

/** POST /api/exchange/agreements; append-only, the last row counts. */
export const agreementBody = z.strictObject({
  neighbour,
  reference: shortText,
  /** Roles or desks, no names. */
  contactRole: shortText,
  outreachContact: shortText,
  firstQuarter: quarter,
  lastQuarter: quarter,
  startsOn: date,
  expiresOn: date,
});
export type AgreementBody = z.infer<typeof agreementBody>;

const agreementState = z.enum(["in force", "not begun", "expired"]);

export const agreement = z.strictObject({
  id: z.string(),
  reference: z.string(),
  contactRole: z.string(),
  outreachContact: z.string(),
  /** Cells on their side of the zone. */
  cells: z.int(),
  firstQuarter: quarter,
  lastQuarter: quarter,
  startsOn: date,
  expiresOn: date,
  state: agreementState,
  enteredAt: instant,
});
export type AgreementReply = z.infer<typeof agreement>;

/** What a liaison sees of one quarter, by the 10-5 rule; null: fewer than 10. */
const edgeFigure = z.strictObject({
  quarter,
  name: z.string(),
  reports: z.int().min(10).multipleOf(5).nullable(),
  /** The count has changed by enough that the difference may be disclosed. */
  revised: z.boolean(),
});
export type EdgeFigureReply = z.infer<typeof edgeFigure>;

export const givenTotal = z.strictObject({
  quarter,
  name: z.string(),
  /** Null: fewer than 10. */
  reports: z.int().min(10).nullable(),
  givenAt: instant,
  reference: z.string(),
  /** Given for cells since changed: on record, but counted nowhere. */
  isOlderZone: z.boolean(),
});
export type GivenTotalReply = z.infer<typeof givenTotal>;

export const handover = z.strictObject({
  id: z.string(),
  /** `2021-10` or `2021-Q3`, and in words. */
  period: z.string(),
  periodName: z.string(),
  words: z.string(),
  handedAt: instant,
  /** Their outreach hears first; until then no liaison sees it. */
  toldOutreachAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
});
export type HandoverReply = z.infer<typeof handover>;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);

/** The neighbour's side of the edge, for patrol checks: geography only. */
const agreedArea = z.strictObject({
  zones: z.array(z.strictObject({ name: z.string(), ring: z.array(position) })),
  line: z.array(z.array(position)),
  names: z.array(z.strictObject({ name: z.string(), at: position })),
});
export type AgreedArea = z.infer<typeof agreedArea>;

/** GET /api/exchange/own: all that a liaison sees. */
export const ownExchangeReply = z.strictObject({
  neighbour: z.string().nullable(),
  sentence: z.string(),
  agreement: z
    .strictObject({
      reference: z.string(),
      contactRole: z.string(),
      firstQuarter: quarter,
      lastQuarter: quarter,
      expiresOn: date,
      /** Hash of the agreed zone and quarters: in each row of the file. */
      zoneHash: z.string(),
    })
    .nullable(),
  figures: z.array(edgeFigure),
  notes: z.array(z.string()),
  open: z.array(z.strictObject({ quarter, name: z.string() })),
  /** The latest of each quarter. */
  totals: z.array(givenTotal),
  handovers: z.array(handover),
  /** Where they may ask for patrol checks; null without an agreement. */
  area: agreedArea.nullable(),
});
export type OwnExchangeReply = z.infer<typeof ownExchangeReply>;

/** POST /api/exchange/totals: the form, or the file as text. */
export const totalsBody = z.union([
  z.strictObject({
    totals: z
      .array(z.strictObject({ quarter: z.string().max(40), reports: z.string().max(200) }))
      .min(1)
      .max(40),
  }),
  z.strictObject({ file: z.string().max(60_000) }),
]);
export type TotalsBody = z.infer<typeof totalsBody>;

export const totalsReply = z.strictObject({
  /** How many are new or changed. */
  taken: z.int(),
  unchanged: z.int(),
  totals: z.array(givenTotal),
});
export type TotalsReply = z.infer<typeof totalsReply>;

/** POST /api/exchange/patrol-check: an area on their side, by its named zones or drawn, and one stretch of time. */
export const patrolCheckBody = z
  .strictObject({
    zones: z.array(z.string().min(1).max(200)).min(1).max(20).optional(),
    corners: z.array(position).min(3).max(80).optional(),
    from: instant,
    to: instant,
  })
  .refine(
    ({ zones, corners }) => (zones === undefined) !== (corners === undefined),
    "either zones or corners",
  );
export type PatrolCheckBody = z.infer<typeof patrolCheckBody>;

export const patrolCheckReply = z.strictObject({
  answer: z.enum(["fits", "choose another time"]),
  sentence: z.string(),
  /** The time checked: whole half hours. */
  from: instant,
  to: instant,
  askedAt: instant,
});
export type PatrolCheckReply = z.infer<typeof patrolCheckReply>;

export const commandHandover = handover.extend({
  handedBy: z.string(),
  /** Who confirmed that outreach was told first: never the same person. */
  toldOutreachBy: z.string().nullable(),
  isTeller: z.boolean(),
});
export type CommandHandover = z.infer<typeof commandHandover>;

const neighbourExchange = z.strictObject({
  neighbour: z.string(),
  state: z.enum([...agreementState.options, "none"]),
  /** The last one entered; null where there never was one. */
  agreement: agreement.nullable(),
  /** Those before it, newest first. */
  earlier: z.array(agreement),
  /** Exactly what their liaison sees; none while no agreement is in force. */
  figures: z.array(edgeFigure),
  figureNotes: z.array(z.string()),
  totals: z.array(givenTotal),
  /** Superseded totals, newest first. */
  replaced: z.array(givenTotal),
  handovers: z.array(commandHandover),
});
export type NeighbourExchange = z.infer<typeof neighbourExchange>;

/** GET /api/exchange */
export const exchangeReply = z.strictObject({
  neighbours: z.array(neighbourExchange),
  notes: z.array(z.string()),
});
export type ExchangeReply = z.infer<typeof exchangeReply>;

export const exchangeCalls = {
  read: call("GET /api/exchange", { reply: exchangeReply }),
  agree: call("POST /api/exchange/agreements", { body: agreementBody, reply: exchangeReply }),
  readOwn: call("GET /api/exchange/own", { reply: ownExchangeReply }),
  give: call("POST /api/exchange/totals", { body: totalsBody, reply: totalsReply }),
  checkPatrol: call("POST /api/exchange/patrol-check", {
    body: patrolCheckBody,
    reply: patrolCheckReply,
  }),
};

const params = { id: z.string().regex(/^\d{1,15}$/) };

export const handoverCalls = {
  told: call("POST /api/handovers/:id/told", { params, reply: commandHandover }),
  acknowledge: call("POST /api/handovers/:id/acknowledge", { params, reply: handover }),
};
