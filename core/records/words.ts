import type { EventCategory, EventSource } from "#core/records/event.ts";
import { type EventKind, eventKinds, kinds } from "#core/records/kinds.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { maySpeakOfPerson } from "#core/text/personal-value.ts";

/** Words in files for the closed lists of DEFINITIONS; undefined for unknown ones. */
export const kindOf = (text: string) => kindsByWord.get(normaliseWords(text));
export const sourceOf = (text: string) => sources.get(normaliseWords(text));
export const categoryOf = (text: string) => categories.get(normaliseWords(text));

const kindsByWord = new Map<string, EventKind>(
  eventKinds.flatMap((kind) =>
    [kind, ...kinds[kind].words].map((word) => [normaliseWords(word), kind] as const),
  ),
);

const sources = wordMap<EventSource>({
  resident: ["residents", "public", "member of the public", "community", "business"],
  partner: ["partners", "partner agency", "charity", "outreach", "council"],
  police: ["police officer", "officer", "patrol"],
});

const categories = wordMap<EventCategory>({
  kerb_crawling: ["kerbcrawling", "kerb crawler", "kerb crawlers", "curb crawling"],
  street_sex_work: [
    "street sex working",
    "sex work",
    "sex working",
    "on street sex work",
    "soliciting",
    "loitering for sex work",
    // As in force code lists; never shown on a screen.
    "prostitution",
  ],
  asb: [
    "anti social behaviour",
    "antisocial behaviour",
    "anti social behavior",
    "asb nuisance",
    "asb personal",
    "asb environmental",
    "nuisance",
  ],
  litter_needles: [
    "litter",
    "needles",
    "litter and needles",
    "discarded needles",
    "drug litter",
    "sex litter",
  ],
  traffic: ["road traffic", "traffic collision", "road traffic collision", "rtc", "collision"],
  other: ["others"],
});

/**
 * Looks like a list entry, not a name, an address or a personal number: up to five lower-case
 * words, the first optionally capitalised; or words that such lists use.
 */
export function isCategoryText(text: string): boolean {
  const words = normaliseWords(text).split(" ");
  if (words.length <= 6 && words.every((word) => listWords.has(word))) return true;
  if (maySpeakOfPerson(text)) return false;
  if (/\d{2}/.test(text) || /^\d+ /.test(text) || addressWords.test(text)) return false;
  return /^=?\p{L}?[\p{Ll}\d&/'.,()_+-]*(?: [\p{Ll}\d&/'.,()_+-]+){0,4}$/u.test(text);
}

const addressWords =
  /\b(?:street|road|avenue|lane|close|drive|gardens|court|flat|house|terrace|crescent)\b/i;

function wordMap<Value extends string>(
  lists: Readonly<Record<Value, readonly string[]>>,
): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const [value, synonyms] of Object.entries(lists) as [Value, readonly string[]][]) {
    map.set(normaliseWords(value), value);
    for (const synonym of synonyms) map.set(synonym, value);
  }
  return map;
}

const listWords: ReadonlySet<string> = new Set(
  [
    ...kindsByWord.keys(),
    ...sources.keys(),
    ...categories.keys(),
    "anti social behaviour bicycle theft burglary criminal damage and arson drugs other crime",
    "possession of weapons public order robbery shoplifting from the person vehicle violence",
    "sexual offences violent incident report call noise graffiti begging dealing speeding parking",
    "fly tipping rubbish condoms loitering drinking on in by with or non not all",
  ].flatMap((words) => words.split(" ")),
);
