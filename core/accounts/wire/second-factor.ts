import { z } from "zod";
import { shownName } from "#core/text/shown-name.ts";

const base64url = z.string().regex(/^[\w-]{1,4000}$/, "base64url");

/** What a browser made of `navigator.credentials`; browsers add to it, so that what is not read is left out. */
const credential = { id: base64url, rawId: base64url, type: z.literal("public-key") };

/** The answer of a passkey to a challenge. */
export const passkeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

/** A new passkey. */
export const newPasskey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: base64url, attestationObject: base64url }),
});
export type NewPasskey = z.infer<typeof newPasskey>;

const code = z.string().min(1).max(40);
const typedPassword = z.string().min(1).max(1_000);

export const passkeySignInBody = z.strictObject({ passkey: passkeyAnswer });

/** After the password: one of them. */
export const secondStepBody = z.union([
  z.strictObject({ code }),
  z.strictObject({ recovery: z.string().min(1).max(200) }),
  passkeySignInBody,
]);
export type SecondStep = z.infer<typeof secondStepBody>;

/** That the person of a session is there. */
export const proveAgainBody = z.union([
  z.strictObject({ password: typedPassword }),
  z.strictObject({ pin: code }),
  z.strictObject({ code }),
  passkeySignInBody,
]);
export type ProofAgain = z.infer<typeof proveAgainBody>;

/** For PublicKeyCredential.parseRequestOptionsFromJSON: any passkey of this address, with its person verified. */
export const passkeyRequest = z.strictObject({
  challenge: z.string(),
  rpId: z.string(),
  timeout: z.int(),
  userVerification: z.literal("required"),
});
export type PasskeyRequest = z.infer<typeof passkeyRequest>;

/** For PublicKeyCredential.parseCreationOptionsFromJSON, as the library writes it. */
export const passkeyCreation = z.looseObject({ challenge: z.string() });

/** The own second factors. */
export const secondFactorReply = z.strictObject({
  passkeys: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      made: z.iso.datetime({ offset: true }),
      lastUsed: z.iso.datetime({ offset: true }).nullable(),
    }),
  ),
  /** When the authenticator app was confirmed. */
  app: z.iso.datetime({ offset: true }).nullable(),
  codesLeft: z.int(),
  /** The last one cannot be removed. */
  isRequired: z.boolean(),
});
export type SecondFactorReply = z.infer<typeof secondFactorReply>;

export const addPasskeyBody = z.strictObject({
  name: shownName(80),
  passkey: newPasskey,
});

/** Shown this once, until the first code confirms it. */
export const newAppReply = z.strictObject({ secret: z.string(), address: z.string() });
export type NewAppReply = z.infer<typeof newAppReply>;

export const confirmAppBody = z.strictObject({ code });

/** Shown this once. */
export const recoveryCodesReply = z.strictObject({ codes: z.array(z.string()) });

export const clearingsReply = z.strictObject({
  clearings: z.array(
    z.strictObject({
      id: z.uuid(),
      owner: z.string(),
      askedBy: z.string(),
      asked: z.iso.datetime({ offset: true }),
      /** The caller is neither who asked nor whose it is. */
      mayConfirm: z.boolean(),
    }),
  ),
});
export type ClearingsReply = z.infer<typeof clearingsReply>;
export type Clearing = ClearingsReply["clearings"][number];
