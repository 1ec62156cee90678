import { describe, expect, test } from "vitest";
import { speak, type Words } from "#core/text/language.ts";
import {
  isLanguageCode,
  languageCodes,
  languageFor,
  ownNames,
  shortMonths,
  uncheckedWords,
  withoutIntl,
} from "#core/text/languages.ts";

const source = {
  plain: "Save",
  told: "{who} was told at {time}",
  until: "Until {day}.",
  hours: { one: "{count} hour", other: "{count} hours" },
} as const;

const words: Words<typeof source, "ro"> = {
  plain: "Salvați",
  told: "La {time} a fost anunțat {who}",
  until: "Până {day}.",
  hours: { one: "{count} oră", few: "{count} ore", other: "{count} de ore" },
};

test.each([
  [undefined, "en"],
  ["", "en"],
  ["tr-TR,tr;q=0.9,en-GB;q=0.8", "tr"],
  ["en-GB, tr;q=0.9", "en"],
  ["de-DE, pl ; q=0.7, ro;q=0.9", "ro"],
  ["tr;q=0, SQ", "sq"],
  ["zh, *;q=0.5", "en"],
  ["so;q=x, ;q=1, tr;q", "en"],
] as const)("of the languages that a browser likes (%s) it is read %s", (accepted, code) => {
  expect(languageFor(accepted)).toBe(code);
});

describe("a dictionary", () => {
  test("lacks no key, placeholder or plural form, or it does not compile", () => {
    // @ts-expect-error A key is missing.
    const key: typeof words = { told: words.told, hours: words.hours };
    // @ts-expect-error "who" is missing.
    const place: typeof words = { ...words, told: "La {time}" };
    // @ts-expect-error Romanian has "few".
    const form: typeof words = { ...words, hours: { one: "{count} oră", other: "{count} de ore" } };
    // @ts-expect-error Each form says how many.
    const count: typeof words = { ...words, hours: { ...words.hours, one: "o oră" } };
    expect([key, place, form, count]).toHaveLength(4);
  });

  test("is spoken with every value, each in its place, and no other", () => {
    const { say } = speak<typeof source>("ro", words);
    expect(say("told", { who: "Ana", time: "19:00" })).toBe("La 19:00 a fost anunțat Ana");
    // @ts-expect-error "time" has no value.
    expect(() => say("told", { who: "Ana" })).toThrow("needs a value for time");
    // @ts-expect-error It has no placeholders.
    expect(() => say("plain", { who: "Ana" })).toThrow("no place for who");
    // @ts-expect-error No such message.
    expect(() => say("other")).toThrow(TypeError);
  });

  test("ends with one full stop, though a short month has its own", () => {
    const { say } = speak<typeof source>("ro", words);
    expect(say("until", { day: "sâm., 27 nov." })).toBe("Până sâm., 27 nov.");
    expect(say("until", { day: "duminică" })).toBe("Până duminică.");
  });

  test("takes the form that the count asks for, and writes the count in the language", () => {
    const { say } = speak<typeof source>("ro", words);
    expect([1, 2, 19, 20, 101, 1205].map((count) => say("hours", { count }))).toEqual([
      "1 oră",
      "2 ore",
      "19 ore",
      "20 de ore",
      "101 ore",
      "1.205 ore",
    ]);
  });
});

/** Whole: what a browser without these languages must say too, in this process and there. */
const written = {
  en: ["1,205", "September 2021", "Sep", "26 November 2021", "Fri 26 Nov", "Friday", "7:30pm"],
  tr: ["1.205", "Eylül 2021", "Eyl", "26 Kasım 2021", "26 Kas Cum", "Cuma", "19:30"],
  pl: ["1205", "wrzesień 2021", "wrz", "26 listopada 2021", "pt., 26 lis", "piątek", "19:30"],
  ro: ["1.205", "septembrie 2021", "sept", "26 noiembrie 2021", "vin., 26 nov.", "vineri", "19:30"],
  so: ["1,205", "Sebteembar 2021", "Seb", "26 Noofeembar 2021", "Jim 26 Nof", "Jimco", "19:30"],
  sq: ["1\u00a0205", "shtator 2021", "sht", "26 nëntor 2021", "pre 26 nën", "e premte", "19:30"],
} as const;
const lists = { en: "and", tr: "ve", pl: "i", ro: "și", so: "iyo", sq: "dhe" };

describe.each(languageCodes)("in %s", (code) => {
  const language = speak<typeof source>(code, source);

  test("numbers, months, dates, weekdays, times and lists are the language's own", () => {
    const { count, month, shortMonth, date, day, weekday, time, list } = language;
    expect([
      count(1205),
      month("2021-09"),
      shortMonth("2021-09"),
      date("2021-11-26"),
      day("2021-11-26"),
      weekday(5),
      time("19:30"),
    ]).toEqual(written[code]);
    expect(list(["a", "b", "c"])).toBe(`a, b ${lists[code]} c`);
    expect([list([]), list(["a"])]).toEqual(["", "a"]);
  });

  test("there is a name, the line of the unchecked, twelve months, and a tag that sorts plurals", () => {
    expect(ownNames[code]).not.toBe("");
    expect(uncheckedWords[code].length).toBeGreaterThan(20);
    expect(new Set(shortMonths[code].split(" ")).size).toBe(12);
    expect(Intl.PluralRules.supportedLocalesOf(language.tag)).toEqual([language.tag]);
    expect(isLanguageCode(code)).toBe(true);
  });
});

test("no other code is a language", () => {
  expect([isLanguageCode("de"), isLanguageCode("toString"), isLanguageCode(null)]).not.toContain(
    true,
  );
});

test("Somali and Albanian have twelve months and seven weekdays of their own, and four figures are grouped", () => {
  for (const code of ["so", "sq"] as const) {
    expect(withoutIntl[code].months.split(" ")).toHaveLength(12);
    expect(withoutIntl[code].weekdays.split(",")).toHaveLength(7);
    expect(withoutIntl[code].shortWeekdays.split(",")).toHaveLength(7);
  }
  const { count } = speak<typeof source>("so", source);
  expect([0, 999, 1205, 1234567].map(count)).toEqual(["0", "999", "1,205", "1,234,567"]);
});
