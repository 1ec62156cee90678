import { z } from "zod";
import { sessionReply } from "#core/accounts/wire/session.ts";
import { call } from "#core/contract/call.ts";
import { instant } from "#core/contract/fields.ts";
import { roles } from "#core/role.ts";

/** Signing in and proving presence; the result is in session.ts, which every page reads first. */

/** Longer than any accepted name; anything longer is not worth reading. */
const name = z.string().min(1).max(1_000);
const password = z.string().min(1).max(1_000);
const secret = z.string().min(1).max(200);
export const code = z.string().min(1).max(40);
const pin = z.string().min(1).max(40);

const base64url = z.string().regex(/^[\w-]{1,4000}$/, "base64url");

/** What `navigator.credentials` returns; browsers add fields, so unknown ones are dropped. */
const credential = { id: base64url, rawId: base64url, type: z.literal("public-key") };

const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

export const newPasskey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url }),
});
export type NewPasskey = z.infer<typeof newPasskey>;

const byPasskey = z.strictObject({ passkey: passkeyAnswer });
const byPin = z.strictObject({ pin });

/** One click, in the demonstration only. */
const byRole = z.strictObject({
  role: z.enum(roles),
  partner: z.enum(["a", "b", "c"]).optional(),
});

const secondStepBody = z.union([
  z.strictObject({ code }),
  z.strictObject({ recovery: secret }),
  byPasskey,
]);
export type SecondStep = z.infer<typeof secondStepBody>;

const proveBody = z.union([
  z.strictObject({ password }),
  z.strictObject({ pin: code }),
  z.strictObject({ code }),
  byPasskey,
]);
export type ProofAgain = z.infer<typeof proveBody>;

/** For PublicKeyCredential.parseRequestOptionsFromJSON: any passkey of this address, with its person verified. */
const passkeyRequest = z.strictObject({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal("required"),
});

export const ownSignIn = z.strictObject({
  id: z.uuid(),
  /** "Chrome on Windows". */
  device: z.string().nullable(),
  since: instant,
  lastSeen: instant,
  locked: z.boolean(),
  isThis: z.boolean(),
});

export const sessionCalls = {
  read: call("GET /api/session", { reply: sessionReply }),
  signIn: call("POST /api/session", {
    body: z.union([byRole, z.strictObject({ name, password })]),
    reply: sessionReply,
  }),
  leave: call("DELETE /api/session", { reply: sessionReply }),
  lock: call("POST /api/session/lock", { reply: sessionReply }),
  unlock: call("POST /api/session/unlock", {
    body: z.union([z.strictObject({ password }), byPin]),
    reply: sessionReply,
  }),
  setUp: call("POST /api/session/set-up", {
    body: z.strictObject({ name, secret, password }),
    reply: sessionReply,
  }),
  changePassword: call("PUT /api/session/password", {
    body: z.strictObject({ current: password, password }),
    reply: sessionReply,
  }),
  setUpDevice: call("POST /api/session/device", {
    body: z.strictObject({ secret, pin }),
    reply: sessionReply,
  }),
  byPin: call("POST /api/session/pin", { body: byPin, reply: sessionReply }),
  passkeyChallenge: call("POST /api/session/passkey-challenge", { reply: passkeyRequest }),
  byPasskey: call("POST /api/session/passkey", { body: byPasskey, reply: sessionReply }),
  secondStep: call("POST /api/session/second-step", { body: secondStepBody, reply: sessionReply }),
  prove: call("POST /api/session/prove", { body: proveBody }),
  fresh: call("GET /api/session/fresh", {}),
  ownSignIns: call("GET /api/sign-ins", { reply: z.strictObject({ signIns: z.array(ownSignIn) }) }),
  endSignIn: call("DELETE /api/sign-ins/:id", { params: { id: z.uuid() } }),
  toProvider: call("GET /api/session/provider", {}),
  fromProvider: call("GET /api/session/provider/return", {}),
};
