import { nameRuns, type Token, tokensOf } from "#core/text/names-in-words.ts";
import { plainText } from "#core/text/normalise.ts";
import { certainKind, type PersonalKind } from "#core/text/personal-value.ts";

export interface PersonFound {
  readonly kind: PersonalKind;
  /** As typed, shown to its writer only: never stored or logged. */
  readonly found: string;
  /** Offset of its first character, from 0. */
  readonly at: number;
}

/**
 * Everything in free text that identifies one person (SAFEGUARDS 8), in order. Applies the column
 * checks (core/text/personal-value.ts) among other words, where a number before a street is an
 * address and "14 reports near Fore Street" is not. It knows patterns and common names only: the
 * page says so beside the field, and the human reader is the other safeguard.
 */
export function personsIn(words: string): readonly PersonFound[] {
  const tokens = tokensOf(words);
  const runs = [
    ...runsOfKind(tokens),
    ...addressRuns(tokens),
    ...nameRuns(tokens),
    ...patterns.flatMap(({ kind, pattern }) => matches(words, kind, pattern)),
  ];
  const found: PersonFound[] = [];
  for (const run of runs.sort((a, b) => a.at - b.at || b.found.length - a.found.length)) {
    const last = found.at(-1);
    if (!last || run.at >= last.at + last.found.length) found.push(run);
  }
  return found;
}

/** A number is written in up to five pieces: "07700 900 123". */
const longestRun = 5;

/** E-mail, phones, vehicle marks, personal numbers. Addresses in text have their own rules. */
function runsOfKind(tokens: readonly Token[]): PersonFound[] {
  return tokens.flatMap((first, from) => {
    if (!/[\d@]/.test(runText(tokens, from, longestRun))) return [];
    for (let length = 1; length <= longestRun && from + length <= tokens.length; length += 1) {
      const text = runText(tokens, from, length);
      const kind = certainKind(text);
      if (kind === null || kind === "addresses") continue;
      if (kind === "vehicle marks" && !isMarkAmongWords(text)) continue;
      return [{ kind, found: text, at: first.at }];
    }
    return [];
  });
}

/** "A10 and", "for 20m" look like old marks: a mark is in capitals, or of the new form. */
function isMarkAmongWords(text: string): boolean {
  const plain = plainText(text);
  return plain === plain.toUpperCase() || /^[a-z]{2}\d{2} ?[a-z]{3}$/i.test(plain);
}

function runText(tokens: readonly Token[], from: number, length: number): string {
  return tokens
    .slice(from, from + length)
    .map(({ text }) => text)
    .join(" ");
}

const streetWord =
  /^(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|gardens|gdns|court|ct|terrace|crescent|way|place|square|grove|mews|walk|hill|row|parade|house|park|rise|villas)$/i;
const isPostcode = /^[a-z]{1,2}\d[a-z\d]?$/i;
/** Before a number that is not a house number. */
const notBeforeHouse = /^(?:phase|stage|week|day|zone|ward|in|since|until|by|of|the|part|step)$/i;
const dateWord =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|january|february|march|april|june|july|august|september|october|november|december)$/i;

/** "14 Brettenham Road", "at 12 fore street", "Flat 3"; not "14 reports near Brettenham Road" nor "in 2021 Fore Street". */
function addressRuns(tokens: readonly Token[]): PersonFound[] {
  return tokens.flatMap((token, at) => {
    const run = dwellingRun(tokens, at) ?? houseRun(tokens, at);
    return run === null ? [] : [{ kind: "addresses" as const, found: run, at: token.at }];
  });
}

function dwellingRun(tokens: readonly Token[], at: number): string | null {
  const isDwelling = /^(?:flat|apartment|apt)$/i.test(tokens[at]?.text ?? "");
  return isDwelling && /^\d{1,4}[a-z]?$/i.test(tokens[at + 1]?.text ?? "")
    ? runText(tokens, at, 2)
    : null;
}

function houseRun(tokens: readonly Token[], at: number): string | null {
  if (!mayBeHouse(tokens, at)) return null;
  for (let length = 2; length <= 4; length += 1) {
    const last = tokens[at + length - 1];
    if (!last) return null;
    const after = tokens[at + length]?.text ?? "";
    if (isPostcode.test(last.text) && /^\d[a-z]{2}$/i.test(after)) {
      return runText(tokens, at, length + 1);
    }
    if (endsStreet(tokens, at, length)) return runText(tokens, at, length);
    if (last.endsClause) return null;
  }
  return null;
}

/** A number that is no year or count, and not before a month or weekday. */
function mayBeHouse(tokens: readonly Token[], at: number): boolean {
  const number = tokens[at]?.text ?? "";
  if (!/^\d{1,4}[a-z]?(?:[-/]\d{1,4}[a-z]?)?$/i.test(number) || /^(?:19|20)\d{2}$/.test(number)) {
    return false;
  }
  const [before, after] = [tokens[at - 1]?.text ?? "", tokens[at + 1]?.text ?? ""];
  return !notBeforeHouse.test(before) && !dateWord.test(after);
}

function endsStreet(tokens: readonly Token[], at: number, length: number): boolean {
  const last = tokens[at + length - 1];
  const names = tokens.slice(at + 1, at + length - 1);
  if (!last || names.length === 0 || !streetWord.test(last.text)) return false;
  return isStreetName(names, last, tokens[at - 1]?.text ?? "");
}

/** Capitalised like a name, or lower-case after a word for where a person is. */
function isStreetName(names: readonly Token[], last: Token, before: string): boolean {
  if ([...names, last].every(({ text }) => /^\p{Lu}/u.test(text))) return true;
  return names.length === 1 && /^(?:at|no|number|outside|address|from|lives)$/i.test(before);
}

function matches(words: string, kind: PersonalKind, pattern: RegExp): PersonFound[] {
  return Array.from(words.matchAll(pattern), (match) => ({
    kind,
    found: match[0].trim(),
    at: match.index + (match[0].length - match[0].trimStart().length),
  }));
}

const month =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
/** Nobody plans for these years: they are birth years. */
const birthYear = "(?:19[2-9]\\d|200\\d|201[0-2])";

const patterns: readonly { readonly kind: PersonalKind; readonly pattern: RegExp }[] = [
  {
    kind: "dates of birth",
    pattern: new RegExp(
      `\\bd\\.?\\s?o\\.?\\s?b\\b\\.?|\\b(?:date of birth|born (?:on|in)\\b)|\\b\\d{1,2}[/.-]\\d{1,2}[/.-]${birthYear}\\b|\\b${birthYear}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}(?:st|nd|rd|th)?\\s+${month}\\s+${birthYear}\\b`,
      "giu",
    ),
  },
  { kind: "names of people", pattern: /\b(?:mr|mrs)\.? +\p{L}{2,}/giu },
  {
    kind: "ages of people",
    pattern:
      /\baged? (?:about )?\d{1,2}\b(?! ?(?:to|and|or|-|–))|\b\d{1,2}[- ]?(?:years?|yrs?)[- ]old\b|\b\d{1,2} ?y\/?o\b/giu,
  },
  { kind: "nationalities or ethnicities", pattern: /\bic ?[1-9]\b/giu },
  {
    kind: "text about people",
    pattern:
      /\b(?:he|she|him|his|hers?|himself|herself)\b|\bknown as\b|\b(?:ex-)?(?:boy|girl)friend\b/giu,
  },
];
