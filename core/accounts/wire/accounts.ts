import { z } from "zod";
import { ofAccount } from "#core/accounts/wire/devices.ts";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { roles } from "#core/role.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import { hasUnseen, shownName, unseenReason } from "#core/text/shown-name.ts";

/** The admin has seen which name it looks like. */
const evenAlike = z.boolean().optional();

/** A field left out keeps its value. */
const decided = {
  shownName: shownName(80).nullable().optional(),
  /** Code of the outreach partner, for the role partner; of the patrol partner, for the role warden. */
  partner: z.string().trim().min(1).max(80).nullable().optional(),
  neighbour: z.string().trim().min(1).max(80).nullable().optional(),
  lastDay: date.nullable().optional(),
  oidcName: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .refine((name) => !hasUnseen(name), unseenReason)
    .nullable()
    .optional(),
  evenAlike,
};

export const newAccountBody = z.strictObject({
  ...decided,
  name: z.string().min(1).max(200),
  role: z.enum(roles),
});

const accountChangeBody = z.strictObject({
  ...decided,
  role: z.enum(roles).optional(),
  /** Whether a partner's account may sign in by password. */
  partnerPassword: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export type AccountChange = z.infer<typeof accountChangeBody>;

export const accountReply = z.strictObject({
  id: z.string(),
  name: z.string(),
  shownName: z.string().nullable(),
  role: z.enum(roles),
  partner: z.string().nullable(),
  neighbour: z.string().nullable(),
  hasPassword: z.boolean(),
  partnerPassword: z.boolean(),
  phones: z.int(),
  /** A passkey, or an authenticator app. */
  hasSecondFactor: z.boolean(),
  /** Until when a one-time secret sets a first password. */
  setUpUntil: instant.nullable(),
  oidcName: z.string().nullable(),
  /** Has signed in through the identity provider, and is known there by its subject since. */
  isBound: z.boolean(),
  createdOn: date,
  lastDay: date.nullable(),
  state: z.enum(["in use", "expired", "disabled"]),
  isOwn: z.boolean(),
});
export type AccountReply = z.infer<typeof accountReply>;

export const newPartnerBody = z.strictObject({
  name: shownName(80).regex(/[a-z0-9]/i, "a letter or a number is needed"),
  evenAlike,
});

export const partnerReply = z.strictObject({ code: z.string(), name: z.string() });

const accountsReply = z.strictObject({
  accounts: z.array(accountReply),
  partners: z.array(partnerReply),
  patrolPartners: z.array(partnerReply),
  neighbours: z.array(z.string()),
});
export type AccountsReply = z.infer<typeof accountsReply>;

const setUpSecretReply = z.strictObject({
  /** Shown this once. */
  secret: z.string(),
  until: instant,
  /** Opens nothing until a second person confirms it; its lifetime starts then. */
  waits: z.boolean(),
});
export type SetUpSecret = z.infer<typeof setUpSecretReply>;

const accountSettingsBody = z
  .strictObject({
    /** Whether passwords sign in; where not, only the identity provider does. */
    localPasswords: z.boolean(),
    /** Whether sergeants and analysts need a second factor; administrators and auditors always do. */
    secondFactorForPolice: z.boolean(),
    /** The number that partners phone while police have not confirmed; null where none is set. */
    policeContact: phoneNumber.nullable(),
  })
  .partial();
export type AccountSettings = z.infer<typeof accountSettingsBody>;

const accountSettingsReply = z.strictObject({
  localPasswords: z.boolean(),
  secondFactorForPolice: z.boolean(),
  policeContact: z.string().nullable(),
  provider: z.string().nullable(),
});
export type AccountSettingsReply = z.infer<typeof accountSettingsReply>;

export const accountCalls = {
  list: call("GET /api/accounts", { reply: accountsReply }),
  add: call("POST /api/accounts", { body: newAccountBody, reply: accountReply }),
  change: call("PATCH /api/accounts/:id", {
    params: ofAccount,
    body: accountChangeBody,
    reply: accountReply,
  }),
  drawSecret: call("POST /api/accounts/:id/set-up", { params: ofAccount, reply: setUpSecretReply }),
  settings: call("GET /api/account-settings", { reply: accountSettingsReply }),
  changeSettings: call("PUT /api/account-settings", {
    body: accountSettingsBody,
    reply: accountSettingsReply,
  }),
  addPartner: call("POST /api/partners", { body: newPartnerBody, reply: partnerReply }),
};
