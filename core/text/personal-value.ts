import { plainText } from "#core/text/normalise.ts";
import { givenNames, surnames } from "#core/text/personal-names.ts";

/** Completes a sentence about a column: "its values look like ...". */
export type PersonalKind =
  | "e-mail addresses"
  | "phone numbers"
  | "vehicle marks"
  | "National Insurance numbers"
  | "NHS numbers"
  | "PNC or CRO numbers"
  | "addresses"
  | "names of people"
  | "text about people"
  | "nationalities or ethnicities"
  | "the sex of people"
  | "ages of people"
  | "dates of birth";

const email = /[^\s@<>"]{1,64}@[^\s@<>"]{1,255}\.[a-z]{2,}/i;
/** Current vehicle marks, prefix and suffix ones, and Northern Ireland's. */
const vehicleMark =
  /^(?:[A-Z]{2} ?\d{2}[ -]?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]|(?=[A-Z]*[IZ])[A-Z]{3} ?\d{3,4})$/i;
const nationalInsurance = /^[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/i;
/** PNC and CRO numbers of a person. */
const policeNumber =
  /^(?:PNC(?:ID)?|CRO)?[ :]*(?:(?:19|20)?\d{2}\/\d{3,7}[A-HJ-NP-RT-Z]|\d{3,6}\/\d{2}[A-HJ-NP-RT-Z])$/i;
const spacedNhs = /^\d{3}[ -]\d{3}[ -]\d{4}$/;
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i;
const street =
  /\b(?:street|st|road|rd|avenue|ave|lane|ln|close|drive|gardens|gdns|court|ct|terrace|crescent|way|place|square|grove|mews|walk|hill|row|parade|house|park|rise|villas)\b/i;
const dwelling = /^(?:flat|apartment|apt|unit|room|house)\s*(?:\d{1,4}[a-z]?|[a-z])\b/i;
const houseNumber = /^\d{1,4}[a-z]?(?:\s*[-/]\s*\d{1,4}[a-z]?)?,?\s+\p{L}/iu;

/**
 * Personal kind of a value regardless of context; null for anything ambiguous. A value recognised
 * here is never stored, even in a column that is read.
 */
export function certainKind(value: string): PersonalKind | null {
  const text = plainText(value);
  if (text.length < 5) return null;
  if (text.length < 400 && text.includes("@") && email.test(text)) return "e-mail addresses";
  if (isPhone(text)) return "phone numbers";
  if (vehicleMark.test(text)) return "vehicle marks";
  if (nationalInsurance.test(text)) return "National Insurance numbers";
  if (policeNumber.test(text)) return "PNC or CRO numbers";
  if (spacedNhs.test(text) && isNhsNumber(text)) return "NHS numbers";
  return isAddress(text) ? "addresses" : null;
}

const phoneSigns = /^(?:\+|\(?\d{3})[\d\s().-]*$/;

/** UK numbers with or without country code, foreign ones with theirs. */
function isPhone(text: string): boolean {
  // A degree with many decimals is as long; a reference such as 01/123456/21 has other groups.
  if (text.length > 24 || /^\d+\.\d+$/.test(text) || !phoneSigns.test(text)) return false;
  const figures = text.replace(/\D/g, "");
  if (text.startsWith("+") && !figures.startsWith("44")) return /^\d{9,15}$/.test(figures);
  return /^(?:0?0?440?|0)(?:7\d{9}|[1238]\d{8,9})$/.test(figures);
}

/** The tenth digit of an NHS number is a check digit. */
function isNhsNumber(text: string): boolean {
  const figures = text.replace(/\D/g, "");
  if (figures.length !== 10) return false;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(figures[at]) * (10 - at);
  return (11 - (sum % 11)) % 11 === Number(figures[9]);
}

/** A house or flat, not a street: "12 Fore Street", "Flat 3", "N18 2XG" with a number before it. */
function isAddress(text: string): boolean {
  if (text.length > 200) return false;
  if (dwelling.test(text)) return true;
  return houseNumber.test(text) && (street.test(text) || postcode.test(text));
}

/** Evidence only if many of a column's values agree; weaker than `certainKind`. */
export function likelyKind(value: string): PersonalKind | null {
  const text = plainText(value).replace(/\s+/g, " ");
  // Streets of public files, whose names may speak of boys, kings and women.
  if (text === "" || /^on or near\b/i.test(text)) return null;
  const certain = certainKind(text);
  if (certain !== null) return certain;
  if (/^7\d{9}$/.test(text)) return "phone numbers";
  if (/^\d{10}$/.test(text) && isNhsNumber(text)) return "NHS numbers";
  const lower = text.toLowerCase();
  if (sexes.has(lower)) return "the sex of people";
  if (ageBand.test(lower)) return "ages of people";
  if (origins.test(lower)) return "nationalities or ethnicities";
  if (isText(lower)) return "text about people";
  return isName(text) ? "names of people" : null;
}

const sexes: ReadonlySet<string> = new Set([
  "male",
  "female",
  "m",
  "f",
  "man",
  "woman",
  "non-binary",
]);
const ageBand =
  /^(?:under (?:10|16|18)|10-17|18-24|25-34|over 34|\d{1,2} (?:years?|yrs?)(?: old)?)$/;
export const origins =
  /^(?:white|black|asian|mixed|chinese|arab)\b.*\b(?:british|white|black|asian|background|irish|english|caribbean|african|northern european|southern european|other)\b|^(?:afghan|albanian|algerian|american|australian|bangladeshi|brazilian|british|bulgarian|chinese|colombian|congolese|cypriot|czech|dutch|egyptian|english|eritrean|estonian|ethiopian|filipino|french|gambian|german|ghanaian|greek|hungarian|indian|iranian|iraqi|irish|israeli|italian|ivorian|jamaican|japanese|jordanian|kenyan|kosovan|kurdish|latvian|lebanese|libyan|lithuanian|malaysian|moldovan|moroccan|nepalese|nigerian|northern irish|pakistani|palestinian|polish|portuguese|romanian|russian|scottish|senegalese|serbian|sierra leonean|slovak|slovakian|slovenian|somali|south african|spanish|sri lankan|sudanese|swedish|syrian|thai|tunisian|turkish|ugandan|ukrainian|vietnamese|welsh|zambian|zimbabwean)$/;

/** Lower-case words that refer to a person; lists of outcomes do not use them. */
export const aboutSomebody =
  /\b(?:he|she|his|her|him|hers|himself|herself|they told|males?|females?|man|woman|men|women|boy|girl|mother|father|husband|wife|boyfriend|girlfriend|wearing|aged|named|pregnant|homeless|drunk|stated|informant|ic[1-9])\b/;
const fewestWords = 5;

function isText(lower: string): boolean {
  return lower.split(/\s+/, fewestWords).length >= fewestWords && aboutSomebody.test(lower);
}

const titled = /^(?:mr|mrs|ms|miss|mx|dr|prof|rev|sir|pc|dc|ps|ds|pcso|sgt|insp|di)\.?\s+\p{L}/iu;
const nameShape = /^\p{L}[\p{L}'’.-]*(?:,? \p{L}[\p{L}'’.-]*){0,3}$/u;

function isName(text: string): boolean {
  if (text.length > 60 || !nameShape.test(text)) return false;
  if (titled.test(text)) return true;
  const words = text
    .toLowerCase()
    .split(/[\s,.]+/)
    .filter((word) => word !== "");
  if (words.some((word) => placeWords.has(word))) return false;
  if (words.some((word) => givenNames.has(word))) return true;
  return words.length <= 2 && surnames.has(words.at(-1) ?? "");
}

/**
 * Whether a few words may identify a person, even among other words: "seen with jack", "polish
 * female". For words that would be shown and kept; withholding a harmless one costs a row, not a
 * person.
 */
export function maySpeakOfPerson(value: string): boolean {
  const text = plainText(value).replace(/\s+/g, " ");
  if (likelyKind(text) !== null) return true;
  const lower = text.toLowerCase();
  if (aboutSomebody.test(lower) || /\b[od]['’]\p{L}{3,}/u.test(lower)) return true;
  return lower.split(/[^\p{L}]+/u).some((word) => givenNames.has(word) || origins.test(word));
}

/** Skips nearly all references: digits with at most one word. */
const twoWords = /\p{L}\P{L}+\p{L}{2}|\p{Ll}\p{Lu}/u;

/** `Smith.Amelia.85`: a code that is made of a given name and a surname. */
export function holdsWholeName(code: string): boolean {
  if (!twoWords.test(code)) return false;
  const words = plainText(code)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  const given = words.findIndex((word) => givenNames.has(word));
  return given !== -1 && words.some((word, at) => at !== given && surnames.has(word));
}

/** Two or three capitalised words, none of a place or a list. */
export function hasShapeOfName(value: string): boolean {
  const text = value.trim();
  if (text.length > 60) return false;
  const words = text.split(/[\s,]+/);
  if (words.length < 2 || words.length > 3) return false;
  return words.every(
    (word) => /^\p{Lu}[\p{L}'’-]*\.?$/u.test(word) && !placeWords.has(word.toLowerCase()),
  );
}

export const placeWords: ReadonlySet<string> = new Set(
  `street st road rd avenue lane close drive gardens court terrace crescent way place square grove mews walk
  hill row parade house park rise villas green town ward north south east west upper lower central common cross
  bridge gate corner station estate centre wood woods field fields end vale view mount the on near of and or in
  at to by for with no not police service constabulary council borough london city county partner resident
  school library market hospital church supermarket shopping area parking car theft crime crimes order drugs
  damage arson violence robbery burglary other vehicle person search offence offences weapons behaviour anti
  social public outcome resolution penalty warning charge summons traffic night day dry wet fine`
    .split(/\s+/)
    .filter((word) => word !== ""),
);
