import { describe, expect, test } from "vitest";
import { giStar } from "#core/stats/gi-star.ts";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

const chain = neighboursFromLists([[1], [0, 2], [1, 3], [2]]);

describe("Gi*", () => {
  test("is the closed form on a chain of four cells", () => {
    // Counts 0 0 0 4: mean 1, s^2 = 3; m = 2 at the ends, 3 in the middle.
    const end = Math.sqrt(3) * Math.sqrt((4 * 2 - 4) / 3);
    const middle = Math.sqrt(3) * Math.sqrt((4 * 3 - 9) / 3);
    const { z, p } = giStar([0, 0, 0, 4], chain);
    const expected = [-2 / end, -3 / middle, 1 / middle, 2 / end];
    z.forEach((score, cell) => {
      expect(score).toBeCloseTo(expected[cell] ?? Number.NaN, 14);
    });
    expect(p[0]).toBeCloseTo(0.3173105078629141, 14);
  });

  test("takes a cell without neighbours as its own neighbourhood", () => {
    const { z } = giStar([3, 0, 0], neighboursFromLists([[], [2], [1]]));
    expect(z[0]).toBeCloseTo(Math.SQRT2, 14);
    expect(z[1]).toBeCloseTo(-Math.SQRT2, 14);
  });

  test.each([
    ["the counts do not vary", [0.1, 0.1, 0.1, 0.1]],
    ["there is no event", [0, 0, 0, 0]],
  ])("is undefined where %s", (_, counts) => {
    const { z, p } = giStar(counts, chain);
    expect(z).toEqual([null, null, null, null]);
    expect(p).toEqual([null, null, null, null]);
  });

  test("is undefined where equal fractions only seem to vary by rounding", () => {
    // 0.1 + 0.1 + 0.1 is not 0.3, so that the mean is not 0.1 to the last digit.
    expect(giStar([0.1, 0.1, 0.1], neighboursFromLists([[1], [], []])).z).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("is undefined where the neighbourhood is the whole set", () => {
    expect(giStar([1, 2, 3], neighboursFromLists([[1, 2], [0, 2], [1]])).z).toEqual([
      null,
      null,
      expect.any(Number),
    ]);
    expect(giStar([5], neighboursFromLists([[]])).z).toEqual([null]);
    expect(giStar([], neighboursFromLists([]))).toEqual({ z: [], p: [] });
  });
});

interface Grid {
  readonly cells: readonly {
    readonly id: string;
    readonly n: number;
    readonly nb: readonly string[];
  }[];
  readonly gi_star_z: readonly (number | null)[];
  readonly p_two_sided: readonly (number | null)[];
  readonly p_adjust_global: Readonly<Record<"holm" | "BH" | "BY", readonly (number | null)[]>>;
}

describeOracle("Gi* and its corrections against spdep", () => {
  test.each(["h3_res8_memphis", "toy10", "islands6", "constant4", "whole4"])("on %s", (name) => {
    const grid = readOracle<{ grids: Record<string, Grid> }>("gistar.json").grids[name] as Grid;
    const indexOf = new Map(grid.cells.map((cell, index) => [cell.id, index]));
    const neighbours = neighboursFromLists(
      grid.cells.map((cell) => cell.nb.map((id) => indexOf.get(id) as number)),
    );
    const { z, p } = giStar(
      grid.cells.map((cell) => cell.n),
      neighbours,
    );
    expectClose(z, grid.gi_star_z);
    expectClose(p, grid.p_two_sided);
    expectClose(holm(p), grid.p_adjust_global.holm);
    expectClose(benjaminiHochberg(p), grid.p_adjust_global.BH);
    expectClose(benjaminiYekutieli(p), grid.p_adjust_global.BY);
  });
});

function expectClose(found: readonly (number | null)[], expected: readonly (number | null)[]) {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(
    ...found.map((value, index) => {
      const other = expected[index];
      if (value === null || typeof other !== "number") {
        return value === null && other === null ? 0 : Number.POSITIVE_INFINITY;
      }
      return Math.abs(value - other);
    }),
  );
  expect(worst).toBeLessThan(1e-9);
}
