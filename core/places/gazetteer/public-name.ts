import { certainKind } from "#core/text/personal-value.ts";

/**
 * Whether a text may be the name of a street, a town or a postcode: a house number before a street is
 * somebody's address, and a gazetteer is fetched whole by every page (SAFEGUARDS 8).
 */
export function isPublicName(text: string): boolean {
  return text === text.trim() && !unfit.test(text) && certainKind(text) === null;
}

const unfit = /[<>{}\\@]|\p{Cc}|\p{Cf}/u;
