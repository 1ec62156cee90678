import { roleNames } from "#client/accounts/role-names.ts";
import { formatMoment } from "#client/ui/moment.ts";
import type { AccountChange, AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export function accountsSentence({ accounts }: AccountsReply): string {
  if (accounts.length === 0) return "Nobody can sign in with an account yet.";
  const inUse = accounts.filter(({ state }) => state === "in use");
  const admins = inUse.filter(({ role }) => role === "admin").length;
  const waiting = inUse.filter((account) => signsInBy(account) === "nothing yet").length;
  const words = [
    `${inUse.length} of ${accounts.length} accounts in use`,
    admins === 0
      ? "none is an administrator"
      : admins === 1
        ? "1 administrator; a second is safer"
        : `${admins} administrators`,
  ];
  if (waiting > 0) words.push(`${waiting} without a way to sign in`);
  return `${words.join(", ")}.`;
}

export function roleOf(account: AccountReply, { partners, patrolPartners }: AccountsReply): string {
  const name = roleNames[account.role];
  if (account.neighbour !== null) return `${name}: ${account.neighbour}`;
  const all = account.role === "warden" ? patrolPartners : partners;
  const partner = all.find(({ code }) => code === account.partner);
  return account.partner === null ? name : `${name}: ${partner?.name ?? account.partner}`;
}

export function signsInBy(account: AccountReply): string {
  const { hasPassword, hasSecondFactor, phones, oidcName, isBound, setUpUntil } = account;
  const ways = [
    hasPassword ? `password${hasSecondFactor ? " and second factor" : ""}` : null,
    phones === 0 ? null : `PIN on ${formatQuantity(phones, "phone")}`,
    oidcName === null ? null : `identity provider, as ${oidcName}${isBound ? "" : " (not yet)"}`,
    setUpUntil === null ? null : `one-time secret until ${formatMoment(setUpUntil)}`,
  ].filter((way) => way !== null);
  return ways.join("; ") || "nothing yet";
}

export function stateOf({ state, lastDay }: AccountReply): string {
  if (state === "disabled") return "Disabled";
  if (state === "expired") return lastDay === null ? "Expired" : `Expired ${formatDate(lastDay)}`;
  return lastDay === null ? "In use" : `In use until ${formatDate(lastDay)}`;
}

export function afterDisabling({ name }: AccountReply): string {
  return `${name} is signed out everywhere at once and loses unsaved work. They cannot sign in until the account is enabled again.`;
}

/** A secret takes the place of the password and of a secret before it (server/accounts/spoken-secret.ts). */
export function afterSecret(account: AccountReply): string | null {
  const { name, hasPassword, setUpUntil, oidcName } = account;
  const lost = [
    hasPassword ? "The current password stops working" : null,
    setUpUntil === null ? null : "The earlier one-time secret stops working",
  ].filter((words) => words !== null);
  if (lost.length === 0 && oidcName === null) return null;
  const isOut = `${name} is signed out everywhere at once.`;
  return lost.length === 0 ? isOut : `${lost.join(". ")}, and ${isOut}`;
}

/** `today` by the clock, in London: an account ends with its last day. */
export function afterChange(
  account: AccountReply,
  change: AccountChange,
  today: string,
): string | null {
  if (account.state !== "in use") return null;
  const { name } = account;
  if (typeof change.lastDay === "string" && change.lastDay < today) {
    return `That day has passed. ${name} is signed out everywhere at once and can no longer sign in.`;
  }
  const changed = [
    change.role !== account.role ? "role" : null,
    change.role === account.role && (change.partner ?? null) !== account.partner
      ? "outreach partner"
      : null,
    (change.neighbour ?? null) !== account.neighbour ? "neighbour" : null,
    (change.oidcName ?? null) !== account.oidcName ? "name at the provider" : null,
  ].filter((words) => words !== null);
  if (changed.length === 0) return null;
  return `Changing the ${changed.join(" and ")} signs ${name} out everywhere at once. Unsaved work is lost.`;
}

export function afterPasswordsOff(accounts: readonly AccountReply[], provider: string): string {
  const inUse = accounts.filter(({ state }) => state === "in use");
  const left = inUse.filter(({ oidcName }) => oidcName === null);
  const who =
    left.length === 0
      ? `Every account in use has a name at ${provider}.`
      : `${formatQuantity(left.length, "account in use has", "accounts in use have")} no name at ${provider} and could no longer sign in: ${namesOf(left)}.`;
  const own = left.some(({ isOwn }) => isOwn) ? " Yours is one of them." : "";
  return `Nobody can sign in or unlock a screen with a password. ${who}${own}`;
}

function namesOf(accounts: readonly AccountReply[]): string {
  const shown = accounts.slice(0, 5).map(({ name }) => name);
  const more = accounts.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
