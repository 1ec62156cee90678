import { longestLabel } from "#core/places/wire/layers.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { isPersonalColumn } from "#core/text/personal-columns.ts";
import { certainKind, likelyKind } from "#core/text/personal-value.ts";

/**
 * The short name of a place as it may be kept; null for what could speak of a person or is prose
 * (SAFEGUARDS 8). A harmless name that is lost costs nothing: the place itself stays.
 */
export function placeLabel(text: string): string | null {
  const label = text.replace(/\s+/g, " ").trim();
  if (label === "" || label.length > longestLabel) return null;
  if (label.split(" ").length > mostWords) return null;
  if (refused.some((pattern) => pattern.test(label))) return null;
  return isOfPerson(label) ? null : label;
}

/** What the guard of events knows as well, and the name of somebody; one word may be that of a pub. */
function isOfPerson(label: string): boolean {
  if (certainKind(label) !== null) return true;
  return / (?!.*['’]s\b)/.test(label) && likelyKind(label) === "names of people";
}

const mostWords = 8;

const refused: readonly RegExp[] = [
  // A title stands before the name of a person. "St" and "Dr" stand in names of streets as well.
  /\b(?:mr|mrs|ms|miss|mx|prof|rev|sgt|pc|dci?|insp)\.? \p{L}/iu,
  // Mail, web, phone, a vehicle's mark, a birth date.
  /@|https?:|www\./i,
  /(?:\d[ ()+-]?){9,}/,
  /\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/i,
  /\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b/,
  // Sentences, and signs that no name of a place has.
  /[.!?;] |[<>{}[\]|\\=]|\p{Cc}|\p{Cf}/u,
  /\b(?:owner|owned by|licensee|holder|lives|resident|contact|manager|dob|born)\b/i,
];

/** Whether a property may be read for names at all; judged by its own name. */
export function isLabelProperty(name: string): boolean {
  const words = normaliseWords(name);
  if (/\b(?:contact|licensee|licen[cs]e holder|holder|applicant|manager|tenant)s?\b/.test(words)) {
    return false;
  }
  // A name of a place is a name; of whom it is the name, the other rules say.
  return (
    /^(?:name|nm|title|label)$/.test(words) || placeName.test(words) || !isPersonalColumn(name)
  );
}

const placeName =
  /^(?:common|stop|street|road|venue|premises?|site|place|pub|shop|alley|path|station|trading|column|lamp|unit|asset|feature|locality) ?(?:name|id|number|no|ref|code)$/;

export const labelPatterns: readonly RegExp[] = [
  /^(?:common|stop|venue|premises?|trading|site|street|road)_? ?name$/i,
  /^name$/i,
  /^(?:label|title)$/i,
];
