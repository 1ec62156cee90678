import {
  type LanguageCode,
  type PluralForms,
  shortMonths,
  withoutIntl,
} from "#core/text/languages.ts";
import { clockWords, formatDay } from "#core/time/words.ts";

/** One text, or one for each form that a count takes: `{ one: "{count} hour", other: "{count} hours" }`. */
type Message = string | { readonly other: string };
export type Messages = Readonly<Record<string, Message>>;

/** Placeholders of a message: "{count} in {area}" has "count" and "area". */
type Slots<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Slots<Rest>
  : never;
type TextOf<One> = One extends { readonly other: infer Text } ? Text : One;

/** A text with each of these placeholders, in any order. */
type Having<Name extends string> = [Name] extends [never]
  ? string
  : (Name extends string ? (text: `${string}{${Name}}${string}`) => void : never) extends (
        text: infer All,
      ) => void
    ? All
    : never;

/** The same keys, placeholders and, where a count decides, every form that the language has. */
export type Words<Source extends Messages, Code extends LanguageCode> = {
  readonly [Key in keyof Source]: Source[Key] extends string
    ? Having<Slots<Source[Key]>>
    : Readonly<Record<PluralForms[Code], Having<Slots<TextOf<Source[Key]>>>>>;
};

/** A file of data/words. The compiler sees its keys and forms, a test its placeholders. */
interface Dictionary<Source extends Messages, Code extends LanguageCode> {
  /** Who has read it; null for what a machine translated and nobody has checked. */
  readonly checkedBy: string | null;
  readonly words: {
    readonly [Key in keyof Source]: Source[Key] extends string
      ? string
      : Readonly<Record<PluralForms[Code], string>>;
  };
}

/** Each is loaded when it is chosen. */
export type Dictionaries<Source extends Messages> = {
  readonly [Code in Exclude<LanguageCode, "en">]: () => Promise<{
    readonly default: Dictionary<Source, Code>;
  }>;
};

/** A number is written as the language writes it; a form is chosen by `count`. */
type Values<One> = Readonly<
  One extends string
    ? Record<Slots<One>, string | number>
    : Record<Exclude<Slots<TextOf<One>>, "count">, string | number> & { count: number }
>;
type Filling<One> = [Slots<TextOf<One>>] extends [never] ? [] : [values: Values<One>];

/** Keys of messages without placeholders. */
export type PlainKeyOf<Source extends Messages> = {
  [Key in keyof Source]: [Slots<TextOf<Source[Key]>>] extends [never] ? Key : never;
}[keyof Source];

export type SayOf<Source extends Messages> = <Key extends keyof Source & string>(
  key: Key,
  ...filling: Filling<Source[Key]>
) => string;

/** How a language writes numbers, dates, times and lists. */
export interface Formats {
  /** "1,205" */
  readonly count: (count: number) => string;
  /** "September 2021" of `2021-09` */
  readonly month: (month: string) => string;
  /** "Sep" of `2021-09` */
  readonly shortMonth: (month: string) => string;
  /** "26 November 2021" of `2021-11-26` */
  readonly date: (date: string) => string;
  /** "Fri 26 Nov" of `2021-11-26` */
  readonly day: (date: string) => string;
  /** "Friday" of 5 */
  readonly weekday: (weekday: number) => string;
  /** "Fri" of 5 */
  readonly shortWeekday: (weekday: number) => string;
  /** "7pm" of `19:00` in English, else "19:00" */
  readonly time: (time: string) => string;
  /** "a, b and c" */
  readonly list: (items: readonly string[]) => string;
}

export interface LanguageOf<Source extends Messages> extends Formats {
  readonly code: LanguageCode;
  /** A BCP 47 tag, for `lang`. */
  readonly tag: string;
  readonly checkedBy: string | null;
  readonly say: SayOf<Source>;
}

export function isUnchecked({ code, checkedBy }: Pick<LanguageOf<Messages>, "code" | "checkedBy">) {
  return code !== "en" && checkedBy === null;
}

export function speak<Source extends Messages>(
  code: LanguageCode,
  words: Readonly<Record<keyof Source, Message>>,
  checkedBy: string | null = null,
): LanguageOf<Source> {
  const formats = formatsOf(code);
  const forms = new Intl.PluralRules(tagOf(code));
  const say = (
    key: keyof Source & string,
    values: Readonly<Record<string, string | number>> = {},
  ) => fill(key, textOf(words[key], forms, values["count"]), values, formats);
  return { code, tag: tagOf(code), checkedBy, ...formats, say };
}

function tagOf(code: LanguageCode): string {
  return code === "en" ? "en-GB" : code;
}

function textOf(message: Message, forms: Intl.PluralRules, count: unknown): string {
  if (typeof message === "string") return message;
  const form = forms.select(Number(count));
  return (message as Readonly<Record<string, string>>)[form] ?? message.other;
}

/** @throws RangeError for a placeholder or value without its counterpart: no partial sentences. */
function fill(
  key: string,
  text: string,
  values: Readonly<Record<string, string | number>>,
  { count }: Formats,
): string {
  const unused = new Set(Object.keys(values));
  // A short month can end with the full stop that the sentence ends with.
  const filled = text.replace(/\{(\w+)\}(\.?)/g, (_, name: string, stop: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`The message "${key}" needs a value for ${name}`);
    unused.delete(name);
    const said = typeof value === "number" ? count(value) : value;
    return said.endsWith(".") ? said : said + stop;
  });
  if (unused.size > 0) {
    throw new RangeError(`The message "${key}" has no place for ${[...unused].join(", ")}`);
  }
  return filled;
}

const utc = { timeZone: "UTC" } as const;

function formatsOf(code: LanguageCode): Formats {
  const short = shortMonths[code].split(" ");
  const shortMonth = (month: string) => short[Number(month.slice(5, 7)) - 1] ?? "";
  const shared = { shortMonth, time: code === "en" ? clockWords : (time: string) => time };
  if (code === "so" || code === "sq") return { ...shared, ...ownFormats(code, shortMonth) };
  const tag = tagOf(code);
  const counts = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 });
  const months = new Intl.DateTimeFormat(tag, { ...utc, month: "long", year: "numeric" });
  const dates = new Intl.DateTimeFormat(tag, { ...utc, dateStyle: "long" });
  const days = new Intl.DateTimeFormat(tag, {
    ...utc,
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  const weekdays = new Intl.DateTimeFormat(tag, { ...utc, weekday: "long" });
  const shortWeekdays = new Intl.DateTimeFormat(tag, { ...utc, weekday: "short" });
  const lists = new Intl.ListFormat(tag, { type: "conjunction" });
  return {
    ...shared,
    count: (count) => counts.format(count),
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
    date: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    day: code === "en" ? formatDay : (date) => days.format(new Date(`${date}T00:00:00Z`)),
    // 1 January 2024 was a Monday.
    weekday: (weekday) => weekdays.format(Date.UTC(2024, 0, weekday)),
    shortWeekday: (weekday) => shortWeekdays.format(Date.UTC(2024, 0, weekday)),
    list: (items) => lists.format(items),
  };
}

function ownFormats(code: keyof typeof withoutIntl, shortMonth: Formats["shortMonth"]) {
  const { months, weekdays, shortWeekdays, and, thousands } = withoutIntl[code];
  const monthOf = (date: string) => months.split(" ")[Number(date.slice(5, 7)) - 1] ?? "";
  const dayOf = (date: string) => Number(date.slice(8));
  const weekdayOf = (date: string) => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return {
    count: (count: number) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, thousands),
    month: (month: string) => `${monthOf(month)} ${month.slice(0, 4)}`,
    date: (date: string) => `${dayOf(date)} ${monthOf(date)} ${date.slice(0, 4)}`,
    day: (date: string) =>
      `${shortWeekdays.split(",")[weekdayOf(date)]} ${dayOf(date)} ${shortMonth(date)}`,
    weekday: (weekday: number) => weekdays.split(",")[weekday - 1] ?? "",
    shortWeekday: (weekday: number) => shortWeekdays.split(",")[weekday - 1] ?? "",
    list: (items: readonly string[]) =>
      items.length < 2
        ? (items[0] ?? "")
        : `${items.slice(0, -1).join(", ")} ${and} ${items.at(-1) ?? ""}`,
  };
}
