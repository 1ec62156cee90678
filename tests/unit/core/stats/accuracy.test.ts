import { describe, expect, test } from "vitest";
import { accuracy } from "#core/stats/accuracy.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

describe("accuracy of a ranking", () => {
  test("tells what ties could have made of it", () => {
    const [one] = accuracy({ score: [5, 5, 5, 1], observed: [1, 4, 0, 5] }, [1]);
    expect(one?.pai).toBeCloseTo((1 / 10) * 4, 12);
    expect(one?.paiLow).toBe(0);
    expect(one?.paiHigh).toBeCloseTo((4 / 10) * 4, 12);
  });

  test("weighs a cell by its area", () => {
    const [one] = accuracy({ score: [2, 1], observed: [1, 1], area: [1, 3] }, [1]);
    expect(one).toMatchObject({ pai: 2, ser: 1, pei: 1 });
  });

  test("is null, never NaN, where nothing came", () => {
    const [one] = accuracy({ score: [2, 1], observed: [0, 0] }, [1]);
    expect(one).toEqual({
      k: 1,
      hits: 0,
      hitRate: null,
      pai: null,
      paiLow: null,
      paiHigh: null,
      pei: null,
      ser: 0,
      rri: null,
    });
  });
});

interface Metric {
  readonly k: number;
  readonly hits: number;
  readonly hit_rate: number;
  readonly PAI: number;
  readonly PEI: number;
  readonly SER_hits_per_cell: number;
  readonly RRI: number;
}
interface Oracle {
  readonly cells: readonly string[];
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly score_ring: readonly number[];
  readonly metrics_pre: readonly Metric[];
  readonly metrics_ring: readonly Metric[];
  readonly ptools_pre: readonly Metric[];
}

describeOracle("accuracy against two implementations", () => {
  test.each([
    ["metrics_pre", "pre"],
    ["metrics_ring", "score_ring"],
  ] as const)("%s, ties by cell id", (metrics, score) => {
    const oracle = readOracle<Oracle>("pai.json");
    const order = oracle.cells
      .map((id, at) => ({ id, at }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ at }) => at);
    const input = {
      score: order.map((at) => oracle[score][at] ?? 0),
      observed: order.map((at) => oracle.post[at] ?? 0),
    };
    const found = accuracy(
      input,
      oracle[metrics].map(({ k }) => k),
    );
    oracle[metrics].forEach((wanted, at) => {
      const row = found[at];
      const pairs = [
        [row?.hits, wanted.hits],
        [row?.hitRate, wanted.hit_rate],
        [row?.pai, wanted.PAI],
        [row?.pei, wanted.PEI],
        [row?.ser, wanted.SER_hits_per_cell],
        [row?.rri, wanted.RRI],
      ] as const;
      for (const [value, expected] of pairs) {
        expect(Math.abs((value ?? Number.NaN) - expected), `k ${wanted.k}`).toBeLessThan(1e-9);
      }
    });
  });

  test("the worst order of ties is the one of ptools", () => {
    const oracle = readOracle<Oracle>("pai.json");
    const found = accuracy(
      { score: oracle.pre, observed: oracle.post },
      oracle.ptools_pre.map(({ k }) => k),
    );
    oracle.ptools_pre.forEach(({ PAI }, at) => {
      expect(Math.abs((found[at]?.paiLow ?? Number.NaN) - PAI)).toBeLessThan(1e-9);
    });
  });
});
