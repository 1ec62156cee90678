import { reloadOpenings } from "#client/accounts/openings/openings-api.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { keptCall } from "#client/live/kept.ts";
import {
  type AccountReply,
  type AccountSettings,
  accountCalls,
} from "#core/accounts/wire/accounts.ts";
import { compareText } from "#core/text/text-order.ts";

export const accounts = keptCall(accountCalls.list);

export const accountSettings = keptCall(accountCalls.settings);

export async function changeSettings(body: AccountSettings): Promise<void> {
  accountSettings.accept(await ask(accountCalls.changeSettings, { body }));
}

/** Returns the new partner's code. */
export async function addPartner(name: string, evenAlike: boolean): Promise<string> {
  const made = await ask(accountCalls.addPartner, { body: { name, evenAlike } });
  const shown = accounts.store.get();
  if (hasValue(shown)) {
    const partners = [...shown.value.partners, made].sort((a, b) => compareText(a.name, b.name));
    accounts.accept({ ...shown.value, partners });
  }
  return made.code;
}

export async function acceptAccount(reply: Promise<AccountReply>): Promise<AccountReply> {
  const account = await reply;
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
