import { roleWords } from "#client/accounts/role-words.ts";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate, formatDay } from "#core/time/words.ts";

/** The screen in one sentence. */
export function accountsSentence({ accounts }: AccountsReply): string {
  if (accounts.length === 0) return "Nobody may sign in by an account yet.";
  const inUse = accounts.filter(({ state }) => state === "in use");
  const admins = inUse.filter(({ role }) => role === "admin").length;
  const waiting = inUse.filter((account) => signsInBy(account) === "nothing yet").length;
  const words = [
    `${inUse.length} of ${accounts.length} accounts in use`,
    admins === 0
      ? "no administrator among them"
      : admins === 1
        ? "1 administrator: a second one is safer"
        : `${admins} administrators`,
  ];
  if (waiting > 0) words.push(`${waiting} without a way to sign in`);
  return `${words.join(", ")}.`;
}

export function roleOf(account: AccountReply, { partners }: AccountsReply): string {
  const { name } = roleWords[account.role];
  if (account.neighbour !== null) return `${name}: ${account.neighbour}`;
  const partner = partners.find(({ code }) => code === account.partner);
  return account.partner === null ? name : `${name}: ${partner?.name ?? account.partner}`;
}

export function signsInBy(account: AccountReply): string {
  const { hasPassword, hasSecondFactor, phones, oidcName, isBound, setUpUntil } = account;
  const ways = [
    hasPassword ? `password${hasSecondFactor ? " and second factor" : ""}` : null,
    phones === 0 ? null : `PIN on ${formatQuantity(phones, "phone")}`,
    oidcName === null ? null : `provider, as ${oidcName}${isBound ? "" : " (not yet)"}`,
    setUpUntil === null
      ? null
      : `one-time secret to ${formatDay(setUpUntil.slice(0, 10))} ${setUpUntil.slice(11, 16)}`,
  ].filter((way) => way !== null);
  return ways.join("; ") || "nothing yet";
}

export function stateOf({ state, lastDay }: AccountReply): string {
  if (state === "disabled") return "Disabled";
  if (state === "expired") return lastDay === null ? "Expired" : `Expired ${formatDate(lastDay)}`;
  return lastDay === null ? "In use" : `In use to ${formatDate(lastDay)}`;
}
