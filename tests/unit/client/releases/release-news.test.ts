import { expect, test } from "vitest";
import { latestStanding, newsOf, releaseName } from "#client/releases/panel/panel-api.ts";
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

test("the list marks what was withdrawn", () => {
  expect([line(6), line(4, "b")].map(releaseName)).toEqual(["Release 6", "Release 4, withdrawn"]);
});
