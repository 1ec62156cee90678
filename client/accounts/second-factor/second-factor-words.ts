import { formatTimeOfDay } from "#client/ui/format.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { formatDay } from "#core/time/words.ts";

/** "Mon 29 Nov, 10:04", in the zone that the server wrote it in. */
export function momentOf(instant: string): string {
  return `${formatDay(instant.slice(0, 10))}, ${formatTimeOfDay(instant)}`;
}

export const whySetUp =
  "Your role needs more than a password: a passkey or an authenticator app. Setting it up takes two minutes.";

export const passkeyWords =
  "Use your fingerprint, face or device PIN instead of a password. There is nothing to type or to steal.";

export const appWords =
  "An app such as Aegis, Google Authenticator or Microsoft Authenticator shows a six-digit code. Enter it after your password.";

export const codesWords =
  "For when you have neither your phone nor your passkey. Each of the ten codes works once.";

export const lostWords =
  "Lost them all? Ask an administrator. Two people together can reset your second factor.";

export function codesLeftWords(left: number): string {
  if (left === 0) return "You have none.";
  return `${left} left.`;
}

export function clearedWords(cleared: NonNullable<SessionReply["factorCleared"]>): string {
  const { at, askedBy, confirmedBy } = cleared;
  const by =
    confirmedBy === null
      ? `by a command on the server, by ${askedBy}`
      : `at the request of ${askedBy}, confirmed by ${confirmedBy}`;
  return `Your second factor was reset on ${momentOf(at)}, ${by}. If you did not ask for this, tell your auditor now.`;
}
