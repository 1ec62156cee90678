import { certainKind } from "#core/text/personal-value.ts";

/**
 * A file name as stored and shown: without control characters and invisible bidirectional marks,
 * which can make one name look like another.
 */
export function cleanFileName(name: string): string {
  const seen = name.replace(invisible, "").trim();
  return withoutPersonal(seen) || "unnamed file";
}

/** Drops what is certainly personal in a name: it would stay in the history for good. */
function withoutPersonal(name: string): string {
  return name
    .replace(/[^\s@<>"]{1,64}@[^\s@<>"]{1,64}\.[a-z]{2,}/gi, leftOut)
    .replace(phone, (text) => (certainKind(text) === null ? text : leftOut))
    .replace(word, (text) => (certainKind(text) === null ? text : leftOut));
}

const leftOut = "(left out)";
const phone = /(?:\+|\b0)\d[\d ]{7,14}\d(?!\d)/g;
/** Vehicle marks and personal numbers, in 1 or 2 pieces. */
const word = /(?<![A-Za-z0-9])[A-Z]{1,3}\d{1,6} ?[A-Z]{1,3}(?![A-Za-z0-9])/gi;

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
