import { plainText } from "#core/text/normalise.ts";
import { givenNames, surnames } from "#core/text/personal-names.ts";
import { aboutSomebody, origins, placeWords } from "#core/text/personal-value.ts";

/**
 * The part of a sentence that may identify a person: a name, a title and what follows, "she",
 * "wearing", an origin; null without any. Stricter than `personsIn`: for a few words about reports,
 * where "Will look again", "Rose Lane" and "in June" must pass, and women or origins need no
 * mention. A name that is also a word counts only capitalised within a sentence, and none in a
 * street name. It knows common names only: passing proves nothing.
 */
export function maySpeakOfPerson(text: string): string | null {
  const words = wordsOf(text);
  const named = words.find((word, at) => isNamed(word, at, words));
  const piece =
    named?.text ??
    aboutSomebody.exec(plainText(text).toLowerCase())?.[0] ??
    somebody.exec(text)?.[0] ??
    titled.exec(text)?.[0] ??
    introduced(text);
  return piece ?? null;
}

export function personRefusal(piece: string): string {
  return `“${piece}” may identify a person. Write about reports and places, without names.`;
}

interface Word {
  readonly text: string;
  readonly lower: string;
  readonly isCapital: boolean;
  /** Begins a sentence, so that its capital says nothing. */
  readonly isFirst: boolean;
}

function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  let isFirst = true;
  for (const [piece] of plainText(text).matchAll(/[\p{L}][\p{L}'’-]*|[.!?:]/gu)) {
    if (/^[.!?:]$/u.test(piece)) {
      isFirst = true;
      continue;
    }
    const bare = piece.replace(/['’]s?$/u, "");
    found.push({
      text: bare,
      lower: bare.toLowerCase(),
      isCapital: /^\p{Lu}/u.test(bare),
      isFirst,
    });
    isFirst = false;
  }
  return found;
}

function isNamed(word: Word, at: number, words: readonly Word[]): boolean {
  const { lower, isCapital } = word;
  if (origins.test(lower)) return lower !== "british";
  if (isCapital && isInPlaceName(at, words)) return false;
  if (givenNames.has(lower)) return isGivenName(word, words[at + 1]);
  return surnames.has(lower) && isCapital && isUnlikeWord(word);
}

function isGivenName(word: Word, next: Word | undefined): boolean {
  const hasSurname = next?.isCapital === true && surnames.has(next.lower);
  if (hasSurname && word.isCapital) return true;
  return !timesAndPlaces.has(word.lower) && isUnlikeWord(word);
}

/** In no word list, or capitalised within a sentence. */
function isUnlikeWord({ lower, isCapital, isFirst }: Word): boolean {
  return !ordinary.has(lower) || (isCapital && !isFirst);
}

/** "Victoria Road", "St John's Church": in a capitalised run with a place word. */
function isInPlaceName(at: number, words: readonly Word[]): boolean {
  if (isOfPlaces(words[at])) return true;
  for (const step of [1, -1]) {
    for (let near = at + step; words[near]?.isCapital; near += step) {
      if (isOfPlaces(words[near])) return true;
    }
  }
  // Street names may be in lower case: "rose lane".
  const next = words[at + 1];
  return next !== undefined && streetEnds.has(next.lower);
}

function isOfPlaces(word: Word | undefined): boolean {
  return word !== undefined && (placeWords.has(word.lower) || places.has(word.lower));
}

function introduced(text: string): string | undefined {
  for (const [piece, first = "", second = ""] of text.matchAll(introduction)) {
    const run = [first, second].map((word) => word.toLowerCase());
    if (!run.some((word) => placeWords.has(word) || places.has(word))) return piece;
  }
  return undefined;
}

const somebody =
  /\b(?:girls|boys|lad(?:y|ies|s)|guys?|blokes?|punters?|o['’](?!clock)\p{L}{3,})\b/iu;

const titled =
  /\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sir|PC|DC|PS|DS|PCSO|Sgt|Sergeant|Insp|Inspector|DI)\.? +(?:\p{Lu}\p{L}+|\d{2,}\p{L}*)|(?:mr|mrs|dr|pc|pcso|sgt)\.? +\p{L}{2,})/u;
const introduction =
  /\b(?:spoke to|spoke with|seen with|saw|met|told|asked|rang|called|known as|name is) (\p{Lu}\p{Ll}+) (\p{Lu}\p{Ll}+)/gu;

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u));

const ordinary = list(
  "will mark hope faith grace rose dawn summer guy frank rob penny poppy holly lily daisy jade ruby amber dean glen carol max robin heather kelly ray art pat sue drew joy christian carter cook cooper baker bell brown butler fisher foster fox gray green hall hill hunt king knight lee marshall mason miller mills moore palmer parker price smith stone taylor turner walker ward watson white wood young singh morgan",
);
const timesAndPlaces = list("june jan april chelsea georgia jordan florence ion");
const places = list(
  "forest hale lock valley lea enfield haringey edmonton tottenham barnet hackney camden islington waltham epping broxbourne hertsmere northumberland ponders palmers bruce outreach team liaison",
);
const streetEnds = list("street road lane avenue close drive gardens court terrace crescent mews");
