import { describe, expect, test } from "vitest";
import { demoWords } from "#core/demo-words.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { inEnglish, markIn, spokenIn } from "#core/releases/presentation/language.ts";
import { languageOf } from "#core/releases/presentation/languages.ts";
import { english } from "#core/releases/presentation/words/english.ts";
import pl from "#data/words/public/pl.json" with { type: "json" };
import ro from "#data/words/public/ro.json" with { type: "json" };
import so from "#data/words/public/so.json" with { type: "json" };
import sq from "#data/words/public/sq.json" with { type: "json" };
import tr from "#data/words/public/tr.json" with { type: "json" };
import { faultsOf, textsByKey } from "#tests/support/dictionaries.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const dictionaries = { tr, pl, ro, so, sq };
/** The same in every language. */
const equal = ["where.area", "when.point", "done.row", "method.hash"];
/** Numbers of help lines and addresses of pages: a wrong digit sends somebody nowhere. */
const numbers =
  /\b(?:0\d[\d ]{8,}\d|999|101|18000|18001 101|55)\b|[\w-]+(?:\.[\w-]+)*\.(?:uk|org)\b(?:\/[\w-]+)*/g;

describe.each(Object.entries(dictionaries))("the dictionary %s", (_code, { words, checkedBy }) => {
  test("has the placeholders of the English one, and no text left in English", () => {
    expect(faultsOf(english, words, equal)).toEqual([]);
    expect(checkedBy).toBeNull();
  });

  test("keeps every phone number, address and Act as it is", () => {
    const own = textsByKey(words);
    const source = textsByKey(english);
    const kept = [...own].filter(([key]) => source.get(key)?.match(numbers));
    expect(kept.length).toBeGreaterThan(7);
    for (const [key, text] of kept) {
      expect(text.match(numbers)?.sort(), key).toEqual(source.get(key)?.match(numbers)?.sort());
    }
  });
});

test("the list of a command's boroughs and the mark are said in the language; a name of its own stays", async () => {
  const language = await languageOf("tr");
  const reply = sampleRelease();
  const named = (name: string) => {
    const [command, ...areas] = reply.release.areas;
    if (command === undefined) throw new RangeError("The sample has no command");
    const release = { ...reply.release, areas: [{ ...command, name }, ...areas] };
    return spokenIn({ ...reply, release }, language).release.areas[0]?.name;
  };
  const boroughs = reply.release.areas
    .filter(({ kind }) => kind === "borough")
    .map(({ name }) => name);
  expect(named(inEnglish.list(boroughs))).toBe(boroughs.join(" ve "));
  expect(named("North and East")).toBe("North and East");
  expect([false, true].map((hasImports) => markIn(demoWords(hasImports), language))).toEqual([
    "KURGUSAL VERİLER",
    "KURGUSAL VE İÇE AKTARILMIŞ VERİLER",
  ]);
  expect([markIn(null, language), markIn("OTHER", language)]).toEqual([null, "OTHER"]);
  expect(spokenIn(reply, inEnglish)).toBe(reply);
});

test("Turkish endings suit the only threshold and base that there are", async () => {
  expect(tenFiveRule).toMatchObject({ threshold: 10, base: 5 });
  const { say } = await languageOf("tr");
  expect(say("figure.fewer-than", { threshold: "10" })).toContain("10’dan az");
  expect(say("where.key", { base: "5" })).toContain("5’in katlarına");
});

test("a count takes the form that Polish, Romanian and Somali ask for", async () => {
  const about = { area: "Enfield", month: "2021-09" };
  const said = async (code: "pl" | "ro" | "so", count: number) => {
    const { say, month } = await languageOf(code);
    return say("reported.some", { ...about, month: month(about.month), count });
  };
  expect(await Promise.all([1, 2, 5, 22].map((count) => said("pl", count)))).toEqual([
    "Enfield, wrzesień 2021: mieszkańcy złożyli około 1 skargę.",
    "Enfield, wrzesień 2021: mieszkańcy złożyli około 2 skargi.",
    "Enfield, wrzesień 2021: mieszkańcy złożyli około 5 skarg.",
    "Enfield, wrzesień 2021: mieszkańcy złożyli około 22 skargi.",
  ]);
  expect(await Promise.all([1, 15, 20].map((count) => said("ro", count)))).toEqual([
    "Locuitorii au făcut aproximativ 1 plângere în Enfield, în septembrie 2021.",
    "Locuitorii au făcut aproximativ 15 plângeri în Enfield, în septembrie 2021.",
    "Locuitorii au făcut aproximativ 20 de plângeri în Enfield, în septembrie 2021.",
  ]);
  expect(await said("so", 1205)).toContain("qiyaastii 1,205 cabasho, Sebteembar 2021.");
});

test("English is read from nowhere, and is itself", async () => {
  const { say, tag } = await languageOf("en");
  expect([tag, say("list.area")]).toEqual(["en-GB", "Area"]);
});
