import { expect, test } from "vitest";
import { addUp } from "#core/disclosure/area-tree.ts";
import type { DisclosureRule } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import { areaTree, leavesOf } from "#tests/support/disclosure.ts";
import { runsOf } from "#tests/support/runs.ts";

/**
 * The strongest reader there is: one who holds this program, runs it on every possible month and
 * keeps those that give the figures in hand. No reasoning about ranges: plain enumeration.
 * `highest` closes a rounding class, so that no possible month is missed.
 */
const cases: readonly {
  readonly parts: readonly number[];
  readonly rule: DisclosureRule;
  readonly highest: number;
}[] = [
  { parts: [3], rule: { threshold: 10, base: 5 }, highest: 22 },
  { parts: [2, 2], rule: { threshold: 6, base: 3 }, highest: 10 },
  { parts: [3, 1], rule: { threshold: 6, base: 3 }, highest: 10 },
  { parts: [4], rule: { threshold: 6, base: 3 }, highest: 10 },
  { parts: [5], rule: { threshold: 6, base: 3 }, highest: 7 },
  { parts: [4, 1], rule: { threshold: 6, base: 3 }, highest: 7 },
];

// The longest at the end: `npm run test:slow` takes them all.
test.each(cases.slice(0, runsOf(cases.length, 3)))(
  "every blank of %j could be any small count",
  ({ parts, rule, highest }) => {
    const tree = areaTree(parts);
    const leaves = leavesOf(tree);
    const months = (highest + 1) ** leaves.length;
    const seen = new Map<string, Set<number>[]>();
    for (let month = 0; month < months; month += 1) {
      const counts = tree.ids.map(() => 0);
      leaves.forEach((leaf, at) => {
        counts[leaf] = Math.floor(month / (highest + 1) ** at) % (highest + 1);
      });
      const figures = suppressLinked(tree, counts, rule).join();
      let values = seen.get(figures);
      if (values === undefined) {
        values = tree.ids.map(() => new Set<number>());
        seen.set(figures, values);
      }
      for (const [area, count] of addUp(tree, counts).entries()) values[area]?.add(count);
    }
    let blanks = 0;
    for (const [figures, values] of seen) {
      figures.split(",").forEach((figure, area) => {
        const own = values[area] ?? new Set();
        const canBeSmall = Array.from(own).some((count) => count < rule.threshold);
        if (figure !== "" || !canBeSmall) return;
        blanks += 1;
        const all = Array.from({ length: rule.threshold }, (_unused, count) => count);
        const impossible = all.filter((count) => !own.has(count));
        expect(impossible, `${figures}: what ${tree.ids[area]} cannot be`).toEqual([]);
      });
    }
    console.info(
      `${JSON.stringify(parts)}: ${months} months, ${seen.size} sets of figures, ${blanks} blanks`,
    );
    expect(blanks).toBeGreaterThan(0);
  },
);
