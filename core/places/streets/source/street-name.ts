import { isPublicName, wholeWord } from "#core/places/gazetteer/names.ts";

const longest = 80;

/**
 * A street's name as a source writes it, in one line and with a short form at its end written out ("Great Cambridge Rd.");
 * null for what is none, and for one that could be a person or an address (SAFEGUARDS 8).
 */
export function streetName(written: unknown): string | null {
  if (typeof written !== "string") return null;
  const name = written.trim().replace(/(?<=\s)(\p{L}+)\.$/u, (short, word: string) => {
    const whole = wholeWord(word.toLowerCase());
    return whole === undefined ? short : whole.charAt(0).toUpperCase() + whole.slice(1);
  });
  return /\p{L}/u.test(name) && name.length <= longest && isPublicName(name) ? name : null;
}
