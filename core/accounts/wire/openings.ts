import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { roles } from "#core/role.ts";

/** What was opened for somebody's account, and the word of a second person on it. */

/** Roles of people, and the command line of the host. */
const role = z.enum([...roles, "operator"]);

/** What was done: to the account itself, its last day, whether a partner may have a password, the password, its name at the provider, a phone. */
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
] as const;
export type OpeningAct = (typeof openingActs)[number];

export const opening = z.strictObject({
  id: z.uuid(),
  /** Name of the account that it opens. */
  account: z.string(),
  role: z.enum(roles),
  /** Name of its outreach partner. */
  partner: z.string().nullable(),
  act: z.enum(openingActs),
  askedAt: instant,
  askedRole: role,
  /** Who it was; a partner is told the role alone. */
  askedBy: z.string().nullable(),
  /** `expired` and `refused` open nothing; of `replaced` nothing is left that could. */
  state: z.enum(["waits", "confirmed", "refused", "expired", "replaced", "not needed"]),
  /** Until something newer takes its place, or the account is shut altogether. */
  keepsShut: z.boolean(),
  /** Nobody can confirm it from then on. */
  dueAt: instant,
  decidedAt: instant.nullable(),
  decidedRole: role.nullable(),
  /** Whether the caller can be the second person. */
  mayDecide: z.boolean(),
  /** Asked or decided since the caller last put them away. */
  isNew: z.boolean(),
});
export type OpeningReply = z.infer<typeof opening>;

/** What the caller's role may know of. */
const openingsReply = z.strictObject({ openings: z.array(opening) });
export type OpeningsReply = z.infer<typeof openingsReply>;

const one = { params: { id: z.uuid() }, reply: openingsReply };

export const openingCalls = {
  list: call("GET /api/openings", { reply: openingsReply }),
  confirm: call("POST /api/openings/:id/confirm", one),
  refuse: call("POST /api/openings/:id/refuse", one),
  seen: call("POST /api/openings/seen", { reply: z.strictObject({ seen: z.boolean() }) }),
};
