import { expect, test } from "vitest";
import {
  latestStanding,
  newsOf,
  paperNews,
  releaseName,
} from "#client/releases/panel/panel-api.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";

const line = (number: number, notice: string | null = null): ReleaseLine => ({
  number,
  approvedOn: "2021-11-26",
  from: "2020-09",
  to: "2021-09",
  hash: "5a".repeat(32),
  withdrawn: notice === null ? null : { on: "2021-12-02", notice },
});

test("of a release it is told whether it was withdrawn, and what came after it", () => {
  const lines = [line(7, "c"), line(6), line(5), line(4, "b"), line(3, "a")];
  expect(newsOf(6, lines)).toEqual({ withdrawn: null, later: null, laterWithdrawn: [lines[0]] });
  expect(newsOf(3, lines)).toEqual({
    withdrawn: { on: "2021-12-02", notice: "a" },
    later: 6,
    laterWithdrawn: [lines[0], lines[3]],
  });
  expect(newsOf(6, [])).toEqual({ withdrawn: null, later: null, laterWithdrawn: [] });
  expect([latestStanding(lines), latestStanding([line(1, "x")])]).toEqual([6, null]);
});

test("paper says the weightiest of it in one line", () => {
  const said = (number: number, lines: readonly ReleaseLine[]) =>
    paperNews(newsOf(number, lines), inEnglish);
  expect(said(3, [line(4), line(3, "a")])).toBe(
    "This release was withdrawn on 2 December 2021. Please do not use it.",
  );
  expect(said(3, [line(5, "c"), line(4), line(3)])).toBe(
    "There is a later release, with the number 4.",
  );
  expect(said(3, [line(5, "c"), line(3)])).toBe("Release 5, which came later, was withdrawn.");
  expect(said(3, [line(3)])).toBeNull();
});

test("the list marks what was withdrawn", () => {
  expect([line(6), line(4, "b")].map(releaseName)).toEqual(["Release 6", "Release 4, withdrawn"]);
});
