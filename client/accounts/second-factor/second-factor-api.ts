import { createPasskey } from "#client/accounts/second-factor/passkey-browser.ts";
import { session } from "#client/accounts/session.ts";
import { fetchJson, fetchNothing } from "#client/api/fetch.ts";
import { kept } from "#client/live/kept.ts";
import * as wire from "#core/accounts/wire/second-factor.ts";

const url = "/api/second-factor";

/** The own passkeys, app and recovery codes. */
export const ownFactors = kept((signal) => fetchJson(url, wire.secondFactorReply, { signal }));

/** Whose second factor is asked to be cleared. */
export const clearings = kept((signal) =>
  fetchJson(`${url}/clearings`, wire.clearingsReply, { signal }),
);

export async function addPasskey(name: string): Promise<void> {
  const options = await fetchJson(`${url}/passkeys/challenge`, wire.passkeyCreation, {
    method: "POST",
  });
  const passkey = await createPasskey(options);
  await change("POST", "/passkeys", { name, passkey });
}

export function removePasskey(id: string): Promise<void> {
  return change("DELETE", `/passkeys/${id}`);
}

export function beginApp(): Promise<wire.NewAppReply> {
  return fetchJson(`${url}/app`, wire.newAppReply, { method: "POST" });
}

export function confirmApp(code: string): Promise<void> {
  return change("PUT", "/app", { code });
}

export function removeApp(): Promise<void> {
  return change("DELETE", "/app");
}

/** Shown this once. */
export async function drawRecoveryCodes(): Promise<readonly string[]> {
  const reply = await fetchJson(`${url}/recovery-codes`, wire.recoveryCodesReply, {
    method: "POST",
  });
  ownFactors.reload();
  return reply.codes;
}

export async function askToClear(accountId: string): Promise<void> {
  const path = `/api/accounts/${accountId}/second-factor/clearing`;
  clearings.accept(await fetchJson(path, wire.clearingsReply, { method: "POST" }));
}

export async function confirmClearing(id: string): Promise<void> {
  const path = `${url}/clearings/${id}/confirm`;
  clearings.accept(await fetchJson(path, wire.clearingsReply, { method: "POST" }));
}

export async function turnClearingDown(id: string): Promise<void> {
  clearings.accept(
    await fetchJson(`${url}/clearings/${id}`, wire.clearingsReply, { method: "DELETE" }),
  );
}

export function markTold(): Promise<void> {
  return fetchNothing(`${url}/told`, { method: "POST" });
}

async function change(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<void> {
  ownFactors.accept(await fetchJson(url + path, wire.secondFactorReply, { method, body }));
  // It says by what one proves to be there, and whether one is needed still.
  session.reload();
}
