import { faultsOfWords, type WordsFault, type WordsRule } from "#core/text/free-words.ts";
import { plainText } from "#core/text/normalise.ts";
import { smallCountIn, smallCountRefusal } from "#core/text/small-counts.ts";

/** Why a field's words are refused; empty if accepted. */
export type WordsJudge = (field: string, words: string, rule?: WordsRule) => readonly WordsFault[];

/**
 * Why words about a place are refused: anything that identifies a person, or may tell when outreach
 * or a partner comes. Police, other partners and paper see plans, actions and packs; when a partner
 * meets women belongs in its own calendar only (SAFEGUARDS 4, 6 and 13).
 */
export const faultsOfPlaceWords: WordsJudge = (field, words, rule) => [
  ...faultsOfWords(field, words, rule),
  ...timeFaults(field, sentenceOfOutreachTime(words)),
];

/** The same for words that partners read, on paper as well: no count under 10 either (SAFEGUARDS 7). */
export const faultsOfSharedWords: WordsJudge = (field, words, rule) => [
  ...faultsOfPlaceWords(field, words, rule),
  ...countFaults(field, words),
];

/**
 * The same where the field or the office already names outreach: any day or hour is read as the
 * time that it comes, whether or not the words say who.
 */
export const faultsOfOutreachWords: WordsJudge = (field, words, rule) => [
  ...faultsOfWords(field, words, rule),
  ...timeFaults(field, sentencesOf(words).find(holdsDayOrTime) ?? null),
  ...countFaults(field, words),
];

/** For a partner's own words, which police may read: "we" means outreach. */
export const faultsOfPartnerWords: WordsJudge = (field, words, rule) => [
  ...faultsOfWords(field, words, rule),
  ...timeFaults(
    field,
    sentenceOf(words, (text) => ofOutreach.test(text) || ofOurselves.test(text)),
  ),
];

function timeFaults(field: string, sentence: string | null): readonly WordsFault[] {
  if (sentence === null) return [];
  const quote = sentence.length > longestQuote ? `${sentence.slice(0, longestQuote)}…` : sentence;
  const reason = `“${quote}” may show when outreach comes. Leave the time out. Outreach times belong only in the partner’s own calendar.`;
  return [{ field, reason }];
}

const longestQuote = 60;

function countFaults(field: string, words: string): readonly WordsFault[] {
  const count = smallCountIn(words);
  return count === null ? [] : [{ field, reason: smallCountRefusal(count) }];
}

/**
 * First sentence that may tell when outreach comes; null without one. "Support worker to visit.
 * Mondays at the gate." tells it in two: so a time counts wherever outreach is mentioned, except in
 * a sentence about reports only.
 */
export function sentenceOfOutreachTime(words: string): string | null {
  return sentenceOf(words, (text) => ofOutreach.test(text));
}

function sentenceOf(words: string, isOfOutreach: (text: string) => boolean): string | null {
  if (!isOfOutreach(plainText(words))) return null;
  const isOne = (sentence: string) =>
    holdsTime(sentence) && (isOfOutreach(plainText(sentence)) || !ofReports.test(sentence));
  return sentencesOf(words).find(isOne) ?? null;
}

function sentencesOf(words: string): readonly string[] {
  return words.split(/(?<=[.;!?])\s+|\n+/u).map((sentence) => sentence.trim());
}

/** Whether words mention both, in whatever sentences. */
export function speaksOfOutreachTime(words: string): boolean {
  return ofOutreach.test(plainText(words)) && holdsTime(words);
}

function holdsTime(words: string): boolean {
  return ofTime.test(plainText(words));
}

function holdsDayOrTime(words: string): boolean {
  return holdsTime(words) || ofDay.test(plainText(words));
}

const ofOutreach =
  /\b(?:outreach|partners?(?:'|’)?s?|charit(?:y|ies)|the\s+van|clinic\s+bus|support[\s-]+workers?|case\s?workers?|nurses?|drop-?\s?ins?|volunteers?)\b/iu;
const ofOurselves = /\b(?:[Ww]e|[Uu]s|[Oo]urs?|[Mm]y|I)\b/u;
const ofReports = /\b(?:reports?|reported|complain(?:s|ed|ts?)?|sightings?)\b/iu;
const ofTime =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tues?|weds?|thurs?|fri|sat|sun)\b|evenings?|nights?|tonight|mornings?|afternoons?|midnight|noon|midday|lunch\s?times?|dusk|dawn|sunset|week-?\s?(?:ends?|days?)|\d{1,2}[:.]\d{2}|\d{1,2}\s?[ap]\.?m|\d{4}\s?(?:hrs|hours|h)|\d{1,2}h|\d{1,2}\s?(?:till|until)\s?\d{1,2}|weekly|fortnightly|daily|after dark|o['’]clock)\b/iu;

const months =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
/** A calendar day; a month alone does not count. */
const ofDay = new RegExp(
  `\\b(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}|${months} \\d{1,2}(?:st|nd|rd|th)?|the \\d{1,2}(?:st|nd|rd|th)|\\d{1,2}/\\d{1,2}|\\d{4}-\\d{2}-\\d{2})\\b`,
  "iu",
);
