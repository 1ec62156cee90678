import { faultsOfPlaceWords, speaksOfOutreachTime } from "#core/text/outreach-times.ts";
import { smallCountIn, smallCountRefusal } from "#core/text/small-counts.ts";
import { maySpeakOfPerson, personRefusal } from "#core/text/speaks-of-person.ts";

/**
 * Why words that will be public cannot be kept as they are; null where they can (SAFEGUARDS 4, 7 and 8): what may
 * speak of a person, a count under 10, a sentence that says when outreach comes. One line, trimmed by whoever calls.
 */
export function wordsFault(words: string, most: number): string | null {
  if (words === "") return "Nothing is said.";
  if (words.length > most) return `${words.length} letters are too many: at most ${most}.`;
  if (/\p{Cc}/u.test(words)) return "One line of letters and figures, without line breaks.";
  const [fault] = faultsOfPlaceWords("words", words, { most, isOptional: false });
  if (fault !== undefined) return fault.reason;
  if (speaksOfOutreachTime(words)) return "This may say when outreach comes. Leave the time out.";
  // Many at once, as in "women who work here", may be spoken of.
  const person = maySpeakOfPerson(words.replace(/\b(?:women|men)\b/giu, "people"));
  if (person !== null) return personRefusal(person);
  const count = smallCountIn(words);
  return count === null ? null : smallCountRefusal(count);
}

/**
 * The same for the notice of a withdrawal, which one person publishes at once and nobody can take back: beside figures
 * that were public any number may give one back, so none stands in it but of a release and of a year.
 */
export function noticeFault(words: string, most: number): string | null {
  const rest = words.replace(/\breleases? \d{1,4}\b/giu, "").replace(/\b(?:19|20)\d\d\b/gu, "");
  const number = /\d+(?:[.,]\d+)*/u.exec(rest)?.[0];
  if (number !== undefined) {
    return `Leave the number ${number} out: beside figures that were public it may give one back. Say in words what was wrong.`;
  }
  return wordsFault(words, most);
}
