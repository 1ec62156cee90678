import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { FiguresTable } from "#client/releases/drafts/DraftText.tsx";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { fileStyle, fileStyleHash, releaseHtml } from "#core/releases/file/html.ts";
import { type Issue, releaseFileName } from "#core/releases/file/issue.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const reply = sampleRelease();
const issue: Issue = { reply, language: inEnglish };
const forms = { html: releaseHtml, csv: releaseCsv, text: releaseText };

describe.each(Object.entries(forms))("the release as %s", (_, write) => {
  test("carries its number, its hash, the licence, the mark, and that fewer than 10 is not none", () => {
    const written = write(issue);
    for (const part of [
      "Release 3, as at 26 November 2021",
      "5a".repeat(32),
      "b7".repeat(32),
      "Open Government Licence v3",
      "GeoNames, CC BY 4.0",
      "MADE-UP DATA",
      "means 0 to 9, the same everywhere",
      "the problem may have moved",
      "cannot tell",
      "This answer would be wrong if people reported less readily than before.",
    ]) {
      expect(written.toLowerCase(), part).toContain(part.toLowerCase());
    }
  });

  test("has no note and no mark where the release has none", () => {
    const bare = write({ ...issue, reply: sampleRelease({ mark: null, movedNotes: [] }) });
    expect(bare).not.toMatch(/MADE-UP|may have moved/);
  });

  test("of a withdrawn release holds its notice and no figure", () => {
    const withdrawn = { on: "2021-12-02", notice: "A borough was counted twice." };
    const written = write({ ...issue, reply: { ...reply, withdrawn } });
    expect(written).toContain("A borough was counted twice.");
    expect(written).toContain("Release 3 was withdrawn on 2 December 2021");
    expect(written).not.toMatch(/Ponders End|Contacts by outreach|240|Autumn 2021/);
  });

  test("is the same every time", () => {
    expect(write(issue)).toBe(write({ ...issue }));
  });
});

describe("the file", () => {
  const page = releaseHtml(issue);

  test("asks for nothing outside itself, runs no script and allows none", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n/);
    expect(page).not.toMatch(
      /<(script|link|img|iframe|object|embed|base|form|audio|video|image|use)\b/i,
    );
    expect(page).not.toMatch(/\s(src|href|srcset|action|poster|on\w+|style)\s*=/i);
    expect(page).not.toMatch(/https?:|url\(|@import|javascript:/i);
    expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;${fileStyleHash}&#39;`);
  });

  test("the style that it allows is its own", () => {
    const hash = createHash("sha256").update(fileStyle).digest("base64");
    expect(fileStyleHash).toBe(`sha256-${hash}`);
    expect(page).toContain(`<style>${fileStyle}</style>`);
  });

  test("its colours are the tokens of the page", () => {
    const tokens = readFileSync("client/ui/tokens.css", "utf8");
    for (const [own, token] of [
      ["ink", "ink"],
      ["quiet", "ink-quiet"],
      ["paper", "paper"],
      ["surface", "surface"],
      ["edge", "edge"],
      ...[1, 2, 3, 4, 5].map((at) => [`c${at}`, `count-${at}`]),
    ]) {
      const value = new RegExp(`--${token}: ([^;]+);`).exec(tokens)?.[1];
      expect(fileStyle).toContain(`--${own}: ${value};`);
    }
  });

  test("holds every figure of the release, and each that is not shown in words", () => {
    const cells = Array.from(page.matchAll(/<td[^>]*>([^<]*)<\/td>/g), ([, text]) => text);
    const { values, areas, months } = reply.release;
    const table = cells.slice(-(areas.length + 1) * months.length);
    const said = (measure: string, area: string) =>
      months.map((month) => {
        const count = values.find(
          (one) => one.measure === measure && one.area === area && one.month === month,
        )?.count;
        return count === null ? "not shown" : String(count);
      });
    const expected = [
      ...areas.flatMap(({ id }) => said("resident_complaints", id)),
      ...said("sightings", "command"),
    ];
    expect(table).toEqual(expected);
    expect(page.match(/<path class="c\d"/g)?.length).toBeGreaterThan(20);
  });

  test("whatever somebody typed stays words: no tag, no attribute, no control character", () => {
    const nasty = `<script>alert(1)</script>" onload="x' & \u0007{count}`;
    const typed = sampleRelease({
      commitments: [{ said: nasty, did: nasty, next: nasty, by: "2022-01-31" }],
      answers: [{ operation: nasty, helped: { text: nasty, basis: nasty }, moved: [] }],
      done: [{ ...reply.release.done[0], label: nasty } as (typeof reply.release.done)[number]],
    });
    const written = releaseHtml({ ...issue, reply: typed });
    expect(written).not.toMatch(/<script|onload="/);
    expect(written).not.toContain("\u0007");
    expect(written).toContain(
      "&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x&#39; &amp; {count}",
    );
  });
});

describe("the figures", () => {
  const rows = releaseCsv(issue).trim().split("\n");

  test("are one row for each area and month, an empty count with its reason", () => {
    const { values, done } = reply.release;
    const sightings = values.filter(({ measure }) => measure === "sightings").length;
    expect(rows.filter((row) => row.includes("MADE-UP DATA,sightings,")).length).toBe(sightings);
    expect(rows.filter((row) => row.includes(",complaints,")).length).toBe(
      values.length - sightings,
    );
    expect(rows.filter((row) => row.includes(",done: ")).length).toBe(done.length);
    const empty = rows.filter((row) => /(resident_complaints|sightings),,/.test(row));
    expect(empty.length).toBe(values.filter(({ count }) => count === null).length);
    for (const row of empty) expect(row).toContain("fewer than 10, or withheld");
    for (const row of rows.slice(1)) expect(row).toMatch(/^3,MADE-UP DATA,/);
  });

  test("a formula that somebody typed is words to a spreadsheet", () => {
    const typed = sampleRelease({
      commitments: [{ said: "x", did: "y", next: "z", by: "2022-01-31" }],
      notes: ['=HYPERLINK("x")', "+1", "@SUM(A1)", "-1"],
      answers: [],
      done: reply.release.done.map((row) => ({ ...row, label: "=1+1" })),
    });
    const written = releaseCsv({ ...issue, reply: typed });
    expect(written).not.toMatch(/(^|,)"?[=+@-]/m);
    expect(written).toContain("'=1+1");
  });
});

describe("the text version", () => {
  test("says each figure in a line of its own, and has no table", () => {
    const written = releaseText(issue);
    expect(written).toContain("\nEnfield and Haringey\nSeptember 2020: 180\n");
    expect(written).toContain("September 2021: not shown");
    expect(written).not.toMatch(/[|\t]/);
    expect(written).toContain("selling sex and buying sex between consenting adults");
    expect(written.endsWith("\n")).toBe(true);
  });
});

describe("months before the first figure anywhere", () => {
  const { months, values } = reply.release;
  const [first = "", second = ""] = months;
  const early = sampleRelease({
    values: values.map((value) =>
      value.month === first || (value.month === second && value.measure === "sightings")
        ? { ...value, count: null }
        : value,
    ),
  });
  const written = { ...issue, reply: early };

  test("are said to have no figures yet, and not to hold fewer than 10", () => {
    const rows = releaseCsv(written).split("\n");
    const blank = (month: string) =>
      rows.filter(
        (row) => row.includes(`,${month},${month},`) && /(complaints|sightings),,/.test(row),
      );
    expect(blank(first)).toHaveLength(early.release.areas.length + 1);
    for (const row of blank(first)) {
      expect(row).toContain("No figures yet");
      expect(row).not.toContain("fewer than");
    }
    for (const row of blank(second)) expect(row).toContain("fewer than 10, or withheld");
    const table = releaseHtml(written).split("All figures:").at(-1) ?? "";
    expect(table.match(/no figures yet/g)).toHaveLength(early.release.areas.length + 1);
    expect(releaseText(written).split("Sightings, ").at(-1)).toContain(": no figures yet");
  });

  test("so it is for whoever approves them", () => {
    const { id, number, ...content } = early.release;
    const table = renderToStaticMarkup(createElement(FiguresTable, { content }));
    expect([id, number]).toEqual(["release-3", 3]);
    expect(table.match(/>No figures yet</g)).toHaveLength(early.release.areas.length + 1);
  });
});

test("files are named by release, and by mark in the demonstration", () => {
  expect(releaseFileName({ ...reply.release, mark: null })).toBe("boxster-release-3");
  expect(releaseFileName(reply.release)).toBe("boxster-release-3-made-up-data");
});
