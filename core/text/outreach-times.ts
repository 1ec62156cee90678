import { faultsOfWords, type WordsFault, type WordsRule } from "#core/text/free-words.ts";
import { smallCountIn, smallCountRefusal } from "#core/text/small-counts.ts";

/**
 * Why words about a place are refused: what speaks of a person, and a sentence that says when outreach or a partner
 * comes. Plans, actions and packs are read by police, by other partners and on paper, and when somebody meets women
 * at a place is in its partner's own calendar alone (SAFEGUARDS 4, 6 and 13).
 */
export function faultsOfPlaceWords(
  field: string,
  words: string,
  rule?: WordsRule,
): readonly WordsFault[] {
  const faults = faultsOfWords(field, words, rule);
  const sentence = sentenceOfOutreachTime(words);
  if (sentence === null) return faults;
  const quote = sentence.length > longestQuote ? `${sentence.slice(0, longestQuote)}…` : sentence;
  const reason = `“${quote}” may say when outreach comes. Leave the time out: it is kept clear by its own calendar, and nobody else may read it here.`;
  return [...faults, { field, reason }];
}

const longestQuote = 60;

/** The same for words that partners read, on paper as well: no count under 10 either (SAFEGUARDS 7). */
export function faultsOfSharedWords(
  field: string,
  words: string,
  rule?: WordsRule,
): readonly WordsFault[] {
  const faults = faultsOfPlaceWords(field, words, rule);
  const count = smallCountIn(words);
  return count === null ? faults : [...faults, { field, reason: smallCountRefusal(count) }];
}

/** The first sentence that speaks of outreach and of a time of day or week; null where none does. */
export function sentenceOfOutreachTime(words: string): string | null {
  const sentences = words.split(/(?<=[.;!?])\s+|\n+/u).map((sentence) => sentence.trim());
  return sentences.find(speaksOfOutreachTime) ?? null;
}

/** Whether words hold both, however they are cut into sentences. */
export function speaksOfOutreachTime(words: string): boolean {
  return ofOutreach.test(words) && ofTime.test(words);
}

const ofOutreach =
  /\b(?:outreach|partners?(?:'|’)?s?|charit(?:y|ies)|the van|clinic bus|support workers?|volunteers?)\b/iu;
const ofTime =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tues?|weds?|thurs?|fri|sat|sun)\b|evenings?|nights?|mornings?|afternoons?|midnight|\d{1,2}[:.]\d{2}|\d{1,2} ?[ap]\.?m|\d{4} ?(?:hrs|hours|h)|\d{1,2}h|weekly|daily|after dark|o['’]clock)\b/iu;
