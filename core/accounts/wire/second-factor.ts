import { z } from "zod";
import { ofAccount } from "#core/accounts/wire/devices.ts";
import { code, newPasskey } from "#core/accounts/wire/sign-in.ts";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { shownName } from "#core/text/shown-name.ts";

/** The caller's own second factors, and recovery for people who lost all of theirs. */

export const ownPasskey = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  made: instant,
  lastUsed: instant.nullable(),
});

const ownFactors = z.strictObject({
  passkeys: z.array(ownPasskey),
  app: instant.nullable(),
  codesLeft: z.int(),
  /** The last one cannot be removed. */
  isRequired: z.boolean(),
});
export type SecondFactorReply = z.infer<typeof ownFactors>;

export const addPasskeyBody = z.strictObject({ name: shownName(80), passkey: newPasskey });

/** Shown this once, until the first code confirms it. */
const newAppReply = z.strictObject({ secret: z.string(), address: z.string() });
export type NewAppReply = z.infer<typeof newAppReply>;

export const clearing = z.strictObject({
  id: z.uuid(),
  owner: z.string(),
  askedBy: z.string(),
  asked: instant,
  /** The caller neither asked nor owns the account. */
  mayConfirm: z.boolean(),
});
export type Clearing = z.infer<typeof clearing>;

const clearings = z.strictObject({ clearings: z.array(clearing) });
export type ClearingsReply = z.infer<typeof clearings>;

const one = { id: z.uuid() };

export const factorCalls = {
  read: call("GET /api/second-factor", { reply: ownFactors }),
  /** For PublicKeyCredential.parseCreationOptionsFromJSON, as the library writes it. */
  passkeyChallenge: call("POST /api/second-factor/passkeys/challenge", {
    reply: z.looseObject({ challenge: z.string() }),
  }),
  addPasskey: call("POST /api/second-factor/passkeys", { body: addPasskeyBody, reply: ownFactors }),
  removePasskey: call("DELETE /api/second-factor/passkeys/:id", { params: one, reply: ownFactors }),
  beginApp: call("POST /api/second-factor/app", { reply: newAppReply }),
  confirmApp: call("PUT /api/second-factor/app", {
    body: z.strictObject({ code }),
    reply: ownFactors,
  }),
  removeApp: call("DELETE /api/second-factor/app", { reply: ownFactors }),
  /** Shown this once. */
  drawCodes: call("POST /api/second-factor/recovery-codes", {
    reply: z.strictObject({ codes: z.array(z.string()) }),
  }),
};

export const clearingCalls = {
  list: call("GET /api/second-factor/clearings", { reply: clearings }),
  ask: call("POST /api/accounts/:id/second-factor/clearing", {
    params: ofAccount,
    reply: clearings,
  }),
  confirm: call("POST /api/second-factor/clearings/:id/confirm", { params: one, reply: clearings }),
  refuse: call("DELETE /api/second-factor/clearings/:id", { params: one, reply: clearings }),
  told: call("POST /api/second-factor/told", {}),
};
