import { plainText } from "#core/text/normalise.ts";
import { givenNames, surnames } from "#core/text/personal-names.ts";
import { likelyKind, type PersonalKind } from "#core/text/personal-value.ts";

/** One word, without surrounding punctuation. */
export interface Token {
  readonly text: string;
  readonly at: number;
  /** Its punctuation ends a clause: no name continues past it. */
  readonly endsClause: boolean;
  /** Begins the text or a sentence, where any word is capitalised. */
  readonly beginsSentence: boolean;
}

export function tokensOf(words: string): readonly Token[] {
  let begins = true;
  return Array.from(words.matchAll(/\S+/gu), (match) => {
    const [written] = match;
    const inner = written.replace(/^[("'‘“[]+/u, "").replace(/[)"'’”\],;.:!?]+$/u, "");
    const after = written.slice(written.indexOf(inner) + inner.length);
    const token = {
      text: plainText(inner),
      at: match.index + written.indexOf(inner),
      endsClause: /[,;:!?)\]]|\.$/u.test(after) && !isTitle(inner),
      beginsSentence: begins,
    };
    begins = /[.!?:]/u.test(after) && !isTitle(inner);
    return token;
  }).filter(({ text }) => text !== "");
}

interface NameFound {
  readonly kind: PersonalKind;
  readonly found: string;
  readonly at: number;
}

/** By title, by given name and surname, and given names after a word about a person. */
export function nameRuns(tokens: readonly Token[]): NameFound[] {
  return tokens.flatMap((token, at): NameFound[] => {
    const length = titledLength(tokens, at) || pairLength(tokens, at) || singleLength(tokens, at);
    if (length > 0) {
      const run = tokens.slice(at, at + length);
      return [{ kind: "names of people", found: textOf(run), at: token.at }];
    }
    const next = tokens[at + 1];
    const kind = "nationalities or ethnicities";
    if (next && isPerson.test(next.text) && likelyKind(token.text) === kind) {
      return [{ kind, found: textOf([token, next]), at: token.at }];
    }
    return [];
  });
}

function textOf(run: readonly Token[]): string {
  return run.map(({ text }) => text).join(" ");
}

const isPerson = /^(?:females?|males?|wom[ae]n|m[ae]n|girls?|boys?|nationals?|lad(?:y|ies))$/i;

const titles =
  /^(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss|[Mm]x|Dr|[Pp]rof|Rev|Sir|Cllr|Councillor|PC|DC|PS|DS|PCSO|SGT|[Ss]gt|Sergeant|[Ii]nsp|Inspector|DI|MR|MRS|MISS)\.?$/u;

function isTitle(word: string): boolean {
  return titles.test(word);
}

/** "Mr Smith", "PC 1234 Jones"; not "Elm Dr North", "PC World" nor "Sir Francis Way". */
function titledLength(tokens: readonly Token[], at: number): number {
  const title = tokens[at];
  if (!title || !isTitle(title.text) || title.endsClause) return 0;
  if (/^Dr\.?$/.test(title.text) && isCapital(tokens[at - 1]) && !title.beginsSentence) return 0;
  const skip = /^\d{1,6}[A-Z]{0,2}$/.test(tokens[at + 1]?.text ?? "") ? 2 : 1;
  const length = capitalRun(tokens, at + skip);
  if (length === 0) return 0;
  const run = tokens.slice(at + skip, at + skip + length);
  return run.some(isPlaceWord) ? 0 : skip + length;
}

/** "Angela Smith", "jack smith"; not "Victoria Park", "Mark Lane" nor "Will Westley". */
function pairLength(tokens: readonly Token[], at: number): number {
  const first = tokens[at];
  const next = tokens[at + 1];
  if (!first || !next || first.endsClause) return 0;
  const given = bare(first);
  const surname = bare(next);
  if (!givenNames.has(given)) return 0;
  if (!isCapital(first)) {
    const isPlain = plainSurnames.has(surname);
    return !isPlain && surnames.has(surname) && !isPlaceWord(tokens[at + 2]) ? 2 : 0;
  }
  if (isSaintBefore(tokens, at)) return 0;
  const length = capitalRun(tokens, at);
  if (length < 2) return 0;
  const run = tokens.slice(at, at + length);
  if (isPlace(run, tokens[at + length])) return 0;
  return ambiguous.has(given) && !surnames.has(surname) ? 0 : length;
}

/** "spoke to Sarah", "named Joyce": where the words before mean a person. */
function singleLength(tokens: readonly Token[], at: number): number {
  const first = tokens[at];
  const before = tokens[at - 1];
  if (!first || !before || !isCapital(first) || !givenNames.has(bare(first))) return 0;
  if (ambiguous.has(bare(first)) || isPlace([first], tokens[at + 1])) return 0;
  const two = `${tokens[at - 2]?.text ?? ""} ${before.text}`.toLowerCase();
  const isMeant = ofSomebody.test(before.text) || /^(?:spoke|spoken|talked) (?:to|with)$/.test(two);
  return isMeant ? 1 : 0;
}

const ofSomebody =
  /^(?:named|called|told|arrested|nominal|suspect|victim|offender|saw|seen|met|ask|asked|phone|ring|contact)$/i;

/** Length of the run of name-like words from here, up to four. */
function capitalRun(tokens: readonly Token[], from: number): number {
  let length = 0;
  while (length < 4 && isCapital(tokens[from + length])) {
    length += 1;
    if (tokens[from + length - 1]?.endsClause) break;
  }
  return length;
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}[\p{L}'’.-]*$/u.test(token.text);
}

function bare(token: Token): string {
  return token.text.toLowerCase().replace(/['’]s$/u, "");
}

/** "St Mark's Road", "King George", "Prince Albert". */
function isSaintBefore(tokens: readonly Token[], at: number): boolean {
  return /^(?:St|Saint|King|Queen|Prince|Princess|Duke|Lord|Lady|Royal|The)\.?$/.test(
    tokens[at - 1]?.text ?? "",
  );
}

function isPlace(run: readonly Token[], next: Token | undefined): boolean {
  return run.some(isPlaceWord) || (run.at(-1)?.endsClause !== true && isPlaceWord(next));
}

function isPlaceWord(token: Token | undefined): boolean {
  return token !== undefined && placeWords.has(bare(token));
}

/** Given names that are also sentence openers or place names: only with a surname. */
const ambiguous = wordSet(
  `will mark may june faith hope grace summer dawn rose guy max jay bob sue lily amber jade ruby daisy poppy jordan
   chelsea holly rob pat jean joy bill jack victoria florence charlotte lee iris olive heather robin frank art angel
   carol penny eve april august logan madison paris sally ray harry drew miles`,
);

/** Surnames that are ordinary words in lower case. */
const plainSurnames = wordSet(
  `white brown green black gray hill bell cook cooper fox hall knight hunt price long wood ward king young carter mason
   walker turner fisher miller baker taylor parker cox may rose lane park field west north`,
);

const placeWords = wordSet(
  `street st road rd avenue ave lane close drive gardens court terrace crescent way place square grove mews walk hill row
   parade house park rise villas green town ward north south east west upper lower central common cross bridge gate
   corner station estate centre wood woods field fields end vale valley view mount council borough police school library
   market hospital church chapel mosque temple supermarket recreation ground playground pub inn arms head tavern hotel
   hostel cafe lodge primary academy college stadium surgery clinic castle hall tower towers point circular line bus
   world shop stores store bakery community mission trust charity foundation alley path canal lock river water lea
   neighbourhood team service services panel office line depot garage yard works junction roundabout subway underpass
   palace`,
);

function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}
