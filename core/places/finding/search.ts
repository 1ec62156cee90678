import { plainWords, streetKey, wholeWord } from "#core/places/gazetteer/names.ts";
import { compareText } from "#core/text/text-order.ts";

export interface Findable {
  readonly name: string;
  /** `streetKey` of the search text. */
  readonly key: string;
}

/**
 * Places where each typed word starts a word, in any order. Usual short forms match the whole word,
 * and words that join two streets are dropped where nothing has them. Exact names come first, then
 * prefixes. An empty query returns all.
 */
export function searchPlaces<Place extends Findable>(places: readonly Place[], text: string) {
  const typed = plainWords(text);
  const words = typed.split(" ").filter(Boolean);
  if (words.length === 0) return text.trim() === "" ? places : [];
  const found = withWords(places, words, typed);
  const streets = words.filter((word) => !joining.has(word));
  const isJoined = streets.length > 0 && streets.length < words.length;
  return found.length === 0 && isJoined ? withWords(places, streets, typed) : found;
}

const joining: ReadonlySet<string> = new Set("and by at near corner junction of the".split(" "));

function withWords<Place extends Findable>(
  places: readonly Place[],
  words: readonly string[],
  typed: string,
): readonly Place[] {
  return places
    .map((place) => ({ place, rank: rankOf(place.key, words, typed) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank || compareText(a.place.name, b.place.name))
    .map(({ place }) => place);
}

const none = 4;

function rankOf(key: string, words: readonly string[], typed: string): number {
  const own = key.split(" ");
  const isIn = (word: string) => {
    const whole = wholeWord(word);
    return own.some((one) => one.startsWith(word) || one === whole);
  };
  if (!words.every(isIn)) return none;
  if (key === streetKey(typed)) return 0;
  if (key.startsWith(typed)) return 1;
  return own[0]?.startsWith(words[0] ?? "") ? 2 : 3;
}

/** The only place with this exact name; null for none or several. */
export function placeNamed<Place extends Findable>(
  places: readonly Place[],
  text: string,
): Place | null {
  const key = streetKey(text);
  const [first = null, second] = places.filter((place) => place.key === key);
  return second === undefined ? first : null;
}
