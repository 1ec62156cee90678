import { createPasskey } from "#client/accounts/second-factor/passkey-browser.ts";
import { session } from "#client/accounts/session.ts";
import { fetchJson, fetchNothing } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import {
  type ClearingsReply,
  clearingsReply,
  type NewAppReply,
  newAppReply,
  passkeyCreation,
  recoveryCodesReply,
  type SecondFactorReply,
  secondFactorReply,
} from "#core/accounts/wire/second-factor.ts";

const url = "/api/second-factor";

/** The own passkeys, app and recovery codes. */
export const ownFactors = createResource<SecondFactorReply>((signal) =>
  fetchJson(url, secondFactorReply, { signal }),
);

/** Whose second factor is asked to be cleared. */
export const clearings = createResource<ClearingsReply>((signal) =>
  fetchJson(`${url}/clearings`, clearingsReply, { signal }),
);

forgetOnSignOut(ownFactors.reset);
forgetOnSignOut(clearings.reset);

export async function addPasskey(name: string): Promise<void> {
  const options = await fetchJson(`${url}/passkeys/challenge`, passkeyCreation, { method: "POST" });
  const passkey = await createPasskey(options);
  await change("POST", "/passkeys", { name, passkey });
}

export function removePasskey(id: string): Promise<void> {
  return change("DELETE", `/passkeys/${id}`);
}

export function beginApp(): Promise<NewAppReply> {
  return fetchJson(`${url}/app`, newAppReply, { method: "POST" });
}

export function confirmApp(code: string): Promise<void> {
  return change("PUT", "/app", { code });
}

export function removeApp(): Promise<void> {
  return change("DELETE", "/app");
}

/** Shown this once. */
export async function drawRecoveryCodes(): Promise<readonly string[]> {
  const reply = await fetchJson(`${url}/recovery-codes`, recoveryCodesReply, { method: "POST" });
  ownFactors.reload();
  return reply.codes;
}

export async function askToClear(accountId: string): Promise<void> {
  const path = `/api/accounts/${accountId}/second-factor/clearing`;
  clearings.accept(await fetchJson(path, clearingsReply, { method: "POST" }));
}

export async function confirmClearing(id: string): Promise<void> {
  const path = `${url}/clearings/${id}/confirm`;
  clearings.accept(await fetchJson(path, clearingsReply, { method: "POST" }));
}

export async function turnClearingDown(id: string): Promise<void> {
  clearings.accept(await fetchJson(`${url}/clearings/${id}`, clearingsReply, { method: "DELETE" }));
}

export function markTold(): Promise<void> {
  return fetchNothing(`${url}/told`, { method: "POST" });
}

async function change(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<void> {
  ownFactors.accept(await fetchJson(url + path, secondFactorReply, { method, body }));
  // It says by what one proves to be there, and whether one is needed still.
  session.reload();
}
