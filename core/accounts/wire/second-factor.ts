import { z } from "zod";
import { ofAccount } from "#core/accounts/wire/devices.ts";
import { code, newPasskey } from "#core/accounts/wire/sign-in.ts";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/plain-fields.ts";
import { shownName } from "#core/text/shown-name.ts";

/** The second factors of one's own account, and how somebody who lost all of theirs gets in again. */

export const ownPasskey = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  made: instant,
  lastUsed: instant.nullable(),
});

const secondFactorReply = z.strictObject({
  passkeys: z.array(ownPasskey),
  /** When the authenticator app was confirmed. */
  app: instant.nullable(),
  codesLeft: z.int(),
  /** The last one cannot be removed. */
  isRequired: z.boolean(),
});
export type SecondFactorReply = z.infer<typeof secondFactorReply>;

export const addPasskeyBody = z.strictObject({ name: shownName(80), passkey: newPasskey });

/** Shown this once, until the first code confirms it. */
const newAppReply = z.strictObject({ secret: z.string(), address: z.string() });
export type NewAppReply = z.infer<typeof newAppReply>;

export const clearing = z.strictObject({
  id: z.uuid(),
  owner: z.string(),
  askedBy: z.string(),
  asked: instant,
  /** The caller is neither who asked nor whose it is. */
  mayConfirm: z.boolean(),
});
export type Clearing = z.infer<typeof clearing>;

const clearingsReply = z.strictObject({ clearings: z.array(clearing) });
export type ClearingsReply = z.infer<typeof clearingsReply>;

const one = { id: z.uuid() };

export const factorCalls = {
  read: call("GET /api/second-factor", { reply: secondFactorReply }),
  /** For PublicKeyCredential.parseCreationOptionsFromJSON, as the library writes it. */
  passkeyChallenge: call("POST /api/second-factor/passkeys/challenge", {
    reply: z.looseObject({ challenge: z.string() }),
  }),
  addPasskey: call("POST /api/second-factor/passkeys", {
    body: addPasskeyBody,
    reply: secondFactorReply,
  }),
  removePasskey: call("DELETE /api/second-factor/passkeys/:id", {
    params: one,
    reply: secondFactorReply,
  }),
  beginApp: call("POST /api/second-factor/app", { reply: newAppReply }),
  confirmApp: call("PUT /api/second-factor/app", {
    body: z.strictObject({ code }),
    reply: secondFactorReply,
  }),
  removeApp: call("DELETE /api/second-factor/app", { reply: secondFactorReply }),
  /** Shown this once. */
  drawCodes: call("POST /api/second-factor/recovery-codes", {
    reply: z.strictObject({ codes: z.array(z.string()) }),
  }),
};

export const clearingCalls = {
  list: call("GET /api/second-factor/clearings", { reply: clearingsReply }),
  ask: call("POST /api/accounts/:id/second-factor/clearing", {
    params: ofAccount,
    reply: clearingsReply,
  }),
  confirm: call("POST /api/second-factor/clearings/:id/confirm", {
    params: one,
    reply: clearingsReply,
  }),
  refuse: call("DELETE /api/second-factor/clearings/:id", { params: one, reply: clearingsReply }),
  told: call("POST /api/second-factor/told", {}),
};
