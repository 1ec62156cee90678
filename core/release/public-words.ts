import { hasShapeOfName, likelyKind, type PersonalKind } from "#core/import/personal-value.ts";
import { personalIn } from "#core/text/free-words.ts";

/**
 * What words that will be public hold of a person (SAFEGUARDS 8); null where they hold nothing. Beside what is
 * certain by itself, two words in a row that are written like a name and made of names.
 */
export function personIn(words: string): PersonalKind | null {
  const certain = personalIn(words);
  if (certain !== null) return certain;
  const tokens = words.split(/[^\p{L}'’.-]+/u).map((token) => token.replace(/\.+$/u, ""));
  for (let at = 0; at + 1 < tokens.length; at += 1) {
    const pair = `${tokens[at]} ${tokens[at + 1]}`;
    if (hasShapeOfName(pair) && likelyKind(pair) === "names of people") return "names of people";
  }
  return null;
}

/** Why words cannot be kept as they are; null where they can. One line, trimmed by whoever calls. */
export function wordsFault(words: string, most: number): string | null {
  if (words === "") return "Nothing is said.";
  if (words.length > most) return `${words.length} letters are too many: at most ${most}.`;
  if (/\p{Cc}/u.test(words)) return "One line of letters and figures, without line breaks.";
  const kind = personIn(words);
  return kind === null
    ? null
    : `These words look as if they held ${kind}: leave that out. Nobody is named in what is public or about it.`;
}
