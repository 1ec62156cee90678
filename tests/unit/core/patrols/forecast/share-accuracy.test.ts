import { describe, expect, test } from "vitest";
import { accuracyByShare, areaShares } from "#core/patrols/forecast/backtest.ts";
import { createRandom } from "#core/random.ts";
import { accuracy } from "#core/stats/accuracy.ts";

describe("accuracy by share of the area", () => {
  test("averages ties over all their orders", () => {
    const score = Float64Array.from({ length: 100 }, (_, at) => (at < 4 ? 1 : 0));
    const observed = Uint32Array.from({ length: 100 }, (_, at) =>
      at === 0 ? 6 : at === 50 ? 2 : 0,
    );
    const rows = accuracyByShare(score, observed);
    // One cell of four tied ones: 6 hits with a chance of 1/4, of 8 in all.
    expect(rows?.[0]).toMatchObject({ cells: 1, hitRate: 1.5 / 8, paiLow: 0, paiHigh: 75 });
    expect(rows?.[0]?.pai).toBeCloseTo((1.5 / 8) * 100, 12);
    expect(rows?.[0]?.pei).toBeCloseTo(1.5 / 6, 12);
  });

  test("has the range that the statistic has, and lies in it", () => {
    const random = createRandom(11);
    const score = Float64Array.from({ length: 400 }, () => random.integer(5));
    const observed = Uint32Array.from({ length: 400 }, () => random.integer(4));
    const rows = accuracyByShare(score, observed) ?? [];
    const told = accuracy(
      { score, observed },
      areaShares.map((share) => Math.round(400 * share)),
    );
    rows.forEach(({ pai, paiLow, paiHigh }, at) => {
      expect(paiLow).toBeCloseTo(told[at]?.paiLow ?? Number.NaN, 12);
      expect(paiHigh).toBeCloseTo(told[at]?.paiHigh ?? Number.NaN, 12);
      expect(pai).toBeGreaterThanOrEqual(paiLow);
      expect(pai).toBeLessThanOrEqual(paiHigh);
    });
  });

  test("is not told where nothing came", () => {
    expect(accuracyByShare(new Float64Array(10), new Uint32Array(10))).toBeNull();
  });
});
