import { failure, type Result, success } from "#core/result.ts";

/** Letters of the longest label. */
export const mostLabelLetters = 60;

const coordinate = /\d{1,3}\.\d{3,}|\b\d{1,2}\s*°/;
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
const gridReference = /\b[A-Z]{2}\s*\d{3,5}\s*\d{3,5}\b/i;

/**
 * A partner's own name for a place as it may be kept, or what to mend: it must not carry the point that the
 * footprint was made to hide. Asked by the page, at its field, and by the server again.
 */
export function readPlaceLabel(text: string): Result<string> {
  const label = text.trim().replace(/\s+/g, " ");
  if (label === "") return failure("Give it a name that only you need to understand.");
  if (label.length > mostLabelLetters) {
    return failure(`The name has more than ${mostLabelLetters} letters: shorten it.`);
  }
  if ([coordinate, postcode, gridReference].some((pattern) => pattern.test(label))) {
    return failure(
      "The name looks like coordinates or a postcode. The exact place is not kept: use a name that only you need to understand.",
    );
  }
  return success(label);
}
