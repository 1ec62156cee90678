import { english, type WordKey } from "#core/releases/presentation/words/english.ts";

/** Placeholders of a message: "{count} in {area}" has "count" and "area". */
type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;
type English = typeof english;
type Filling<Key extends WordKey> = [Slots<English[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Slots<English[Key]>, string>>];

/** No placeholders. */
export type PlainKey = {
  [Key in WordKey]: [Slots<English[Key]>] extends [never] ? Key : never;
}[WordKey];

export type Say = <Key extends WordKey>(key: Key, ...filling: Filling<Key>) => string;

/**
 * Language of a slide, handout or file: messages, and formats of numbers, months, dates and lists.
 * What was frozen with the release (names of areas, notes, answers) is not translated.
 */
export interface Language {
  /** A BCP 47 tag, for `lang`. */
  readonly tag: string;
  readonly say: Say;
  /** "1,205" */
  readonly count: (count: number) => string;
  /** "September 2021" of `2021-09` */
  readonly month: (month: string) => string;
  /** "Sep" of `2021-09` */
  readonly shortMonth: (month: string) => string;
  /** "26 November 2021" of `2021-11-26` */
  readonly date: (date: string) => string;
  /** "a, b and c" */
  readonly list: (items: readonly string[]) => string;
}

/** A translation has the same keys and placeholders, in any order. */
export function speak(tag: string, dictionary: Readonly<Record<WordKey, string>>): Language {
  const counts = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const months = new Intl.DateTimeFormat(tag, { ...utc, month: "long", year: "numeric" });
  const dates = new Intl.DateTimeFormat(tag, {
    ...utc,
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  const lists = new Intl.ListFormat(tag, { type: "conjunction" });
  // Not from Intl: its en-GB writes "Sept".
  const short = dictionary["months.short"].split(" ");
  return {
    tag,
    say: (key, ...[values]) => fill(key, dictionary[key], values ?? {}),
    count: (count) => counts.format(count),
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
    shortMonth: (month) => short[Number(month.slice(5, 7)) - 1] ?? "",
    date: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    list: (items) => lists.format(items),
  };
}

const utc = { timeZone: "UTC" } as const;

export const inEnglish: Language = speak("en-GB", english);

/** @throws RangeError for a placeholder or value without its counterpart: no partial sentences. */
function fill(key: string, text: string, values: Readonly<Record<string, string>>): string {
  const unused = new Set(Object.keys(values));
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`The message "${key}" needs a value for ${name}`);
    unused.delete(name);
    return value;
  });
  if (unused.size > 0) {
    throw new RangeError(`The message "${key}" has no place for ${[...unused].join(", ")}`);
  }
  return filled;
}
