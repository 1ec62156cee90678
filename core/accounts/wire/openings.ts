import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { roles } from "#core/role.ts";

/** What was opened for an account, and a second person's decision on it. */

const role = z.enum([...roles, "operator"]);

export const openingActs = [
  "made",
  "role",
  "partner",
  "enabled",
  "extended",
  "passwords",
  "secret",
  "password",
  "provider",
  "link",
  "public",
] as const;
export type OpeningAct = (typeof openingActs)[number];

export const opening = z.strictObject({
  id: z.uuid(),
  account: z.string(),
  role: z.enum(roles),
  partner: z.string().nullable(),
  act: z.enum(openingActs),
  askedAt: instant,
  askedRole: role,
  /** A partner is told the role only. */
  askedBy: z.string().nullable(),
  /** `expired` and `refused` open nothing; of `replaced` nothing is left that could. */
  state: z.enum(["waits", "confirmed", "refused", "expired", "replaced", "not needed"]),
  /** Until something newer takes its place, or the account is shut altogether. */
  keepsShut: z.boolean(),
  /** After this nobody can confirm it. */
  dueAt: instant,
  decidedAt: instant.nullable(),
  decidedRole: role.nullable(),
  mayDecide: z.boolean(),
  isNew: z.boolean(),
});
export type OpeningReply = z.infer<typeof opening>;

const openingsReply = z.strictObject({ openings: z.array(opening) });
export type OpeningsReply = z.infer<typeof openingsReply>;

const one = { params: { id: z.uuid() }, reply: openingsReply };

export const openingCalls = {
  list: call("GET /api/openings", { reply: openingsReply }),
  confirm: call("POST /api/openings/:id/confirm", one),
  refuse: call("POST /api/openings/:id/refuse", one),
  seen: call("POST /api/openings/seen", { reply: z.strictObject({ seen: z.boolean() }) }),
};
