import { failure, type Result, success } from "#core/result.ts";
import { givenNames, surnames } from "#core/text/personal-names.ts";
import { likelyKind } from "#core/text/personal-value.ts";
import { personsIn } from "#core/text/persons-in-words.ts";
import { maySpeakOfPerson } from "#core/text/speaks-of-person.ts";

export const largestTally = 1_000_000;
export const longestTakenFrom = 120;

/** A whole number from 0, or what to fix. */
export function readTallyValue(written: string | number): Result<number> {
  const text = String(written).trim();
  if (/^(?:0|[1-9]\d*)$/.test(text)) {
    const value = Number(text);
    return value > largestTally
      ? failure("More than a million. Check that this is the total and not a reference number.")
      : success(value);
  }
  return failure(whyNoTotal(text));
}

function whyNoTotal(text: string): string {
  if (text === "") return "Empty. Enter the total, or remove this line.";
  if (/^[-−]\s*\d/.test(text))
    return "A total cannot be negative. Enter a whole number, 0 or more.";
  if (/^\d+[.,]\d{3}(?:[.,]\d{3})*$/.test(text)) {
    return "Enter digits only, without points or commas.";
  }
  if (/^\d*[.,]\d+$/.test(text)) return "Enter a whole number.";
  if (/^0\d+$/.test(text)) return "Enter the total without a leading zero.";
  return "Not a number. Enter a whole number, 0 or more.";
}

/** A record or a return, or what to fix: never personal details. */
export function readTakenFrom(written: string): Result<string> {
  const text = written.trim().replace(/\s+/g, " ");
  if (text === "") return failure("Enter the record or return it comes from, or leave it empty.");
  if (text.length > longestTakenFrom) {
    return failure(
      `This has ${text.length} characters; the limit is ${longestTakenFrom}. Enter only the record or return, without personal details.`,
    );
  }
  if (/\p{Cc}/u.test(written)) {
    return failure("It contains invisible characters. Type it instead of pasting it.");
  }
  const piece = pieceOfSomebody(text);
  return piece === null
    ? success(text)
    : failure(
        `“${piece}” may identify someone. Enter the record or return, such as “Custody return, week 47”.`,
      );
}

/** The words that may describe a person; months and names of returns pass. */
function pieceOfSomebody(text: string): string | null {
  const spoken = maySpeakOfPerson(text.replace(returnOfMany, "")) ?? ownedBySomebody(text);
  const isName = likelyKind(text) === "names of people" && !ofRecords.test(text);
  return spoken ?? (isName ? text : (personsIn(text)[0]?.found ?? null));
}

const ofRecords =
  /\b(?:returns?|records?|registers?|reports?|lists?|logs?|books?|sheets?|tables?|systems?)\b/i;

/** "Women's safety return", "Male custody record": a record of many, unlike "the male". */
const returnOfMany =
  /(?<!\b(?:an?|the|this|that|one|of) )\b(?:women|men|males?|females?)(?:['’]s)?(?= (?:[\p{L}-]+ )?(?:returns?|records?|registers?|lists?|logs?)\b)/giu;

/** "Will's list": the first word as well, which may be any other word for `maySpeakOfPerson`. */
function ownedBySomebody(text: string): string | null {
  for (const [piece, owner = ""] of text.matchAll(/(?<!\p{L})(\p{Lu}\p{L}+)['’]s?(?!\p{L})/gu)) {
    if (givenNames.has(owner.toLowerCase()) || surnames.has(owner.toLowerCase())) return piece;
  }
  return null;
}
