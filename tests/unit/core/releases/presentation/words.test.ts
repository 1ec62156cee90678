import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { measureOf } from "#core/outcomes/measures.ts";
import { isPatrolDemand } from "#core/records/event.ts";
import { releaseNotes } from "#core/releases/build.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { handoutOf } from "#core/releases/presentation/handout.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { english, type WordKey } from "#core/releases/presentation/words/english.ts";
import { speak } from "#core/text/language.ts";
import { sampleMoved, sampleRelease } from "#tests/support/sample-release.ts";

const keys = Object.keys(english) as WordKey[];
const formsOf = (message: (typeof english)[WordKey]): readonly string[] =>
  typeof message === "string" ? [message] : Object.values(message);
const folders = ["core/releases/presentation", "core/releases/file", "client/releases"];
const sources = folders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.tsx?$/.test(file) && !file.includes("/words/"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

describe("messages", () => {
  test("each one is used, and each name in braces is filled where it is", () => {
    // How to report, and what a question is answered, go by the name of what they belong to.
    const isUsed = (key: string) => {
      const [owner = ""] = key.split(/-(?:how|answer|source)$/);
      return [key, owner, owner.replace("q.", "")].some((name) => sources.includes(`"${name}"`));
    };
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
    for (const key of keys) {
      for (const text of formsOf(english[key])) expect(text.trim(), key).toBe(text);
    }
  });

  test("a place without a value, or a value without a place, is never half a sentence on a slide", () => {
    const say = inEnglish.say as (key: WordKey, values?: Record<string, string | number>) => string;
    expect(() => say("reported.some", { count: 95, area: "Enfield" })).toThrow("month");
    expect(() => say("you.do", { count: "95" })).toThrow("no place for count");
    expect(say("reported.some", { count: 95, area: "{month}", month: "May" })).toBe(
      "Residents made about 95 complaints in {month} in May.",
    );
  });

  test("numbers, months, dates and lists are written as the language writes them", () => {
    expect(inEnglish.count(1205)).toBe("1,205");
    expect(inEnglish.month("2021-09")).toBe("September 2021");
    expect(inEnglish.shortMonth("2021-09")).toBe("Sep");
    expect(inEnglish.date("2021-11-26")).toBe("26 November 2021");
    expect(inEnglish.list(["a", "b", "c"])).toBe("a, b and c");
    const turkish = speak<typeof english>("tr", english);
    expect([turkish.count(1205), turkish.month("2021-05")]).toEqual(["1.205", "Mayıs 2021"]);
    expect(turkish.list(["a", "b", "c"])).toBe("a, b ve c");
  });
});

/** Each message between marks, its places in the opposite order: as different as another language can be. */
const strange = speak<typeof english>(
  "en",
  Object.fromEntries(
    keys.map((key) => {
      const places = formsOf(english[key])[0]?.match(/\{\w+\}/g) ?? [];
      return [key, `«${places.reverse().join("|")} ${key}»`];
    }),
  ) as Record<WordKey, string>,
);

describe("what the tool says of itself", () => {
  test("is what it does: of patrols, of late reports and of who is counted twice", () => {
    const seen = { source: "resident", category: "street_sex_work" } as const;
    const nuisance = { kind: "complaint", source: "resident", category: "asb" } as const;
    expect(isPatrolDemand({ ...seen, kind: "sighting" })).toBe(false);
    expect(isPatrolDemand({ ...seen, kind: "complaint" })).toBe(false);
    expect(isPatrolDemand(nuisance)).toBe(true);
    expect(english["q.circle-answer"]).toContain(
      "A report that a woman sells sex sends no patrol; a complaint of nuisance can.",
    );
    const notes = releaseNotes({
      asAtDate: "2021-11-26",
      months: sampleRelease().release.months,
      areas: sampleRelease().release.areas,
      rule: tenFiveRule,
      left: [],
    });
    expect(notes.join(" ")).toContain("A month stays as first released.");
    for (const key of ["q.old-answer", "you.do-report"] as const) {
      expect(english[key]).toMatch(/stays as it was/u);
      expect(english[key]).toMatch(/helps police/u);
    }
    expect(measureOf("sex_workers_identified").definition).toContain("each counted once");
    expect(english["done.counts"]).toContain("unless the total says otherwise");
  });
});

describe("in another language", () => {
  const reply = sampleRelease();
  const shown = shownAtFirst(reply, strange);
  /** Frozen with the release, or a number, month or date. */
  const own = new Set(stringsOf(reply));
  const { slides, questions } = deckOf(shown);
  const all = [...slides, ...questions];
  const ofLaw = all.filter(({ isEnglish }) => isEnglish);
  const translated = all.filter(({ isEnglish }) => !isEnglish);
  const isSaid = (text: string) =>
    own.has(text) ||
    reply.release.law.some((law) => text.startsWith(`${law.text} (${law.cite})`)) ||
    /^[\d,.\s–-]*$/.test(text) ||
    /^\w+ \d{4}$/.test(text) ||
    /^\d+ \w+ \d{4}$/.test(text) ||
    text.split(" · ").every((part) => /^«.*»$/s.test(part.trim()));

  test("every word of slides, questions and handout comes from a message or from the release", () => {
    const written = translated.flatMap(({ name, heading, blocks }) => [
      name,
      heading,
      ...blocks.filter(({ kind }) => kind !== "map" && kind !== "months").flatMap(stringsOf),
    ]);
    expect(ofLaw.map(({ id }) => id)).toEqual([
      "law",
      "selling",
      "powers",
      "limits",
      "you",
      "questions",
      ...Array.from({ length: 10 }, (_, at) => `q${at + 1}`),
    ]);
    const codes =
      /^(figure|text|list|table|groups|answer|promise|pairs|questions|strong|quiet|en)$/;
    expect(written.length).toBeGreaterThan(100);
    expect(written.filter((text) => !codes.test(text) && !isSaid(text))).toEqual([]);
    const { map, table, sections, ...rest } = handoutOf(shown);
    const papers = [...stringsOf(rest), ...Object.values(sections).map(({ title }) => title)];
    expect(papers.filter((text) => !isSaid(text))).toEqual([]);
    expect([map, table].every(Boolean)).toBe(true);
  });

  test("so does every word of the file and of the text version", () => {
    const issue = {
      reply: { ...reply, release: { ...reply.release, sources: [] } },
      language: strange,
    };
    const known = [
      ...ofLaw.flatMap(stringsOf),
      english["questions.heading"],
      ...sampleMoved.map(({ text, basis }) => `${text} ${basis}`),
      "MADE-UP DATA",
    ];
    const page = releaseHtml(issue).replace(/<style>.*?<\/style>/s, "");
    const texts = page
      .split(/<[^>]*>/)
      .map((text) => decoded(text).trim())
      .filter(Boolean);
    expect(texts.length).toBeGreaterThan(300);
    const areaNames = new Set(reply.release.areas.flatMap(({ name }) => name.split(" ")));
    const isName = (text: string) => text.split(" ").every((word) => areaNames.has(word));
    const strangers = texts.filter(
      (text) =>
        !(isSaid(text) || known.includes(text) || isName(text)) &&
        !/^«.*»: MADE-UP DATA$/.test(text) &&
        !/^«.*», «.*»$/.test(text) &&
        !/, «.*»$/.test(text),
    );
    expect(strangers).toEqual([]);
    expect(releaseText(issue)).toContain("«10 figure.fewer-than»");
    expect(releaseText(issue)).toContain(english["q.arrest-answer"]);
  });
});

function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}
