import { expect, test } from "vitest";
import {
  cellWarnings,
  partName,
  patternName,
  patternWords,
} from "#client/hotspots/story/cell-story-words.ts";
import type { CellStory } from "#core/hotspots/cell-story.ts";
import { emergingOrder } from "#core/hotspots/emerging-group.ts";

const quiet: CellStory = {
  count: 20,
  parts: [],
  hourUnknown: 0,
  exact: 20,
  midnight: 1,
  busiestDay: { date: "2021-11-05", count: 3 },
  months: [],
};
const inside = { neighbours: 6, near: 40 };

test("figures that need no care have no warning", () => {
  expect(cellWarnings(quiet, inside)).toEqual([]);
});

test("each weakness of a place is said in words", () => {
  const said = (part: Partial<CellStory>, setting = {}) =>
    cellWarnings({ ...quiet, ...part }, { ...inside, ...setting });
  expect(said({}, { near: 9 })).toEqual([
    "Not enough reports to tell: 9 here and around. At least 10 are needed.",
  ]);
  expect(said({ busiestDay: { date: "2021-11-05", count: 10 } })).toEqual([
    "10 of these 20 are from one day, 5 Nov 2021. It may be one incident reported many times.",
  ]);
  expect(said({ midnight: 12 })).toEqual([
    '12 of 20 exact times are 00:00, which may mean "not known".',
  ]);
  expect(said({ hourUnknown: 4 })).toEqual([
    "4 of 20 have no known hour and are not in the clock.",
  ]);
  expect(said({}, { neighbours: 3 })).toEqual([
    "At the edge of the area: only 3 of the 6 neighbouring cells are counted.",
  ]);
});

test("a pattern is said in plain words first, by name behind them, and not of a handful", () => {
  const hot = { pattern: "sporadic", side: "hot", s: 3, p: 0.25 } as const;
  expect(patternWords(hot, 30, "month")).toMatch(/^On and off: /);
  expect(patternWords(hot, 4, "month")).toMatch(/^Not enough reports to tell/);
  expect(patternName(hot, 5)).toBe(
    "Emerging category over 5 steps: sporadic hot spot (Mann-Kendall on Gi*, p 0.25)",
  );
  expect(partName({ kind: "complaint", source: "resident", category: "asb", count: 1 })).toBe(
    "Complaints by residents, antisocial behaviour",
  );
});

test("a pattern speaks of its steps: the dates as a whole may be a hotspot or none beside it", () => {
  for (const pattern of emergingOrder) {
    const words = patternWords({ pattern, side: pattern && "hot", s: 0, p: 1 }, 30, "week");
    expect(words, `${pattern}`).toMatch(
      pattern ? /hotspot (?:of the last|nearly every) week/ : /^No/,
    );
    expect(words).not.toMatch(/not a hotspot|hotspot now|no longer/i);
  }
});
