import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { exactP } from "#core/stats/exact-p.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { someTries } from "#tests/support/runs.ts";

/** Counts with symmetric neighbour lists, islands included. */
const scene = fc
  .record({
    counts: fc.array(fc.oneof(fc.nat(3), fc.nat(200)), { minLength: 2, maxLength: 30 }),
    pairs: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }),
  })
  .map(({ counts, pairs }) => {
    const sets = counts.map(() => new Set<number>());
    for (const [first, second] of pairs) {
      const [a, b] = [first % counts.length, second % counts.length];
      if (a === b) continue;
      sets[a]?.add(b);
      sets[b]?.add(a);
    }
    return { counts, lists: sets.map((set) => [...set]) };
  });

type Scene = { readonly counts: readonly number[]; readonly lists: readonly (readonly number[])[] };

/** The general formula of Ord & Getis with any weights, row by row. */
function weightedGiStar({ counts, lists }: Scene, weightOf: (size: number) => number) {
  const n = counts.length;
  const mean = counts.reduce((sum, count) => sum + count, 0) / n;
  const s = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / n);
  return lists.map((list, cell) => {
    const members = [cell, ...list];
    const weight = weightOf(members.length);
    const sum = members.reduce((all, member) => all + weight * (counts[member] as number), 0);
    const weights = weight * members.length;
    const squares = weight ** 2 * members.length;
    const spread = s * Math.sqrt((n * squares - weights ** 2) / (n - 1));
    return (sum - weights * mean) / spread;
  });
}

describe("Gi*", () => {
  test.prop([scene], someTries)("is the same for row-standardised weights", (given) => {
    const { z } = giStar(given.counts, neighboursFromLists(given.lists));
    const standardised = weightedGiStar(given, (size) => 1 / size);
    const varies = new Set(given.counts).size > 1;
    z.forEach((score, cell) => {
      const isWhole = (given.lists[cell]?.length ?? 0) + 1 === given.counts.length;
      if (!varies || isWhole) expect(score).toBeNull();
      else expect(score).toBeCloseTo(standardised[cell] as number, 8);
    });
  });

  test.prop([scene, fc.integer({ min: 1, max: 50 }), fc.nat(50)], someTries)(
    "does not change when counts are scaled or shifted",
    ({ counts, lists }, scale, shift) => {
      const neighbours = neighboursFromLists(lists);
      const before = giStar(counts, neighbours).z;
      const after = giStar(
        counts.map((count) => count * scale + shift),
        neighbours,
      ).z;
      after.forEach((score, cell) => {
        const other = before[cell];
        if (score === null || typeof other !== "number") expect(score).toBe(other);
        else expect(score).toBeCloseTo(other, 8);
      });
    },
  );
});

describe.each([
  ["hotP", hotP],
  ["exactP", exactP],
] as const)("%s", (name, tailOf) => {
  test.prop([scene], someTries)(
    "lies in 0..1 and is never 0: what was seen is possible",
    ({ counts, lists }) => {
      for (const p of tailOf(counts, neighboursFromLists(lists)).p) {
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    },
  );

  test.prop([scene, fc.nat()], someTries)(
    "follows the cells when they are listed in another order",
    ({ counts, lists }, seed) => {
      const n = counts.length;
      const moved = Array.from({ length: n }, (_, cell) => (cell + (seed % n)) % n);
      const otherCounts = new Array<number>(n);
      const otherLists = new Array<number[]>(n);
      moved.forEach((to, cell) => {
        otherCounts[to] = counts[cell] as number;
        otherLists[to] = (lists[cell] ?? []).map((other) => moved[other] as number).reverse();
      });
      const before = tailOf(counts, neighboursFromLists(lists)).p;
      const after = tailOf(otherCounts, neighboursFromLists(otherLists)).p;
      moved.forEach((to, cell) => {
        expect(Math.abs((after[to] as number) / (before[cell] as number) - 1)).toBeLessThan(1e-11);
      });
    },
  );

  test.prop([scene], someTries)(
    "is smaller for the larger of two sums of equally many cells",
    (given) => {
      const { p } = tailOf(given.counts, neighboursFromLists(given.lists));
      const seen = given.lists.map((list, cell) => ({
        size: list.length,
        // exactP compares neighbours of cells with one and the same count.
        own: name === "exactP" ? (given.counts[cell] as number) : 0,
        sum: [...list, ...(name === "hotP" ? [cell] : [])].reduce(
          (sum, other) => sum + (given.counts[other] as number),
          0,
        ),
        p: p[cell] as number,
      }));
      for (const one of seen) {
        for (const other of seen) {
          if (one.size !== other.size || one.own !== other.own || one.sum < other.sum) continue;
          expect(one.p).toBeLessThanOrEqual(other.p);
        }
      }
    },
  );
});
