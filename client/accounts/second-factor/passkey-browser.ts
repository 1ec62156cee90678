import { prove } from "#client/accounts/prove.ts";
import { canUsePasskeys } from "#client/accounts/second-factor/can-use-passkeys.ts";
import { ApiError } from "#client/api/api-error.ts";
import { type NewPasskey, type PasskeyAnswer, sessionCalls } from "#core/accounts/wire/sign-in.ts";

/*
 * The browser's own functions, from JSON and back: Chrome and Edge 129, Firefox 119, Safari 18.4 and later. An older one is
 * offered no passkeys, and signs in by an authenticator app.
 */

export async function offersPasskeys(): Promise<boolean> {
  return canUsePasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable());
}

export async function createPasskey(options: object): Promise<NewPasskey> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return toJson(await navigator.credentials.create({ publicKey }).catch(inWords));
}

/** `inFields`: offered in autofill, until it is stopped. */
export async function answerByPasskey({
  inFields = false,
  signal,
}: {
  readonly inFields?: boolean;
  readonly signal?: AbortSignal;
} = {}): Promise<PasskeyAnswer> {
  const options = await prove(sessionCalls.passkeyChallenge, {}, { signal });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials
    .get({
      publicKey,
      ...(inFields ? { mediation: "conditional" as const } : {}),
      ...(signal ? { signal } : {}),
    })
    .catch(inWords);
  return toJson(credential);
}

function toJson<Json>(credential: Credential | null): Json {
  if (credential instanceof PublicKeyCredential) return credential.toJSON() as Json;
  throw noPasskey("The browser gave no passkey. Try again.");
}

/** Browsers say little about why, so that no page can find out who has a passkey. */
function inWords(cause: unknown): never {
  if (cause instanceof DOMException) {
    if (cause.name === "AbortError") throw cause;
    if (cause.name === "InvalidStateError") {
      throw noPasskey("This device already has a passkey for your account.");
    }
    if (cause.name === "NotAllowedError") {
      throw noPasskey("Cancelled, timed out, or this device has no passkey for Boxster.");
    }
  }
  throw noPasskey("This browser or device could not use a passkey here.");
}

function noPasskey(detail: string): ApiError {
  return new ApiError({ status: 0, title: "No passkey used", detail });
}
