import { reloadOpenings } from "#client/accounts/openings/openings-api.ts";
import { fetchJson } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { keptReply } from "#client/live/kept.ts";
import * as wire from "#core/accounts/wire/accounts.ts";
import {
  type DeviceLinkReply,
  deviceLinkReply,
  devicesGoneReply,
} from "#core/accounts/wire/devices.ts";
import { compareText } from "#core/text/text-order.ts";

/** Who may sign in; for administrators, and to read for auditors. */
export const accounts = keptReply("/api/accounts", wire.accountsReply);

/** How people can sign in. */
export const accountSettings = keptReply("/api/account-settings", wire.accountSettingsReply);

export async function addAccount(body: wire.NewAccount): Promise<wire.AccountReply> {
  return put(await fetchJson("/api/accounts", wire.accountReply, { method: "POST", body }));
}

/** Then it is among the partners to choose from. */
export async function addPartner(name: string, evenAlike: boolean): Promise<wire.PartnerReply> {
  const made = await fetchJson("/api/partners", wire.partnerReply, {
    method: "POST",
    body: { name, evenAlike },
  });
  const shown = accounts.store.get();
  if (hasValue(shown)) {
    const all = [...shown.value.partners, made].sort((a, b) => compareText(a.name, b.name));
    accounts.accept({ ...shown.value, partners: all });
  }
  return made;
}

export async function changeAccount(
  id: string,
  body: wire.AccountChange,
): Promise<wire.AccountReply> {
  const path = `/api/accounts/${id}`;
  return put(await fetchJson(path, wire.accountReply, { method: "PATCH", body }));
}

/** Shown once: it is stored nowhere, here neither. */
export async function newSecret(id: string): Promise<wire.SetUpSecret> {
  const path = `/api/accounts/${id}/set-up`;
  const made = await fetchJson(path, wire.setUpSecretReply, { method: "POST" });
  accounts.reload();
  reloadOpenings();
  return made;
}

/** Shown once: it sets up a partner's phone. */
export async function newDeviceLink(id: string): Promise<DeviceLinkReply> {
  const path = `/api/accounts/${id}/device-link`;
  const made = await fetchJson(path, deviceLinkReply, { method: "POST" });
  reloadOpenings();
  return made;
}

/** Says how many phones it were. */
export async function takeDevicesAway(id: string): Promise<number> {
  const path = `/api/accounts/${id}/devices`;
  return (await fetchJson(path, devicesGoneReply, { method: "DELETE" })).devices;
}

export async function setPassword(id: string, password: string): Promise<void> {
  const path = `/api/accounts/${id}/password`;
  put(await fetchJson(path, wire.accountReply, { method: "PUT", body: { password } }));
}

export async function changeSettings(wish: Partial<wire.AccountSettings>): Promise<void> {
  accountSettings.accept(
    await fetchJson("/api/account-settings", wire.accountSettingsReply, {
      method: "PUT",
      body: wish,
    }),
  );
}

/** The account as the server has it now, in its place among the others. */
function put(account: wire.AccountReply): wire.AccountReply {
  reloadOpenings();
  const shown = accounts.store.get();
  if (!hasValue(shown)) {
    accounts.reload();
    return account;
  }
  const others = shown.value.accounts.filter(({ id }) => id !== account.id);
  const all = [...others, account].sort((a, b) => compareText(a.name, b.name));
  accounts.accept({ ...shown.value, accounts: all });
  return account;
}
