import { formatTimeOfDay } from "#client/ui/format.ts";
import type { SessionReply } from "#core/accounts/wire/session.ts";
import { formatDay } from "#core/time/words.ts";

/** "Mon 29 Nov, 10:04", in the zone that the server wrote it in. */
export function momentOf(instant: string): string {
  return `${formatDay(instant.slice(0, 10))}, ${formatTimeOfDay(instant)}`;
}

export const whySetUp =
  "Your role needs more than a password: a passkey, or an app on your phone that shows codes. It takes two minutes.";

export const passkeyWords =
  "Your fingerprint, face or device PIN in place of the password. Nothing to type, and nothing that a false page could take.";

export const appWords =
  "An app such as Aegis, Google Authenticator or Microsoft Authenticator shows a code of six figures. You enter it after the password.";

export const codesWords =
  "For the day when neither phone nor passkey is at hand. Each of the ten codes works once.";

export const lostWords =
  "Lost all of them? Ask an administrator. Two people can clear your second factor together.";

export function codesLeftWords(left: number): string {
  if (left === 0) return "You have none.";
  return left === 1 ? "1 is left." : `${left} are left.`;
}

export function clearedWords(cleared: NonNullable<SessionReply["factorCleared"]>): string {
  const { at, askedBy, confirmedBy } = cleared;
  const by =
    confirmedBy === null
      ? `by a command on the server, by ${askedBy}`
      : `at the request of ${askedBy}, confirmed by ${confirmedBy}`;
  return `Your second factor was cleared on ${momentOf(at)}, ${by}. If you did not ask for this, tell your auditor now.`;
}
