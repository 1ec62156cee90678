export type TimeRole = "date" | "time" | "start" | "start_time" | "end" | "end_time";

/**
 * What a date column refers to: the occurrence, by a verb or by one end of its span; an offence or
 * incident; nothing specific; a part of a date; the report.
 */
export type TimeMeaning = "occurred" | "named" | "plain" | "part" | "unknown" | "reported";

const vocabulary = {
  occurred: "occurred occur occ occurrence occurence committed happened",
  named: "offence offense incident crime event",
  reported:
    "reported report rptd rpt recorded record received recd logged log notified call called dispatch dispatched",
  from: "from start starts started earliest",
  first: "first begin fr",
  to: "to end ends ended latest",
  last: "last until",
  date: "date dt dat datetime timestamp stamp when",
  time: "time tm",
  part: "day month",
  on: "on at",
  filler: "of the and local complaint cmplnt",
} as const;
type Sense = keyof typeof vocabulary;

const senses = new Map(
  Object.entries(vocabulary).flatMap(([sense, words]) =>
    words.split(" ").map((word) => [word, sense as Sense] as const),
  ),
);
/** Null unless all words of the heading concern dates and times. */
export function readTimeHeading(
  words: string,
): { readonly role: TimeRole; readonly meaning: TimeMeaning } | null {
  const parts = words.split(" ").map(partsOf);
  if (parts.includes(null)) return null;
  const role = roleOf(saidBy(parts));
  if (role === null) return null;
  return { role, meaning: role === "date" || role === "time" ? meaningOf(words) : "occurred" };
}

type Said = (sense: Sense) => boolean;

function saidBy(parts: readonly (readonly string[] | null)[]): Said {
  const said = new Set(parts.flatMap((part) => part ?? []).map((word) => senses.get(word)));
  return (sense) => said.has(sense);
}

function roleOf(has: Said): TimeRole | null {
  const unit = unitOf(has);
  if (has("reported")) return unit ?? (has("on") ? "date" : null);
  const ends = endsOf(has, unit !== null || has("occurred"));
  if (ends.length > 1) return null;
  const [end] = ends;
  if (end !== undefined) return unit === "time" ? `${end}_time` : end;
  return unit ?? (has("occurred") && has("on") ? "date" : null);
}

/** "First" and "last" alone may head any column. */
function endsOf(has: Said, isTold: boolean): ("start" | "end")[] {
  const isStart = has("from") || (has("first") && isTold);
  const isEnd = has("to") || (has("last") && isTold);
  return [...(isStart ? (["start"] as const) : []), ...(isEnd ? (["end"] as const) : [])];
}

/** "Date and time" is a date, "time of day" a time. */
function unitOf(has: Said): "date" | "time" | null {
  if (has("date")) return "date";
  if (has("time")) return "time";
  return has("part") ? "date" : null;
}

export function meaningOf(words: string): TimeMeaning {
  const has = saidBy(words.split(" ").map(partsOf));
  if (has("reported")) return "reported";
  const isPlain = has("date") || has("time");
  if (has("part") && !isPlain) return "part";
  if (has("occurred")) return "occurred";
  if (has("named")) return "named";
  return isPlain ? "plain" : "unknown";
}

export function isDateHeading(words: string): boolean {
  const role = readTimeHeading(words)?.role;
  return role === "date" || role === "start" || role === "end";
}

/** "occurreddate" is two words, "today" is one; null for words outside the vocabulary. */
function partsOf(word: string): readonly string[] | null {
  if (senses.has(word)) return [word];
  return word.length < 6 ? null : joinedParts(word);
}

function joinedParts(word: string): readonly string[] | null {
  if (senses.has(word)) return [word];
  for (let end = Math.min(word.length - 2, longestWord); end >= 2; end -= 1) {
    const rest = senses.has(word.slice(0, end)) ? joinedParts(word.slice(end)) : null;
    if (rest) return [word.slice(0, end), ...rest];
  }
  return null;
}
const longestWord = Math.max(...[...senses.keys()].map((word) => word.length));
