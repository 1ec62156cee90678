import { describe, expect, test } from "vitest";
import { type AreaTree, addUp } from "#core/disclosure/area-tree.ts";
import { type Shown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { areasWithin, countBesidePanel, type ReportCount } from "#core/neighbours/public-parts.ts";
import { createRandom, type Random } from "#core/random.ts";
import {
  areaTree,
  attack,
  type Bounds,
  firstSight,
  leavesOf,
  randomCounts,
} from "#tests/support/disclosure.ts";

/**
 * An intruder with both tables of one quarter: three months of the public panel, and the liaison's figure of
 * a zone. Each area has a place within the zone, one beyond it, or both. Shares no code with the rule.
 */
const rule = tenFiveRule;
const quarter = "2021-Q3";

interface Quarter3 {
  readonly tree: AreaTree;
  /** By month, then by area of the tree. */
  readonly months: readonly (readonly number[])[];
  /** Areas that lie in the zone as a whole. */
  readonly contained: readonly number[];
  readonly reports: readonly ReportCount[];
}

const inside = (area: number) => `in ${area}` as H3Cell;
const beyond = (area: number) => `out ${area}` as H3Cell;
const areaOf = (cell: H3Cell) => cell.split(" ")[1];

function randomQuarter(random: Random): Quarter3 {
  const tree = areaTree(Array.from({ length: 1 + random.integer(2) }, () => 1 + random.integer(4)));
  const leaves = leavesOf(tree);
  const kindOf = new Map(leaves.map((leaf) => [leaf, Math.max(0, random.integer(5) - 2)]));
  const months = [0, 1, 2].map(() => addUp(tree, monthOf(tree, random)));
  const reports = months.flatMap((month) =>
    leaves.flatMap((leaf): ReportCount[] => {
      const count = month[leaf] ?? 0;
      const kind = kindOf.get(leaf);
      const near = kind === 0 ? count : kind === 1 ? random.integer(count + 1) : 0;
      return near > 0 ? [complaints(leaf, near)] : [];
    }),
  );
  const sightings = random.integer(4);
  const seen = { quarter, kind: "sighting", cell: inside(leaves[0] ?? 0), ward: null };
  return {
    tree,
    months,
    contained: leaves.filter((leaf) => kindOf.get(leaf) === 0),
    reports: [...reports, { ...seen, count: sightings }],
  };
}

/** Every second month is one in which hardly anything was reported. */
function monthOf(tree: AreaTree, random: Random): number[] {
  const counts = randomCounts(tree, random);
  return random.integer(2) === 0 ? counts : counts.map((count) => (count > 10 ? 10 : count % 2));
}

function complaints(area: number, count: number): ReportCount {
  return { quarter, kind: "complaint", cell: inside(area), ward: null, count };
}

/** The liaison's figure, by the rule as it is or without it. */
function figureOf({ reports, contained }: Quarter3, isRuleOn: boolean): Shown {
  const within = isRuleOn ? contained.map(String) : [];
  return shownCount(countBesidePanel(reports, areaOf, within).get(quarter) ?? 0, rule);
}

const known = (shown: Shown): Bounds =>
  shown === null
    ? { low: 0, high: rule.threshold - 1 }
    : { low: Math.max(rule.threshold, shown - 2), high: shown + 2 };

/** Areas of which no complaint can lie anywhere but in the figure, found by trying each of their places. */
function countedWhole(all: Quarter3, isRuleOn: boolean): number[] {
  const within = isRuleOn ? all.contained.map(String) : [];
  const isCounted = (area: number) =>
    countBesidePanel([complaints(area, 1)], areaOf, within).get(quarter) === 1;
  return all.contained.filter(isCounted);
}

/**
 * What each month's counts can be for a reader of the panel alone, then with the figure beside it: the areas
 * that the figure is known to count whole cannot together be more than it, and each of them no more than is
 * left by the least of the others.
 */
function narrowed(all: Quarter3, isRuleOn: boolean): number {
  const whole = countedWhole(all, isRuleOn);
  const figure = figureOf(all, isRuleOn);
  const panel = all.months.map((month) => suppressLinked(all.tree, month, rule));
  const alone = panel.map((shown) =>
    attack(all.tree, firstSight(all.tree, shown, rule, rule.threshold - 1)),
  );
  const least = alone.flatMap((month) => whole.map((area) => month[area]?.low ?? 0));
  const sum = least.reduce((total, low) => total + low, 0);
  const { high } = known(figure);
  const beside = alone.map((month) =>
    attack(
      all.tree,
      month.map((bounds, area) => {
        if (!whole.includes(area)) return bounds;
        return { ...bounds, high: Math.min(bounds.high, high - (sum - bounds.low)) };
      }),
    ),
  );
  let found = 0;
  panel.forEach((shown, month) => {
    shown.forEach((one, area) => {
      const [before, after] = [alone[month]?.[area], beside[month]?.[area]];
      if (one !== null || !before || !after || (all.months[month]?.[area] ?? 0) > 9) return;
      if (after.low > before.low || after.high < Math.min(before.high, 9)) found += 1;
    });
  });
  return found;
}

describe("SAFEGUARDS 7: the panel's months and a liaison's quarter, put together, give no count under 10 back", () => {
  test("an intruder with both tables of 1,000 quarters narrows nothing; without the rule it does", () => {
    let without = 0;
    for (let seed = 1; seed <= 1_000; seed += 1) {
      const all = randomQuarter(createRandom(seed));
      expect(narrowed(all, true), `seed ${seed}`).toBe(0);
      if (narrowed(all, false) > 0) without += 1;
    }
    expect(without).toBeGreaterThan(20);
  });

  test("whatever the panel leaves open goes with whatever figure stands beside it", () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = createRandom(seed);
      const all = randomQuarter(random);
      const figure = figureOf(all, true);
      // Another quarter altogether, as the panel may be: its complaints beyond the zone where there is ground
      // beyond it, in the zone where there is none, and sightings for the figure.
      const other = [0, 1, 2].map(() => addUp(all.tree, randomCounts(all.tree, random)));
      const isContained = new Set(all.contained);
      const world = other.flatMap((month) =>
        leavesOf(all.tree).map((leaf): ReportCount => {
          const cell = isContained.has(leaf) ? inside(leaf) : beyond(leaf);
          return { ...complaints(leaf, month[leaf] ?? 0), cell };
        }),
      );
      const zone = world.filter(({ cell }) => cell.startsWith("in"));
      for (const count of figure === null ? [0, 4, 9] : [figure - 2, figure, figure + 2]) {
        if (figure !== null && count < 10) continue;
        const sighted = { quarter, kind: "sighting", cell: inside(0), ward: null, count };
        const reports = [...zone, sighted];
        expect(figureOf({ ...all, reports }, true), `seed ${seed}`).toBe(figure);
      }
    }
  });

  test("an area counts as within the zones where next to none of it lies beyond all of them", () => {
    const cells = Array.from(
      { length: 20 },
      (_, at) => `${at % 2} ${at % 2 === 0 ? "a" : "b"} ${at}`,
    );
    const area = (cell: string) => cell.split(" ")[1];
    const a = cells.filter((cell) => area(cell) === "a");
    const b = cells.filter((cell) => area(cell) === "b");
    const within = (...zones: string[][]) =>
      areasWithin(cells as H3Cell[], zones as H3Cell[][], area as (cell: H3Cell) => string);
    expect(within(a)).toEqual(["a"]);
    expect(within(a.slice(1))).toEqual([]);
    expect(within(b.slice(0, 9))).toEqual([]);
    // Two liaisons may put their figures together.
    expect(within(a.slice(0, 5), a.slice(5), b.slice(3))).toEqual(["a"]);
  });
});
