import { describe, expect, test } from "vitest";
import { type FigureRow, figureRowWords, isTested } from "#core/place-plans/figure.ts";

const row: FigureRow = {
  ...{ cell: "8a194ad32187fff", place: "Fore Street", count: 30, near: 61, expected: 20.26 },
  ...{ q: 0.001, hot: true, before: null, change: null, verdict: null, category: null },
};

describe("a row of a pinned figure in words", () => {
  test("says what is here, around it, and what its test says", () => {
    expect(figureRowWords(row)).toBe(
      "30 here; with its neighbours 61, where chance brings 20.3; more than chance says",
    );
    expect(figureRowWords({ ...row, category: "new hot spot", hot: false })).toBe(
      "30 here; new hot spot; with its neighbours 61, where chance brings 20.3; not clearly more than chance says",
    );
  });

  test.each([
    ["no_clear_change", "no clear change"],
    ["too_few", "too few to say whether it changed"],
    ["rise", "a clear rise"],
    ["fall", "a clear fall"],
  ] as const)("of a change has its own verdict %s beside that of heat", (verdict, words) => {
    expect(figureRowWords({ ...row, before: 31, change: -1, verdict })).toBe(
      `30 here, 31 in the days before: ${words}; hot: with its neighbours 61, where chance brings 20.3; more than chance says`,
    );
  });

  test("that was pinned before verdicts were kept says none", () => {
    const { verdict: _, ...old } = row;
    expect(figureRowWords({ ...old, before: 31, change: -1 })).toBe(
      "30 here, 31 in the days before; hot: with its neighbours 61, where chance brings 20.3; more than chance says",
    );
  });

  test("of a place without anything has no result of the test", () => {
    const quiet = { ...row, count: 0, near: 0, expected: 0, q: 1, hot: false };
    expect(figureRowWords(quiet)).toBe("0 here; not clearly more than chance says");
    expect([isTested(quiet), isTested(row)]).toEqual([false, true]);
  });
});
