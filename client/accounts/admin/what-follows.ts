import type { AccountChange, AccountReply } from "#core/accounts/wire/accounts.ts";

/**
 * What an act does to the person of an account, said before it is done; null where it cuts nobody
 * off, and nothing is asked.
 */

export function afterDisabling({ name }: AccountReply): string {
  return `${name} is signed out everywhere at once, loses what is not saved, and cannot sign in until the account is enabled again.`;
}

/** A secret takes the place of the password and of a secret before it (server/accounts/spoken-secret.ts). */
export function afterSecret(account: AccountReply): string | null {
  const { name, hasPassword, setUpUntil, oidcName } = account;
  const lost = [
    hasPassword ? "The password there is stops working" : null,
    setUpUntil === null ? null : "The one-time secret that was handed out before stops working",
  ].filter((words) => words !== null);
  if (lost.length === 0 && oidcName === null) return null;
  const isOut = `${name} is signed out everywhere at once.`;
  return lost.length === 0 ? isOut : `${lost.join(". ")}, and ${isOut}`;
}

export function afterPassword({ name, hasPassword, setUpUntil }: AccountReply): string | null {
  if (!hasPassword && setUpUntil === null) return null;
  const lost = hasPassword ? "The password there is" : "The one-time secret that was handed out";
  return `${lost} stops working, and ${name} is signed out everywhere at once.`;
}

/** `today` by the clock, in London: an account ends with its last day. */
export function afterChange(
  account: AccountReply,
  wish: AccountChange,
  today: string,
): string | null {
  if (account.state !== "in use") return null;
  const { name } = account;
  if (typeof wish.lastDay === "string" && wish.lastDay < today) {
    return `That last day is over: ${name} is signed out everywhere at once and cannot sign in any more.`;
  }
  const changed = [
    wish.role !== account.role ? "role" : null,
    (wish.partner ?? null) !== account.partner ? "outreach partner" : null,
    (wish.neighbour ?? null) !== account.neighbour ? "neighbour" : null,
    (wish.oidcName ?? null) !== account.oidcName ? "name at the provider" : null,
  ].filter((words) => words !== null);
  if (changed.length === 0) return null;
  return `Another ${changed.join(" and ")} signs ${name} out everywhere at once; what is not saved there is lost.`;
}

export function afterPasswordsOff(accounts: readonly AccountReply[], provider: string): string {
  const inUse = accounts.filter(({ state }) => state === "in use");
  const left = inUse.filter(({ oidcName }) => oidcName === null);
  const who =
    left.length === 0
      ? `Every account in use has a name at ${provider}.`
      : `${left.length === 1 ? "1 account in use has" : `${left.length} accounts in use have`} no name at ${provider} and could not sign in any more: ${namesOf(left)}.`;
  const own = left.some(({ isOwn }) => isOwn) ? " Yours is one of them." : "";
  return `Nobody signs in or unlocks a screen by password any more. ${who}${own}`;
}

function namesOf(accounts: readonly AccountReply[]): string {
  const shown = accounts.slice(0, 5).map(({ name }) => name);
  const more = accounts.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
