import { describe, expect, test } from "vitest";
import { type FigureRow, figureRowWords, isTested } from "#core/place-plans/figure.ts";

const row: FigureRow = {
  ...{ cell: "8a194ad32187fff", place: "Fore Street", count: 30, expectedOwn: 2.96 },
  ...{ near: 61, expected: 20.26, q: 0.001, hot: true, by: "own" },
  ...{ before: null, change: null, verdict: null, category: null },
};
const around = "61 with neighbouring cells, 20.3 by an even spread";

describe("a row of a pinned figure in words", () => {
  test("says what is here and around it, what an even spread gives, and which of them is hot", () => {
    expect(figureRowWords(row)).toBe(
      `30 here, 3.0 by an even spread; ${around}; hotspot (this place)`,
    );
    expect(figureRowWords({ ...row, category: "new hot spot", by: "area" })).toBe(
      `30 here, 3.0 by an even spread; new hot spot; ${around}; hotspot (with neighbouring cells)`,
    );
    expect(figureRowWords({ ...row, hot: false, by: null })).toMatch(/; not a hotspot$/);
  });

  test("that was pinned under the test of before says no more than it knew", () => {
    const { expectedOwn: _, by: __, ...old } = row;
    expect(figureRowWords(old)).toBe(`30 here; ${around}; hotspot`);
  });

  test.each([
    ["no_clear_change", "no clear change"],
    ["too_few", "too few to say whether it changed"],
    ["rise", "a clear rise"],
    ["fall", "a clear fall"],
  ] as const)("of a change has its own verdict %s beside that of the place", (verdict, words) => {
    expect(figureRowWords({ ...row, before: 31, change: -1, verdict })).toBe(
      `30 here, 31 in the days before: ${words}; ${around}; hotspot (this place)`,
    );
  });

  test("that was pinned before verdicts were kept says none", () => {
    const { verdict: _, ...old } = row;
    expect(figureRowWords({ ...old, before: 31, change: -1 })).toBe(
      `30 here, 31 in the days before; ${around}; hotspot (this place)`,
    );
  });

  test("of a place without anything has no result of the test", () => {
    const quiet = { ...row, count: 0, expectedOwn: 0, near: 0, expected: 0, q: 1, hot: false };
    expect(figureRowWords(quiet)).toBe("0 here; not a hotspot");
    expect([isTested(quiet), isTested(row)]).toEqual([false, true]);
  });
});
