import { faultsOfWords } from "#core/text/free-words.ts";
import { maySpeakOfPerson } from "#core/text/speaks-of-person.ts";

/** The coordinator reads it whole. */
export const mostReasonLetters = 600;

/**
 * Why the reason of an objection cannot be sent; null where it can. It is never published, and says what figures would
 * give away: "one woman", "weekly" and a count are what it is about. So the guard of public words does not judge it,
 * and nobody has to find other words before a draft is held. One line, trimmed by whoever calls.
 */
export function reasonFault(words: string): string | null {
  if (words === "") return "Nothing is said.";
  if (words.length > mostReasonLetters) {
    return `${words.length} letters are too many: at most ${mostReasonLetters}.`;
  }
  return /\p{Cc}/u.test(words) ? "One line of letters and figures, without line breaks." : null;
}

/** What is said beside it, where it may name or describe one person; the hold does not wait for it. */
export function reasonHint(words: string): string | null {
  const isPersonal =
    faultsOfWords("reason", words).length > 0 ||
    maySpeakOfPerson(words.replace(/\b(?:wom[ae]n|m[ae]n)\b/giu, "people")) !== null;
  return isPersonal
    ? "This may name or describe somebody. It can be sent as it is; the coordinator needs no name, number or address."
    : null;
}
