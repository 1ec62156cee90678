import { faultsOfWords } from "#core/text/free-words.ts";
import { faultsOfPlaceWords, speaksOfOutreachTime } from "#core/text/outreach-times.ts";
import { smallCountIn, smallCountRefusal } from "#core/text/small-counts.ts";
import { maySpeakOfPerson, personRefusal } from "#core/text/speaks-of-person.ts";

/**
 * Why public words are refused; null where they are fine (SAFEGUARDS 4, 7 and 8): anything that may
 * identify a person, a count under 10, a sentence that says when outreach comes. One line, trimmed
 * by the caller.
 */
export function wordsFault(words: string, most: number): string | null {
  if (words === "") return "Enter some text.";
  if (words.length > most) return `${words.length} characters is too long. The limit is ${most}.`;
  if (/\p{Cc}/u.test(words)) return "Use one line of plain text, without line breaks.";
  const [fault] = faultsOfPlaceWords("words", words, { most, isOptional: false });
  if (fault !== undefined) return fault.reason;
  if (speaksOfOutreachTime(words)) return "This may show when outreach comes. Leave the time out.";
  // Groups, as in "women who work here", may be mentioned.
  const person = maySpeakOfPerson(words.replace(/\b(?:women|men)\b/giu, "people"));
  if (person !== null) return personRefusal(person);
  const count = smallCountIn(words);
  return count === null ? null : smallCountRefusal(count);
}

/**
 * The same for a withdrawal notice, which one person publishes at once and irrevocably: beside
 * formerly public figures any number may reveal one, so only those of a release and of a year are
 * allowed.
 */
export function noticeFault(words: string): string | null {
  const rest = words.replace(/\breleases? \d{1,4}\b/giu, "").replace(/\b(?:19|20)\d\d\b/gu, "");
  const number = /\d+(?:[.,]\d+)*/u.exec(rest)?.[0];
  if (number !== undefined) {
    return `Leave the number ${number} out: with public figures it may reveal a withheld one. Say what was wrong in words.`;
  }
  return wordsFault(words, mostNoticeLetters);
}

const mostNoticeLetters = 400;

/** The coordinator reads all of it. */
export const mostReasonLetters = 600;

/**
 * Why an objection's reason is refused; null where it is fine. It is never published, and names
 * what figures would reveal: "one woman", "weekly" and a count are its subject. So the check of
 * public words does not apply, and no rewording delays holding a draft. One line, trimmed by the
 * caller.
 */
export function reasonFault(words: string): string | null {
  if (words === "") return "Enter some text.";
  if (words.length > mostReasonLetters) {
    return `${words.length} characters is too long. The limit is ${mostReasonLetters}.`;
  }
  return /\p{Cc}/u.test(words) ? "Use one line of plain text, without line breaks." : null;
}

/** A hint where the reason may describe one person; the hold does not wait for it. */
export function reasonHint(words: string): string | null {
  const isPersonal =
    faultsOfWords("reason", words).length > 0 ||
    maySpeakOfPerson(words.replace(/\b(?:wom[ae]n|m[ae]n)\b/giu, "people")) !== null;
  return isPersonal
    ? "This may name or describe someone. You can send it, but the coordinator needs no name, number or address."
    : null;
}
