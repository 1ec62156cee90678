import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { hotP, mostEventsExact, pearsonTailName } from "#core/stats/hot-p.ts";
import { neighboursFromLists } from "#core/stats/neighbours.ts";
import { queenGrid, queenLists, subsets } from "#tests/support/grid.ts";
import { describeOracle, readOracle, readOracleLines } from "#tests/support/oracles.ts";

type Lists = readonly (readonly number[])[];

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Share of all subsets of a size whose values sum to `observed` or more. */
function shareOfSubsets(values: readonly number[], size: number, observed: number): number {
  let all = 0;
  let asLarge = 0;
  for (const subset of subsets(values, size)) {
    all += 1;
    if (total(subset) >= observed) asLarge += 1;
  }
  return asLarge / all;
}

function hotBySubsets(counts: readonly number[], lists: Lists): number[] {
  return lists.map((list, cell) => {
    const members = [cell, ...list].map((index) => counts[index] as number);
    return shareOfSubsets(counts, members.length, total(members));
  });
}

function exactBySubsets(counts: readonly number[], lists: Lists): number[] {
  return lists.map((list, cell) => {
    const others = counts.filter((_, index) => index !== cell);
    const observed = total(list.map((index) => counts[index] as number));
    return shareOfSubsets(others, list.length, observed);
  });
}

function expectEqualTails(found: ArrayLike<number>, expected: readonly number[]) {
  expected.forEach((p, cell) => {
    expect(Math.abs((found[cell] as number) / p - 1)).toBeLessThan(1e-12);
  });
}

describe("the exact tails against every subset, one by one", () => {
  const random = createRandom(41);
  const scenes: readonly (readonly [string, number[], number[][]])[] = [
    ["one busy cell", [0, 0, 0, 9, 0, 0, 0, 0, 0], queenLists(3, 3)],
    ["many ties", [1, 0, 2, 1, 1, 0, 2, 0, 1, 0, 1, 2], queenLists(3, 4)],
    ["all cells equal", [2, 2, 2, 2, 2, 2], queenLists(2, 3)],
    ["no events", [0, 0, 0, 0, 0, 0], queenLists(2, 3)],
    ["islands and a whole set", [3, 1, 0, 5], [[], [0, 2, 3], [1], []]],
    ["large counts", [900, 3, 0, 41, 77, 0, 12, 1, 0, 250], queenLists(2, 5)],
    ...Array.from(
      { length: 6 },
      (_, scene) =>
        [
          `random counts ${scene}`,
          Array.from({ length: 12 }, () => Math.floor(random.next() ** 3 * 9)),
          queenLists(3, 4),
        ] as const,
    ).map(([name, counts, lists]) => [name, counts, lists] as const),
  ];

  test.each(scenes)("%s", (_, counts, lists) => {
    const neighbours = neighboursFromLists(lists);
    const hot = hotP(counts, neighbours);
    const exact = exactP(counts, neighbours);
    expect(hot.method).toBe("exact");
    expectEqualTails(hot.p, hotBySubsets(counts, lists));
    expectEqualTails(exact.p, exactBySubsets(counts, lists));
  });
});

describe("hotP", () => {
  test("finds a single busy cell among empty ones, which the conditional p cannot", () => {
    const counts = new Array<number>(100).fill(0);
    counts[55] = 50;
    const { p } = hotP(counts, queenGrid(10, 10));
    // Nine of a hundred cells are drawn: the busy one is among them with chance 9/100.
    expect(p[55]).toBeCloseTo(0.09, 14);
    expect(exactP(counts, queenGrid(10, 10)).p[55]).toBe(1);
  });

  test("keeps its relative precision in a tail far below 1e-16", () => {
    const cells = 1000;
    const counts = Array.from({ length: cells }, (_, cell) => (cell < 7 ? 10 : 0));
    const lists = Array.from({ length: cells }, (_, cell) =>
      cell === 0 ? [1, 2, 3, 4, 5, 6] : [],
    );
    // Only the one draw of all seven busy cells reaches 70: 1 / C(1000, 7).
    let draws = 1;
    for (let step = 0; step < 7; step += 1) draws *= (cells - step) / (step + 1);
    const p = hotP(counts, neighboursFromLists(lists)).p[0] as number;
    expect(Math.abs(p * draws - 1)).toBeLessThan(1e-12);
  });

  test("follows the hypergeometric distribution for counts of 0 and 1", () => {
    const counts = Array.from({ length: 60 }, (_, cell) => (cell % 3 === 0 ? 1 : 0));
    const lists = [[3, 6, 1, 2], ...Array.from({ length: 59 }, () => [])];
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const chance = (ones: number) => (choose(20, ones) * choose(40, 5 - ones)) / choose(60, 5);
    const expected = chance(3) + chance(4) + chance(5);
    expect(hotP(counts, neighboursFromLists(lists)).p[0]).toBeCloseTo(expected, 14);
  });

  test("does not overflow for neighbourhoods of hundreds of cells", () => {
    const counts = Array.from({ length: 800 }, (_, cell) => cell % 2);
    const half = Array.from({ length: 400 }, (_, index) => index + 1).filter((cell) => cell !== 0);
    const lists = [half, ...Array.from({ length: 799 }, () => [])];
    // 401 of 800 cells, half of them 1: by symmetry P(sum >= 201) is .5, and the observed sum is 200.
    const [p] = hotP(counts, neighboursFromLists(lists)).p;
    expect(p).toBeGreaterThan(0.5);
    expect(p).toBeLessThan(0.56);
  });

  test(`names its approximation above ${mostEventsExact} events, and is then near the exact tail`, () => {
    const random = createRandom(7);
    const cells = 40 * 40;
    const counts = new Array<number>(cells).fill(0);
    for (let event = 0; event < mostEventsExact; event += 1) {
      const cell = Math.floor(cells * random.next() ** 2);
      counts[cell] = (counts[cell] as number) + 1;
    }
    const grid = queenGrid(40, 40);
    const exact = hotP(counts, grid);
    expect(exact.method).toBe("exact");
    counts[0] = (counts[0] as number) + 1;
    const named = hotP(counts, grid);
    expect(named.method).toBe(pearsonTailName);
    // Where it decides; one cell of 2,500 events makes the middle lumpy, as no smooth curve is.
    const small = [...exact.p.keys()].filter((cell) => (exact.p[cell] as number) < 0.1);
    expect(small.length).toBeGreaterThan(50);
    for (const cell of small) {
      expect(Math.abs((named.p[cell] as number) - (exact.p[cell] as number))).toBeLessThan(0.02);
    }
  });
});

interface ExactOracle {
  readonly cells: readonly string[];
  readonly series: Readonly<Record<string, { readonly p_hi: readonly number[] }>>;
}

describeOracle("exactP against the integer generating function", () => {
  const names = ["year", ...Array.from({ length: 12 }, (_, month) => `m${month + 1}`)].map((name) =>
    name.replace(/^m(\d)$/, "m0$1"),
  );

  test.each(names)("series %s", (name) => {
    const { cells, series } = readOracle<ExactOracle>("gistar_exact_perm.json");
    expect(new Set(Object.keys(series))).toEqual(new Set(names));
    const indexOf = new Map(cells.map((cell, index) => [cell, index]));
    const lists = readOracleLines("data/memphis_h3_res8_grid.csv").map((line) =>
      (line.split(",")[4] ?? "").split(" ").map((cell) => indexOf.get(cell) as number),
    );
    const { p } = exactP(countsOf(name, indexOf), neighboursFromLists(lists));
    const expected = series[name]?.p_hi ?? [];
    expect(p.length).toBe(expected.length);
    expect(
      Math.max(...p.map((value, cell) => Math.abs(value - (expected[cell] as number)))),
    ).toBeLessThan(1e-9);
  });
});

/** Robberies by cell in the year or in one month of it. */
function countsOf(series: string, indexOf: ReadonlyMap<string, number>): Int32Array {
  const month = series === "year" ? null : series.slice(1);
  const cellOf = new Map(
    readOracleLines("data/memphis_h3_points.csv").map(
      (line) => line.split(",", 2) as [string, string],
    ),
  );
  const counts = new Int32Array(indexOf.size);
  for (const line of readOracleLines("data/memphis_robberies.csv").slice(1)) {
    const [id = "", , , time = ""] = line.split(",");
    if (month !== null && time.slice(5, 7) !== month) continue;
    const cell = indexOf.get(cellOf.get(id) ?? "") as number;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}
