import { describe, expect, test } from "vitest";
import { addUp, createAreaTree } from "#core/disclosure/area-tree.ts";
import { feasibleRanges, findLeaks } from "#core/disclosure/ranges.ts";
import { checkedRule, rangeOfShown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import { areaTree } from "#tests/support/disclosure.ts";

const rule = tenFiveRule;
const infinity = Number.POSITIVE_INFINITY;

/** Figures of one area with these parts: the area first. */
function figuresOf(parts: readonly number[]) {
  const tree = createAreaTree([
    { id: "area", parent: null },
    ...parts.map((_, part) => ({ id: `part ${part}`, parent: "area" })),
  ]);
  return suppressLinked(tree, [0, ...parts], rule);
}

describe("the 10-5 rule", () => {
  test("withholds everything under 10, zero included, and rounds the rest to 5", () => {
    expect([0, 1, 9, 10, 12, 13, 17, 18, 63, 100].map((count) => shownCount(count, rule))).toEqual([
      null,
      null,
      null,
      10,
      10,
      15,
      15,
      20,
      65,
      100,
    ]);
  });

  test("a figure tells exactly the counts that are shown as it", () => {
    expect(rangeOfShown(10, rule)).toEqual({ low: 10, high: 12 });
    for (let count = 10; count < 300; count += 1) {
      const figure = shownCount(count, rule) ?? 0;
      const { low, high } = rangeOfShown(figure, rule);
      const same = Array.from({ length: 320 }, (_, other) => other).filter(
        (other) => shownCount(other, rule) === figure,
      );
      expect([low, high]).toEqual([same[0], same.at(-1)]);
    }
  });

  test("refuses what is no count, and rules that could not protect", () => {
    for (const count of [-1, 1.5, Number.NaN]) {
      expect(() => shownCount(count, rule)).toThrow("Not a count of events");
    }
    for (const weak of [
      { threshold: 9, base: 5 },
      { threshold: 10, base: 4 },
      { threshold: 10, base: 0 },
      { threshold: 10.5, base: 5 },
    ]) {
      expect(() => checkedRule(weak)).toThrow("odd base of at most half its threshold");
      expect(() => suppressLinked(areaTree([1]), [0, 0, 0], weak)).toThrow(RangeError);
    }
    expect(checkedRule({ threshold: 6, base: 3 })).toEqual({ threshold: 6, base: 3 });
  });
});

describe("areas in one another", () => {
  test("parts come before what they make up, and add up to it", () => {
    const tree = areaTree([2, 1]);
    expect(tree.ids).toEqual(["whole", "area 0", "part 0.0", "part 0.1", "area 1", "part 1.0"]);
    expect(tree.upward.at(-1)).toBe(0);
    expect(addUp(tree, [99, 99, 3, 4, 99, 5])).toEqual([12, 7, 3, 4, 5, 5]);
  });

  test("an unknown, a doubled or a circular area is refused by name", () => {
    expect(() => createAreaTree([{ id: "a", parent: "b" }])).toThrow('"b", which is not given');
    const twice = { id: "a", parent: null };
    expect(() => createAreaTree([twice, twice])).toThrow("share one id");
    const circle = [
      { id: "a", parent: "b" },
      { id: "b", parent: "a" },
    ];
    expect(() => createAreaTree(circle)).toThrow("circle");
  });
});

describe("what a reader can tell", () => {
  test("a blank part is the whole less its shown parts", () => {
    const tree = areaTree([3]);
    // 38..42 in all, of which 10..12 and 18..22 are seen.
    const shown = [null, 40, null, 10, 20];
    expect(feasibleRanges(tree, shown, rule, infinity)[2]).toEqual({ low: 4, high: 14 });
    expect(feasibleRanges(tree, shown, rule, 9)[2]).toEqual({ low: 4, high: 9 });
    expect(findLeaks(tree, shown, rule)).toEqual([
      { area: "part 0.0", range: { low: 4, high: 9 } },
    ]);
  });

  test("two blanks without a limit are bounded by the rest alone", () => {
    const shown = [null, 40, null, null, 20];
    const ranges = feasibleRanges(areaTree([3]), shown, rule, infinity);
    expect(ranges.slice(2, 4)).toEqual([
      { low: 0, high: 24 },
      { low: 0, high: 24 },
    ]);
  });

  test("one unlimited blank beside a limited one is still bounded from below", () => {
    const tree = areaTree([1, 1]);
    const ranges = feasibleRanges(tree, [50, 20, 20, null, null], rule, infinity);
    expect(ranges[4]).toEqual({ low: 26, high: 34 });
  });

  test("a figure far above narrows a blank two levels down", () => {
    // The whole is at most 52 and area 1 at least 38, so area 0 holds at most 14.
    const shown = [50, null, null, 10, 40, 40];
    const ranges = feasibleRanges(areaTree([2, 1]), shown, rule, infinity);
    expect(ranges[1]).toEqual({ low: 10, high: 14 });
    expect(ranges[2]).toEqual({ low: 0, high: 4 });
  });
});

describe("figures of nested areas", () => {
  test("rounding alone protects a small part when the sums leave it open", () => {
    expect(figuresOf([3, 12, 22])).toEqual([35, null, 10, 20]);
  });

  test("a part that the sum would give away takes the area with it", () => {
    expect(figuresOf([7, 12, 22])).toEqual([null, null, null, null]);
  });

  test("one value of 11 among zeros is not shown at its place, only in the area's figure", () => {
    const parts = Array.from({ length: 25 }, (_, part) => (part === 7 ? 11 : 0));
    expect(figuresOf(parts)).toEqual([10, ...parts.map(() => null)]);
  });

  test("all parts small: the area alone is shown", () => {
    expect(figuresOf(Array.from({ length: 20 }, () => 2))[0]).toBe(40);
  });

  test("an area with nothing in it is blank like any small one", () => {
    expect(figuresOf([0, 0, 0])).toEqual([null, null, null, null]);
  });

  test("all parts large: nothing is withheld", () => {
    expect(figuresOf([10, 21, 38])).toEqual([70, 10, 20, 40]);
  });

  test("the smallest shown part is withheld when the blanks hold nearly nothing", () => {
    const parts = [40, 30, 20, ...Array.from({ length: 10 }, () => 0)];
    // 88..92 less 38 + 28 + 18 leaves at most 8 for ten blanks: 20 is withheld as well.
    expect(figuresOf(parts).slice(0, 4)).toEqual([90, 40, 30, null]);
  });

  test("a small area withholds the whole around it, or a difference would give it back", () => {
    const tree = createAreaTree([
      { id: "command", parent: null },
      { id: "busy", parent: "command" },
      { id: "quiet", parent: "command" },
      { id: "b", parent: "busy" },
      { id: "q", parent: "quiet" },
    ]);
    expect(suppressLinked(tree, [0, 0, 0, 60, 7], rule)).toEqual([null, 60, null, 60, null]);
  });
});
