import { endOfQuarter, type Quarter, quartersBetween } from "#core/neighbours/quarter.ts";
import type { AgreementBody, AgreementReply } from "#core/neighbours/wire.ts";
import { failure, type Result, success } from "#core/result.ts";
import { surnames } from "#core/text/personal-names.ts";
import { certainKind, maySpeakOfPerson } from "#core/text/personal-value.ts";
import { lastPublicDate } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

export type AgreedTime = Pick<
  AgreementBody,
  "startsOn" | "expiresOn" | "firstQuarter" | "lastQuarter"
>;

export function agreementState(agreed: AgreedTime, asAtDate: string): AgreementReply["state"] {
  if (asAtDate < agreed.startsOn) return "not begun";
  return asAtDate > agreed.expiresOn ? "expired" : "in force";
}

export function endedQuarters(agreed: AgreedTime, asAtDate: string): Quarter[] {
  return quartersBetween(agreed.firstQuarter, agreed.lastQuarter).filter(
    (quarter) => endOfQuarter(quarter) <= asAtDate,
  );
}

/**
 * Quarters whose figures a neighbour sees: ended a whole month ago or more, as for public figures
 * (SAFEGUARDS 7). Depends on dates alone, never on counts.
 */
export function shownQuarters(agreed: AgreedTime, asAtDate: string): Quarter[] {
  const last = lastPublicDate(asAtDate);
  return endedQuarters(agreed, asAtDate).filter(
    (quarter) => endOfQuarter(quarter) <= addDays(last, 1),
  );
}

/** At most this many quarters in one agreement: ten years. */
export const mostQuarters = 40;

/** What to fix about the dates, or null. */
export function agreedTimeFault(agreed: AgreedTime): string | null {
  if (agreed.expiresOn < agreed.startsOn) return "The last day is before the first day.";
  const quarters = quartersBetween(agreed.firstQuarter, agreed.lastQuarter).length;
  if (quarters === 0) return "The last quarter is before the first quarter.";
  return quarters > mostQuarters ? `At most ${mostQuarters} quarters can be agreed at once.` : null;
}

const mostLetters = 80;

/** A valid role or desk, or what to fix: no person's name, number or address. */
export function readContactRole(text: string): Result<string> {
  const role = text.trim().replace(/\s+/g, " ");
  if (role === "") return failure("Enter the role or desk to contact.");
  if (role.length > mostLetters) {
    return failure(`This has more than ${mostLetters} characters. Shorten it.`);
  }
  const words = role.split(/[^\p{L}'’-]+/u);
  const mayBeSurname = words.some(
    (word, at) => at > 0 && /^\p{Lu}/u.test(word) && surnames.has(word.toLowerCase()),
  );
  const isPersonal = certainKind(role) !== null || maySpeakOfPerson(role) || mayBeSurname;
  if (isPersonal || /\d{4}/.test(role)) {
    return failure(
      "This looks like a name, number or address. Enter a role, such as “partnership inspector”.",
    );
  }
  return success(role);
}

export function readReference(text: string): Result<string> {
  const reference = text.trim().replace(/\s+/g, " ");
  if (!/^[\p{L}\d][\p{L}\d /._-]{0,59}$/u.test(reference)) {
    return failure(
      "Enter a reference of up to 60 letters, numbers, spaces, and / . _ - between them.",
    );
  }
  if (certainKind(reference) !== null || maySpeakOfPerson(reference)) {
    return failure("This looks like a name or number. Enter the agreement’s own reference.");
  }
  return success(reference);
}
