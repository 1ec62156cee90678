import { describe, expect, test } from "vitest";
import { figureBasis, figureRowWords, isTested, pinnedOf } from "#core/place-plans/figure.ts";
import type { FigureRow } from "#core/place-plans/wire/place-plans.ts";

const row: FigureRow = {
  cell: "8a194ad32187fff",
  place: "Fore Street",
  count: 30,
  expectedOwn: 2.96,
  near: 61,
  expected: 20.26,
  q: 0.001,
  hot: true,
  by: "own",
  before: null,
  change: null,
  verdict: null,
  category: null,
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
    const none = { ...row, hot: false, by: null };
    expect(figureRowWords(none)).toMatch(/; not a hotspot$/);
    expect(figureRowWords({ ...none, beside: true })).toMatch(/; beside a hotspot$/);
  });

  test("that was pinned under the test of before says no more than it knew", () => {
    const { expectedOwn: _, by: __, ...old } = row;
    expect(figureRowWords(old)).toBe(`30 here; ${around}; hotspot`);
  });

  test.each([
    ["no_clear_change", "no significant change"],
    ["too_few", "not enough reports to tell whether it changed"],
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

test("a figure of some types alone is kept with them, and says so", () => {
  const query = { from: "2021-10-01", to: "2021-11-26", resolution: 10, measure: "count" } as const;
  const reply = {
    from: query.from,
    to: query.to,
    studyArea: "Enfield and Haringey",
    resolution: 10,
    cells: 8304,
    kinds: ["complaint" as const],
    sources: ["resident" as const],
    measure: query.measure,
    total: 12,
    reported: 12,
    discovered: 0,
    hourUnknown: 0,
    outside: 0,
    test: "exact",
    sentence: "12 complaints.",
    rows: [],
  };
  const typed = pinnedOf(query, { ...reply, types: ["Drugs", "Other theft"] }, null);
  expect(typed.types).toEqual(["Drugs", "Other theft"]);
  expect(figureBasis(typed)).toMatch(
    /^Complaints by residents, only Drugs, Other theft, 1 Oct 2021 to/,
  );
  const all = pinnedOf(query, reply, null);
  expect(all).not.toHaveProperty("types");
  expect(figureBasis(all)).toMatch(/^Complaints by residents, 1 Oct 2021 to/);
});
