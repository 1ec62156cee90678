import { isPublicName, wholeWord } from "#core/places/gazetteer/names.ts";

const longest = 80;

/** A word cut short; "St." only where a street ends or is told by a point of the compass: elsewhere it is a saint. */
const short = /(?<=\s)(?!St\.(?! (?:North|South|East|West)$|$))(\p{L}+)\.(?=\s|$)/giu;

/**
 * A street's name as a source writes it, in one line and with short forms written out ("Great Cambridge Rd."); null for
 * what is none, and for one that could be a person or an address (SAFEGUARDS 8).
 */
export function streetName(written: unknown): string | null {
  if (typeof written !== "string") return null;
  const known = last.get(written);
  if (known !== undefined) return known;
  // A street comes in many pieces, and to look for a person in its name takes as long as all else.
  if (last.size > mostKnown) last.clear();
  const name = nameOf(written);
  last.set(written, name);
  return name;
}

const last = new Map<string, string | null>();
const mostKnown = 5_000;

function nameOf(written: string): string | null {
  const name = written.trim().replace(short, (given, word: string) => {
    const whole = wholeWord(word.toLowerCase());
    return whole === undefined ? given : whole.charAt(0).toUpperCase() + whole.slice(1);
  });
  if (!/\p{L}/u.test(name) || name.length > longest || !isPublicName(name)) return null;
  // Of a telephone, an account, a case: no street has so many digits in a row.
  return /\d{6}/.test(name.replace(/[^\d\p{L}]/gu, "")) ? null : name;
}
