import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { type KnoxOptions, type KnoxPoints, knox } from "#core/stats/knox.ts";
import { describeOracle, readOracle, readOracleLines } from "#tests/support/oracles.ts";

const options = { space: [0, 1, 100, 200], time: [0, 1, 3], permutations: 99, seed: 1 };

describe("the Knox table", () => {
  test("puts a pair into the bin whose lower edge it reaches, and not its upper", () => {
    const points = { x: [0, 100, 300], y: [0, 0, 0], day: [1, 4, 5] };
    const { observed } = knox(points, { ...options, space: [0, 100, 200.5], time: [0, 1, 3] });
    // 100 m and 3 days: no time bin. 200 m and 1 day: second row, second column.
    expect(observed).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test("counts what a search of all pairs counts, margins and all", () => {
    const random = createRandom(3);
    const points = {
      x: Array.from({ length: 120 }, () => random.integer(40) * 20),
      y: Array.from({ length: 120 }, () => random.integer(40) * 20),
      day: Array.from({ length: 120 }, () => random.integer(30)),
    };
    const { observed, expected } = knox(points, options);
    const { table, space, time } = countAllPairs(points, options);
    expect(observed).toEqual(table);
    const pairs = (120 * 119) / 2;
    expected.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(((space[i] ?? 0) * (time[j] ?? 0)) / pairs, 9);
      });
    });
  });

  test("finds near repeats that were put there, and none in shuffled days", () => {
    const random = createRandom(5);
    const at = Array.from({ length: 60 }, () => [random.next() * 5000, random.next() * 5000]);
    const days = Array.from({ length: 60 }, () => random.integer(300));
    const twice = (values: number[], by: number) => values.flatMap((value) => [value, value + by]);
    const points = {
      x: twice(
        at.map(([x]) => x ?? 0),
        50,
      ),
      y: twice(
        at.map(([, y]) => y ?? 0),
        0,
      ),
      day: twice(days, 1),
    };
    const repeats = knox(points, { ...options, permutations: 999 });
    expect(repeats.p[1]?.[1]).toBe(0.001);
    expect(repeats.ratio[1]?.[1]).toBeGreaterThan(5);
    const none = knox({ ...points, day: random.shuffle(points.day) }, options);
    expect(none.p[1]?.[1]).toBeGreaterThan(0.01);
  });

  test.each([
    ["pairs", { ...options, permutations: 0 }, "points: too many lie within 200 of each other"],
    ["permutations", { ...options, permutations: 100_000 }, "permutations: at most 4007"],
  ])("of more %s than fit is refused with what to do", (what, given, words) => {
    const count = what === "pairs" ? 20_000 : 3_160;
    const same = Array.from({ length: count }, () => 0);
    expect(() => knox({ x: same, y: same, day: same }, given)).toThrow(words);
  });

  test("of nothing has no ratio and never NaN, and repeats itself by its seed", () => {
    const empty = knox({ x: [], y: [], day: [] }, options);
    expect(empty.observed.flat().every((value) => value === 0)).toBe(true);
    expect(empty.expected.flat().every((value) => value === 0)).toBe(true);
    expect(empty.ratio.flat().every((value) => value === null)).toBe(true);
    const points = { x: [0, 10, 20, 900], y: [0, 0, 0, 0], day: [1, 2, 9, 4] };
    expect(knox(points, options)).toEqual(knox(points, options));
    expect(knox(points, { ...options, permutations: 0 }).p[0]?.[0]).toBeNull();
  });
});

/** Every pair looked at, in the plainest way. */
function countAllPairs(points: KnoxPoints, { space, time }: Pick<KnoxOptions, "space" | "time">) {
  const bin = (edges: readonly number[], value: number) =>
    edges.findIndex((edge, at) => value >= edge && value < (edges[at + 1] ?? -1));
  const count = points.day.length;
  const pairs = Array.from({ length: count }, (_, i) =>
    Array.from({ length: i }, (_unused, j) => ({
      row: bin(
        space,
        Math.hypot(
          (points.x[i] as number) - (points.x[j] as number),
          (points.y[i] as number) - (points.y[j] as number),
        ),
      ),
      column: bin(time, Math.abs((points.day[i] as number) - (points.day[j] as number))),
    })),
  ).flat();
  const rows = space.slice(1).map((_, row) => row);
  const columns = time.slice(1).map((_, column) => column);
  const of = (wanted: Partial<{ row: number; column: number }>) =>
    pairs.filter(
      ({ row, column }) => row === (wanted.row ?? row) && column === (wanted.column ?? column),
    ).length;
  return {
    table: rows.map((row) => columns.map((column) => of({ row, column }))),
    space: rows.map((row) => of({ row })),
    time: columns.map((column) => of({ column })),
  };
}

interface Table {
  readonly csv: string;
  readonly sds: readonly number[];
  readonly tds: readonly number[];
  readonly observed: readonly (readonly number[])[];
  readonly expected_independence: readonly (readonly number[])[];
  readonly mc: { readonly nrep: number; readonly p: readonly (readonly number[])[] };
}

describeOracle("the Knox table against a plain count", () => {
  test.each([
    ["jan", 9_999, 0.03],
    ["year", 999, 0.1],
  ] as const)("of the %s, %i permutations, p within %s", (name, permutations, tolerance) => {
    const table = readOracle<Record<string, Table>>("knox.json")[name] as Table;
    const rows = readOracleLines(`data/${table.csv}`)
      .slice(1)
      .map((line) => line.split(","));
    const points = {
      x: rows.map((row) => Number(row[5])),
      y: rows.map((row) => Number(row[6])),
      day: rows.map((row) => Date.parse(`${row[3]?.slice(0, 10)}T00:00Z`) / 86_400_000),
    };
    const found = knox(points, {
      space: table.sds,
      time: table.tds,
      // More than the oracle has, so that what is left of a difference is its own.
      permutations,
      seed: 20_261_124,
    });
    expect(found.observed).toEqual(table.observed);
    table.expected_independence.flat().forEach((value, at) => {
      expect(Math.abs((found.expected.flat()[at] ?? Number.NaN) - value)).toBeLessThan(1e-8);
    });
    table.mc.p.flat().forEach((value, at) => {
      expect(Math.abs((found.p.flat()[at] ?? Number.NaN) - value), `cell ${at}`).toBeLessThan(
        tolerance,
      );
    });
  });
});
