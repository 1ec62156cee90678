import { maySpeakOfPerson } from "#core/import/personal-value.ts";
import { failure, type Result, success } from "#core/result.ts";
import { personalIn } from "#core/text/free-words.ts";

export const largestTally = 1_000_000;
export const longestTakenFrom = 120;

/** A total as somebody wrote it: a whole number from 0 on, or what to mend. */
export function readTallyValue(written: string | number): Result<number> {
  const text = String(written).trim();
  if (/^(?:0|[1-9]\d*)$/.test(text)) {
    const value = Number(text);
    return value > largestTally
      ? failure("More than a million: is this the total, or a reference number?")
      : success(value);
  }
  return failure(whyNoTotal(text));
}

function whyNoTotal(text: string): string {
  if (text === "") return "Nothing is written: give the total, or leave this line out.";
  if (/^[-−]\s*\d/.test(text)) return "A total cannot be negative: give a whole number from 0 on.";
  if (/^\d+[.,]\d{3}(?:[.,]\d{3})*$/.test(text)) {
    return "Write the total with its digits alone, without a point or comma between them.";
  }
  if (/^\d*[.,]\d+$/.test(text))
    return "A total is a whole number: people and acts are not halved.";
  if (/^0\d+$/.test(text)) return "Write the total without a zero before it.";
  return "This is no number: give a whole number from 0 on.";
}

/** Where a total was read from, or what to mend: a record or a return, never somebody's details. */
export function readTakenFrom(written: string): Result<string> {
  const text = written.trim().replace(/\s+/g, " ");
  if (text === "")
    return failure("Say from which record or return it was read, or leave it empty.");
  if (text.length > longestTakenFrom) {
    return failure(
      `There are ${text.length} letters; at most ${longestTakenFrom} are kept. Name the record or return alone: no person's details belong here.`,
    );
  }
  const speaks = personalIn(text) !== null || maySpeakOfPerson(text) || /\p{Cc}/u.test(written);
  return speaks
    ? failure(
        "This may speak of somebody. Name the record or return, such as “Custody return, week 47”.",
      )
    : success(text);
}
