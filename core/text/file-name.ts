import { certainKind } from "#core/text/personal-value.ts";

/**
 * The name of a file as it is stored and shown: without control characters and without the
 * invisible ones that turn the direction of writing, which can make one name look like another.
 */
export function cleanFileName(name: string): string {
  const seen = name.replace(invisible, "").trim();
  return withoutPersonal(seen) || "unnamed file";
}

/** What is certainly of somebody, as people write it into a name: it would stand in the history for good. */
function withoutPersonal(name: string): string {
  return name
    .replace(/[^\s@<>"]{1,64}@[^\s@<>"]{1,64}\.[a-z]{2,}/gi, leftOut)
    .replace(phone, (text) => (certainKind(text) === null ? text : leftOut))
    .replace(word, (text) => (certainKind(text) === null ? text : leftOut));
}

const leftOut = "(left out)";
const phone = /(?:\+|\b0)\d[\d ]{7,14}\d(?!\d)/g;
/** Marks and numbers of somebody, in one piece or in two. */
const word = /(?<![A-Za-z0-9])[A-Z]{1,3}\d{1,6} ?[A-Z]{1,3}(?![A-Za-z0-9])/gi;

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
