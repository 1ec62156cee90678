import { describe, expect, test } from "vitest";
import { mannKendall, trendP } from "#core/stats/mann-kendall.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

describe("Mann-Kendall", () => {
  test("counts rising less falling pairs, and ties as neither", () => {
    expect(mannKendall([1, 2, 3]).s).toBe(3);
    expect(mannKendall([3, 1, 2]).s).toBe(-1);
    expect(mannKendall([2, 2, 2, 5]).s).toBe(3);
  });

  test("has an exact p that counts all orders", () => {
    // 24 orders of four; S = 6 and S = -6 once each, |S| >= 4 in 2 + 6 of them.
    expect(mannKendall([1, 2, 3, 4]).exactP).toBeCloseTo(2 / 24, 14);
    expect(mannKendall([1, 2, 4, 3]).exactP).toBeCloseTo(8 / 24, 14);
    expect(mannKendall([2, 1]).exactP).toBe(1);
  });

  test("has no exact p with ties, for one value or for a long series", () => {
    expect(mannKendall([1, 1, 2]).exactP).toBeNull();
    expect(mannKendall([1]).exactP).toBeNull();
    const rising = Array.from({ length: 61 }, (_, at) => at);
    expect(mannKendall(rising).exactP).toBeNull();
    expect(mannKendall(rising.slice(1)).exactP).toBeGreaterThan(0);
  });

  test("of nothing, or of one value, is no trend and never NaN", () => {
    for (const series of [[], [7]]) {
      expect(mannKendall(series)).toMatchObject({ s: 0, z: 0, p: 1, tauA: null, senSlope: null });
    }
  });

  test("has the same p by the quick way", () => {
    const series = [4, 1, 3, 3, 8, 9, 2];
    const { s, p } = mannKendall(series);
    expect(trendP(series)).toEqual({ s, p });
  });
});

interface Series {
  readonly name: string;
  readonly x: readonly number[];
  readonly S: number;
  readonly varS: number;
  readonly z: number;
  readonly p_two_sided: number;
  readonly tau_a: number;
  readonly tau_b: number | null;
  readonly sen_slope: number;
  readonly exact_p?: number;
}

describeOracle("Mann-Kendall against three implementations", () => {
  test("on 14 series", () => {
    const { series } = readOracle<{ series: readonly Series[] }>("mannkendall.json");
    expect(series).toHaveLength(14);
    for (const each of series) {
      const found = mannKendall(each.x);
      const wanted = [
        [found.s, each.S],
        [found.variance, each.varS],
        [found.z, each.z],
        [found.p, each.p_two_sided],
        [found.tauA, each.tau_a],
        [found.tauB, each.tau_b],
        [found.senSlope, each.sen_slope],
        [found.exactP, each.exact_p ?? null],
      ] as const;
      for (const [value, expected] of wanted) {
        if (expected === null) expect(value, each.name).toBeNull();
        else expect(Math.abs((value ?? Number.NaN) - expected), each.name).toBeLessThan(1e-9);
      }
    }
  });
});
