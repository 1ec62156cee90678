import { z } from "zod";
import { ofAccount } from "#core/accounts/wire/devices.ts";
import { call } from "#core/contract/call.ts";
import { date, instant } from "#core/contract/fields.ts";
import { roles } from "#core/role.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import { hasUnseen, shownName, unseenReason } from "#core/text/shown-name.ts";

/** Whoever adds it has read which name it looks like. */
const evenAlike = z.boolean().optional();

/** What an administrator decides about an account; what is left out stays as it is. */
const decided = {
  shownName: shownName(80).nullable().optional(),
  /** Code of the outreach partner, for the role partner alone. */
  partner: z.string().trim().min(1).max(80).nullable().optional(),
  /** Name of the neighbour, for the role liaison alone. */
  neighbour: z.string().trim().min(1).max(80).nullable().optional(),
  /** Last day the account can be used. */
  lastDay: date.nullable().optional(),
  /** Name or subject at the identity provider. */
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
  /** Of a partner's account: whether a password may sign it in. */
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
  /** Of a liaison. */
  neighbour: z.string().nullable(),
  hasPassword: z.boolean(),
  /** Of a partner's account: whether it may have one. */
  partnerPassword: z.boolean(),
  /** Phones that open by a PIN. */
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
  /** The one that asks. */
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
  /** The outreach partners there are, to choose from. */
  partners: z.array(partnerReply),
  /** The neighbouring commands there are, by the names of their edges. */
  neighbours: z.array(z.string()),
});
export type AccountsReply = z.infer<typeof accountsReply>;

const setUpSecretReply = z.strictObject({
  /** Shown this once. */
  secret: z.string(),
  until: instant,
  /** It opens nothing before a second person has confirmed it, and has its time from then on. */
  waits: z.boolean(),
});
export type SetUpSecret = z.infer<typeof setUpSecretReply>;

/** What is left out stays as it is. */
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
  /** What the identity provider is called, where one is set. */
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
  setPassword: call("PUT /api/accounts/:id/password", {
    params: ofAccount,
    body: z.strictObject({ password: z.string().min(1).max(1_000) }),
    reply: accountReply,
  }),
  settings: call("GET /api/account-settings", { reply: accountSettingsReply }),
  changeSettings: call("PUT /api/account-settings", {
    body: accountSettingsBody,
    reply: accountSettingsReply,
  }),
  addPartner: call("POST /api/partners", { body: newPartnerBody, reply: partnerReply }),
};
