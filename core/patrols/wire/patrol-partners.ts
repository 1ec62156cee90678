import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { hasUnseen, shownName, unseenReason } from "#core/text/shown-name.ts";

/** Who patrols beside police (ADR 36). */

export const patrolPartnerKinds = ["wardens", "marshals", "security"] as const;
export type PatrolPartnerKind = (typeof patrolPartnerKinds)[number];

/** A tenth of a km/h is as fine as anybody knows it. */
const kmh = z.number().min(2).max(7).multipleOf(0.1);

export const patrolPartner = z.strictObject({
  code: z.string(),
  /** Its units are 101 to 112 in the plan if it is 1. */
  number: z.int(),
  name: z.string(),
  kind: z.enum(patrolPartnerKinds),
  /** Of its units on foot. */
  kmh: z.number(),
  /** Codes of boroughs and public areas in which its units may stand; none: the whole command. */
  areas: z.array(z.string()),
});
export type PatrolPartner = Readonly<z.infer<typeof patrolPartner>>;

const areaCode = z
  .string()
  .min(1)
  .max(120)
  .refine((code) => !hasUnseen(code), unseenReason);
const kept = {
  name: shownName(80).regex(/[a-z0-9]/i, "a letter or a number is needed"),
  kind: z.enum(patrolPartnerKinds),
  kmh,
  areas: z.array(areaCode).max(100),
};
const newPatrolPartnerBody = z.strictObject({ ...kept, evenAlike: z.boolean().optional() });
export type NewPatrolPartner = z.infer<typeof newPatrolPartnerBody>;
/** A field left out keeps its value. */
const patrolPartnerChange = newPatrolPartnerBody.partial();
export type PatrolPartnerChange = z.infer<typeof patrolPartnerChange>;

export const patrolPartnersReply = z.strictObject({
  patrolPartners: z.array(patrolPartner),
  /** What `areas` may name, each after the whole that it is part of. */
  choices: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});

export const patrolPartnerCalls = {
  list: call("GET /api/patrol-partners", { reply: patrolPartnersReply }),
  add: call("POST /api/patrol-partners", { body: newPatrolPartnerBody, reply: patrolPartner }),
  change: call("PATCH /api/patrol-partners/:code", {
    params: { code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/) },
    body: patrolPartnerChange,
    reply: patrolPartner,
  }),
};
