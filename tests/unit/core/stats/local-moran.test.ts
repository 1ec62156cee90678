import { describe, expect, test } from "vitest";
import { localMoran } from "#core/stats/local-moran.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

const chain = neighboursFromLists([[1], [0, 2], [1, 3], [2]]);

describe("local Moran", () => {
  test("is the closed form on a chain of four cells", () => {
    // Deviations -1 -1 -1 3, m2 = 3.
    expect(localMoran([0, 0, 0, 4], chain).i).toEqual([1 / 3, 1 / 3, -1 / 3, -1]);
  });

  test("is undefined where the values do not vary, also by rounding", () => {
    const { i, z, p } = localMoran([0.1, 0.1, 0.1, 0.1], chain);
    for (const list of [i, z, p]) expect(list).toEqual([null, null, null, null]);
    expect(localMoran([], neighboursFromLists([]))).toEqual({ i: [], z: [], p: [] });
  });

  test("has no z for a cell without neighbours or at the mean", () => {
    const { z } = localMoran([1, 2, 3, 2], neighboursFromLists([[1], [0], [], [0, 1]]));
    expect(z[1]).toBeNull();
    expect(z[2]).toBeNull();
    expect(z[0]).toEqual(expect.any(Number));
  });
});

interface Grid {
  readonly cells: readonly { readonly id: string; n: number; readonly nb: readonly string[] }[];
  readonly local_moran_I: readonly (number | null)[];
  readonly local_moran_z: readonly (number | null)[];
}

describeOracle("local Moran against spdep", () => {
  test.each(["h3_res8_memphis", "toy10"])("on %s", (name) => {
    const grid = readOracle<{ grids: Record<string, Grid> }>("gistar.json").grids[name] as Grid;
    const indexOf = new Map(grid.cells.map((cell, index) => [cell.id, index]));
    const { i, z } = localMoran(
      grid.cells.map(({ n }) => n),
      neighboursFromLists(grid.cells.map(({ nb }) => nb.map((id) => indexOf.get(id) as number))),
    );
    expectClose(i, grid.local_moran_I);
    expectClose(z, grid.local_moran_z);
  });
});

function expectClose(found: readonly (number | null)[], wanted: readonly (number | null)[]): void {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, at) => {
    if (value === null) expect(found[at], `at ${at}`).toBeNull();
    else expect(Math.abs((found[at] ?? Number.NaN) - value), `at ${at}`).toBeLessThan(1e-9);
  });
}
