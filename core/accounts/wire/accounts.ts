import { z } from "zod";
import { roles } from "#core/role.ts";
import { londonDate } from "#core/text/london-date.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import { hasUnseen, shownName, unseenReason } from "#core/text/shown-name.ts";

const personName = shownName(80).nullable();
const oidcName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .refine((name) => !hasUnseen(name), unseenReason)
  .nullable();
const partner = z.string().trim().min(1).max(80).nullable();
const neighbour = z.string().trim().min(1).max(80).nullable();
/** Whoever adds it has read which name it looks like. */
const evenAlike = z.boolean().optional();
/** Last day the account can be used. */
const lastDay = londonDate.nullable();

export const newAccountBody = z.strictObject({
  name: z.string().min(1).max(200),
  role: z.enum(roles),
  shownName: personName.optional(),
  /** Code of the outreach partner, for the role partner alone. */
  partner: partner.optional(),
  /** Name of the neighbour, for the role liaison alone. */
  neighbour: neighbour.optional(),
  lastDay: lastDay.optional(),
  /** Name or subject at the identity provider. */
  oidcName: oidcName.optional(),
  evenAlike,
});

export type NewAccount = z.infer<typeof newAccountBody>;

/** What is left out stays as it is. */
export const accountChangeBody = z.strictObject({
  role: z.enum(roles).optional(),
  shownName: personName.optional(),
  partner: partner.optional(),
  neighbour: neighbour.optional(),
  lastDay: lastDay.optional(),
  oidcName: oidcName.optional(),
  /** Of a partner's account: whether a password may sign it in. */
  partnerPassword: z.boolean().optional(),
  disabled: z.boolean().optional(),
  evenAlike,
});
export type AccountChange = z.infer<typeof accountChangeBody>;

export const accountPasswordBody = z.strictObject({ password: z.string().min(1).max(1_000) });

const account = z.strictObject({
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
  phones: z.number().int(),
  /** A passkey, or an authenticator app. */
  hasSecondFactor: z.boolean(),
  /** Until when a one-time secret sets a first password. */
  setUpUntil: z.iso.datetime({ offset: true }).nullable(),
  oidcName: z.string().nullable(),
  /** Has signed in through the identity provider, and is known there by its subject since. */
  isBound: z.boolean(),
  createdOn: londonDate,
  lastDay,
  state: z.enum(["in use", "expired", "disabled"]),
  /** The one that asks. */
  isOwn: z.boolean(),
});
export type AccountReply = z.infer<typeof account>;
export const accountReply = account;

export const newPartnerBody = z.strictObject({
  name: shownName(80).regex(/[a-z0-9]/i, "a letter or a number is needed"),
  evenAlike,
});

export const partnerReply = z.strictObject({ code: z.string(), name: z.string() });
export type PartnerReply = z.infer<typeof partnerReply>;

export const accountsReply = z.strictObject({
  accounts: z.array(account),
  /** The outreach partners there are, to choose from. */
  partners: z.array(partnerReply),
  /** The neighbouring commands there are, by the names of their edges. */
  neighbours: z.array(z.string()),
});
export type AccountsReply = z.infer<typeof accountsReply>;

export const setUpSecretReply = z.strictObject({
  /** Shown this once. */
  secret: z.string(),
  until: z.iso.datetime({ offset: true }),
  /** It opens nothing before a second person has confirmed it, and has its time from then on. */
  waits: z.boolean(),
});

export type SetUpSecret = z.infer<typeof setUpSecretReply>;

const accountSettings = z.strictObject({
  /** Whether passwords sign in; where not, only the identity provider does. */
  localPasswords: z.boolean(),
  /** Whether sergeants and analysts need a second factor; administrators and auditors always do. */
  secondFactorForPolice: z.boolean(),
  /** The number that partners phone while police have not confirmed; null where none is set. */
  policeContact: z.string().nullable(),
});

export type AccountSettings = z.infer<typeof accountSettings>;

/** What is left out stays as it is. */
export const accountSettingsBody = accountSettings
  .extend({ policeContact: phoneNumber.nullable() })
  .partial();

export const accountSettingsReply = accountSettings.extend({
  /** What the identity provider is called, where one is set. */
  provider: z.string().nullable(),
});
export type AccountSettingsReply = z.infer<typeof accountSettingsReply>;
