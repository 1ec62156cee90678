import { afterEach, describe, expect, test } from "vitest";
import {
  awaySentence,
  confirmWords,
  hoursWords,
  ruleSentence,
  spanOf,
  toldSentence,
} from "#client/protected-time/outreach/outreach-words.ts";
import { faultSentence } from "#client/protected-time/session-form/FormFoot.tsx";
import { langOfEnglish, readDiary, say, translated } from "#client/protected-time/words/diary.tsx";
import { english } from "#client/protected-time/words/english.ts";
import { diaryLanguage } from "#client/state/language.ts";
import { readRule } from "#core/calendar/rule-text.ts";
import { readPlaceLabel } from "#core/protected-time/footprint.ts";
import { groundFault, halfWidthFault } from "#core/protected-time/ground.ts";
import { footprintGroundFault } from "#core/protected-time/patrol-ground.ts";
import { ruleFaults, secondPersonReason } from "#core/protected-time/session.ts";
import type { LanguageCode } from "#core/text/languages.ts";
import pl from "#data/words/diary/pl.json" with { type: "json" };
import ro from "#data/words/diary/ro.json" with { type: "json" };
import so from "#data/words/diary/so.json" with { type: "json" };
import sq from "#data/words/diary/sq.json" with { type: "json" };
import tr from "#data/words/diary/tr.json" with { type: "json" };
import { faultsOf, textsByKey } from "#tests/support/dictionaries.ts";
import { at, london, single } from "#tests/support/outreach.ts";

const dictionaries = { tr, pl, ro, so, sq };
/** An order of parts, the same in every language. */
const equal = ["day", "span", "hours.minutes"];

async function speakIn(code: LanguageCode): Promise<void> {
  diaryLanguage.choose(code);
  await readDiary();
}

afterEach(() => speakIn("en"));

describe.each(Object.entries(dictionaries))("the Diary in %s", (code, { words, checkedBy }) => {
  test("has the placeholders of the English one, and no text left in English", () => {
    expect(faultsOf(english, words, equal)).toEqual([]);
    expect(checkedBy).toBeNull();
  });

  test("says of a calendar that could not be read no day, for none is told", () => {
    expect(textsByKey(words).get("confirm.unreadable")).toMatch(/^[^{}]+$/u);
  });

  test("promises that wardens stay away wherever the English one does", () => {
    const wardens = {
      tr: "zabıta",
      pl: "strażnicy",
      ro: "agenții",
      so: "waardiyayaash",
      sq: "rojet",
    }[code];
    const own = textsByKey(words);
    const source = [...textsByKey(english)].filter(([, text]) => /and wardens/iu.test(text));
    expect(source.length).toBeGreaterThan(19);
    for (const [key] of source) expect(own.get(key), key).toContain(wardens);
  });
});

const here = { zone: london, today: "2021-11-26" };
const weekly = {
  ...single("2021-11-29", "19:00", "22:00"),
  repeats: "weekly",
  days: [1, 5],
} as const;

test("a session is told with the weekdays, hours and months of the language", async () => {
  const told = async (code: LanguageCode) => {
    await speakIn(code);
    const from = at("2021-12-02T19:00");
    return [ruleSentence(here, weekly), spanOf(here, from, at("2021-12-03T01:00"))];
  };
  expect(await told("pl")).toEqual([
    "Co tydzień: poniedziałek i piątek, 19:00\u2060–\u206022:00",
    "czw., 2 gru, 19:00\u2060–\u2060pt., 3 gru 01:00",
  ]);
  expect(await told("so")).toEqual([
    "Toddobaad kasta Isniin iyo Jimco, 19:00 ilaa 22:00",
    "Kha 2 Dis, 19:00 ilaa Jim 3 Dis 01:00",
  ]);
  expect(await told("en")).toEqual([
    "Every Monday and Friday, 7pm to 10pm",
    "Thu 2 Dec, 7pm to Fri 3 Dec 1am",
  ]);
});

test("a count takes its form: 1, 2 and 5 in Polish, 1, 2 and 20 in Romanian, 1 and 2 in Somali", async () => {
  const hours = (counts: readonly number[]) => counts.map((count) => say("hours", { count }));
  await speakIn("pl");
  expect(hours([1, 2, 5, 22])).toEqual(["1 godzina", "2 godziny", "5 godzin", "22 godziny"]);
  expect(hoursWords(13 * 60 + 15)).toBe("13 godzin 15 min");
  const visit = { next: [{ date: "2021-11-27" }], endedAt: null } as never;
  expect(confirmWords(here, [visit, visit])).toBe("Potwierdź wszystkie 2 wyjazdy do pt., 10 gru");
  await speakIn("ro");
  expect(hours([1, 2, 20])).toEqual(["1 oră", "2 ore", "20 de ore"]);
  await speakIn("so");
  expect(hours([1, 2])).toEqual(["1 saac", "2 saacadood"]);
});

test("what police were told, and what stays closed, is told from the same times", async () => {
  await speakIn("tr");
  const toldAt = "2021-11-26T19:02:00Z";
  expect(toldSentence(here, { toldAt, confirmedAt: null, sentence: "" })).toBe(
    "19:02 saatinden beri polis ekranlarında. Polis henüz onaylamadı.",
  );
  const [closedFrom, closedTo] = ["2021-11-26T18:30:00Z", "2021-11-26T22:30:00Z"];
  expect(awaySentence(here, { state: "called_off", closedFrom, closedTo })).toBe(
    "İptal edildi; polis ve zabıta görevlileri yine de uzak durur: 18:30\u00a0–\u00a022:30",
  );
});

test("what the rules say in English is known to every dictionary, with its numbers and names", async () => {
  const once = single("", "", "");
  const ground = { name: "North and South", touches: () => false } as never;
  const cells = Array.from({ length: 1_000 }, () => "8a194ad3025ffff") as never;
  const label = (text: string) => {
    const read = readPlaceLabel(text);
    return read.ok ? "" : read.reason;
  };
  const rule = (text: string) => {
    const read = readRule(text);
    return read.ok ? "" : read.reason;
  };
  const circle = (metres: number) => {
    const [lon, lat, by] = [-0.06, 51.62, metres / 100_000];
    return {
      kind: "area",
      corners: [
        [lon, lat],
        [lon + by, lat],
        [lon, lat + by],
      ],
    } as const;
  };
  const said = [
    ...ruleFaults(once).map(({ reason }) => reason),
    ...ruleFaults({ ...weekly, until: "" }).map(({ reason }) => reason),
    ...ruleFaults({ ...weekly, until: "2021-01-01" }).map(({ reason }) => reason),
    ...ruleFaults({ ...weekly, firstDate: "1999-11-29" }).map(({ reason }) => reason),
    halfWidthFault(1),
    footprintGroundFault(ground, []),
    label(""),
    label("EN1 3XY"),
    groundFault({ kind: "area", corners: [] }, null),
    groundFault({ kind: "corridor", corners: [], halfWidthM: 50 }, null),
    groundFault(circle(5), null),
    ...["SECONDLY", "HOURLY"].map((often) => rule(`FREQ=${often}`)),
    secondPersonReason({ cells: [], rule: single("2021-11-29", "08:00", "22:00") }),
    secondPersonReason({ cells, rule: single("2021-11-29", "08:00", "22:00") }),
  ].filter((text) => text !== null);
  expect(said.length).toBeGreaterThan(14);
  for (const code of ["tr", "pl", "ro", "so", "sq"] as const) {
    await speakIn(code);
    expect(
      said.filter((text) => translated(text) === text && !/days? of the week|fall on/u.test(text)),
    ).toEqual([]);
  }
  await speakIn("pl");
  expect(translated("longer than 6 hours")).toBe("ponad 6 godz.");
  expect(translated("The server is on fire.")).toBe("The server is on fire.");
  expect(faultSentence({ label: "x", end: "x" }, { label: "", end: "" } as never)).toBe(
    "Dodaj nazwę i godzinę zakończenia.",
  );
  expect(langOfEnglish()).toBe("en");
  await speakIn("en");
  expect([translated("longer than 6 hours"), langOfEnglish()]).toEqual([
    "longer than 6 hours",
    undefined,
  ]);
});
