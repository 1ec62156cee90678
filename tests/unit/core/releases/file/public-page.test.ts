import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { publicStyle, publicStyleHash } from "#core/releases/file/public-frame.ts";
import { type Later, publicPage, withdrawnPage } from "#core/releases/file/public-page.ts";
import { drawMap } from "#core/releases/presentation/deck.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { languageOf } from "#core/releases/presentation/languages.ts";
import { languageCodes } from "#core/text/languages.ts";
import { sampleMoved, sampleRelease } from "#tests/support/sample-release.ts";

const reply = sampleRelease();
const map = drawMap(reply.release);
const issue = { reply, map, language: inEnglish, area: undefined };
const ward = reply.release.areas.at(-1) ?? { id: "", name: "" };
const later: Later = {
  names: [],
  lines: [
    {
      number: 3,
      approvedOn: "2021-11-26",
      from: "2020-09",
      to: "2021-09",
      hash: "0".repeat(64),
      withdrawn: null,
    },
    {
      number: 2,
      approvedOn: "2021-10-26",
      from: "2020-08",
      to: "2021-08",
      hash: "1".repeat(64),
      withdrawn: { on: "2021-11-01", notice: "A map was wrong." },
    },
  ],
  complaints: [
    { year: 2020, count: 15 },
    { year: 2021, count: null },
  ],
};
const page = publicPage(issue, later);
const textOf = (markup: string) =>
  markup
    .replace(/<style>.*?<\/style>/s, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/g, " ");

describe("the public page", () => {
  test("runs no script, loads nothing, and allows no style but its own", () => {
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b/i);
    expect(page).not.toMatch(/\s(src|srcset|poster|on\w+|style)\s*=|javascript:/i);
    const hash = createHash("sha256").update(publicStyle).digest("base64");
    expect(publicStyleHash).toBe(`sha256-${hash}`);
    expect(page).toContain(`<style>${publicStyle}</style>`);
  });

  test("tells in this order: the area, contents, what was done, method, street, complaint, earlier releases", () => {
    const order = [
      "Residents made about",
      "On this page",
      "What was done: support first",
      "How it is counted",
      "Why is my street not shown?",
      "Is a figure or a sentence wrong?",
      "Release 2: withdrawn on 1 November 2021",
    ];
    const text = textOf(page.slice(page.indexOf("<main"))).replace(
      /On this page.*?All areas, September 2021 .*?All areas/,
      "On this page All areas",
    );
    const at = order.map((words) => text.indexOf(words));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  test("an area has its newest month first, and says why no street is shown", () => {
    const own = textOf(publicPage({ ...issue, area: ward.id }, null));
    expect(own).toContain(ward.name);
    const months = reply.release.months.map((month) => inEnglish.month(month)).toReversed();
    const list = own.slice(own.indexOf(`Complaints in ${ward.name}, month by month`));
    const at = months.map((month) => list.indexOf(`${month}:`));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(own).toContain("These figures are for the whole area, never for one street.");
  });

  test("SAFEGUARDS 11: a fall beside a rise is told on it", () => {
    const moved = sampleRelease({ movedNotes: sampleMoved });
    const told = publicPage({ ...issue, reply: moved, area: ward.id }, null);
    for (const { text } of sampleMoved) expect(textOf(told)).toContain(text);
  });

  test("SAFEGUARDS 22: without what changes it is of release, area and language alone", () => {
    const frozen = publicPage(issue, null);
    expect(publicPage({ ...issue, map: drawMap(reply.release) }, null)).toBe(frozen);
    const main = (markup: string) => /<main.*<\/main>/s.exec(markup)?.[0];
    expect(main(page)).toBe(main(frozen));
    expect(textOf(frozen)).not.toMatch(/Release 2|Complaints about data protection/);
    expect(textOf(page)).toContain("Complaints about data protection in 2021: Fewer than 10");
    expect(textOf(page)).toContain("Complaints about data protection in 2020: 15");
  });

  test("withdrawn, it has the notice and no figure", () => {
    const withdrawn = { on: "2021-12-01", notice: "A <b>map</b> was wrong." };
    const told = withdrawnPage({ reply: { ...reply, withdrawn }, language: inEnglish }) ?? "";
    expect(told).toContain("A &lt;b&gt;map&lt;/b&gt; was wrong.");
    expect(textOf(told)).not.toMatch(/Residents made|month by month/);
    expect(withdrawnPage({ reply, language: inEnglish })).toBeNull();
  });

  test("each language has the same figures, and its own words", async () => {
    for (const area of [undefined, ward.id]) {
      const english = numbersIn(publicPage({ ...issue, area }, later));
      for (const code of languageCodes) {
        const language = await languageOf(code);
        const other = publicPage({ ...issue, language, area }, later);
        expect(other).toContain(`<html lang="${language.tag}">`);
        expect(numbersIn(other), code).toEqual(english);
      }
    }
  });

  test.each([undefined, ward.id])("is under 60 kB, of the area %s", (area) => {
    expect(Buffer.byteLength(publicPage({ ...issue, area }, later))).toBeLessThan(60_000);
  });
});

/** Whatever the language puts between thousands. */
function numbersIn(markup: string): string[] {
  const text = textOf(markup.slice(markup.indexOf("<main")));
  return (text.replaceAll(/(?<=\d)[.,\u00a0\u202f ](?=\d{3}\b)/g, "").match(/\d+/g) ?? []).sort();
}
