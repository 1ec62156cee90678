import { formatCount } from "#core/text/numbers.ts";
import type { PersonalKind } from "#core/text/personal-value.ts";
import { type PersonFound, personsIn } from "#core/text/persons-in-words.ts";
import { unseenReason } from "#core/text/shown-name.ts";

/** Limit in characters for plans, actions, minutes and comments. */
export const mostFreeWords = 1000;

export interface WordsFault {
  readonly field: string;
  readonly reason: string;
}

export interface WordsRule {
  /** In characters. */
  readonly most: number;
  readonly isOptional: boolean;
}

/**
 * Why free text is refused; empty where it can be kept. Checked by the page while typing and again
 * by the server (SAFEGUARDS 8): the one rule for all free text.
 */
export function faultsOfWords(
  field: string,
  words: string,
  { most, isOptional }: WordsRule = { most: mostFreeWords, isOptional: true },
): readonly WordsFault[] {
  const text = words.trim();
  if (text === "") return isOptional ? [] : [{ field, reason: "Write it in a few words." }];
  if (text.length > most) {
    const reason = `At most ${formatCount(most)} characters; this has ${formatCount(text.length)}. Say the least that is needed.`;
    return [{ field, reason }];
  }
  if (/[^\P{Cc}\n\r\t]|\p{Cf}/u.test(text)) {
    return [{ field, reason: unseenReason }];
  }
  const found = personsIn(text);
  return found.length === 0 ? [] : [{ field, reason: reasonOf(found) }];
}

/** "“Mr Smith” looks like somebody's name. Leave it out: ..." */
function reasonOf(found: readonly PersonFound[]): string {
  const told = found.slice(0, mostTold).map(toldOf);
  const more = found.length - told.length;
  const rest = more > 0 ? ` There ${more === 1 ? "is one more" : `are ${more} more`} like it.` : "";
  return `${told.join("; ")}.${rest} Leave it out: this is about a place, never a person.`;
}

const mostTold = 3;
const longestQuote = 40;

function toldOf({ kind, found }: PersonFound): string {
  const quote = found.length > longestQuote ? `${found.slice(0, longestQuote)}…` : found;
  return `“${quote}” looks like ${oneOf[kind]}`;
}

const oneOf: Readonly<Record<PersonalKind, string>> = {
  "e-mail addresses": "an e-mail address",
  "phone numbers": "a phone number",
  "vehicle marks": "a vehicle's mark",
  "National Insurance numbers": "a National Insurance number",
  "NHS numbers": "an NHS number",
  "PNC or CRO numbers": "a number of police records",
  addresses: "somebody's address",
  "names of people": "somebody's name",
  "text about people": "words about one person",
  "nationalities or ethnicities": "a person's nationality or ethnicity",
  "the sex of people": "a person's sex",
  "ages of people": "a person's age",
  "dates of birth": "a date of birth",
};
