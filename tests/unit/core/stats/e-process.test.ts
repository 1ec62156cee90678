import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { binomialChance } from "#core/stats/binomial.ts";
import { riseEvidence } from "#core/stats/e-process.ts";
import { poisson } from "#tests/support/displacement.ts";

const plain = { dispersion: 1, spread: 0 };
const year = { treated: 104, control: 3_120 };

describe("evidence of a rise", () => {
  test("with odds known for certain, an e-value is 1 on average over all that one look can show", () => {
    const before = { treated: 1e12, control: 3e12 };
    const mean = Array.from({ length: 41 }, (_, came) => {
      const [log = Number.NaN] = riseEvidence({ before, looks: [[came, 40 - came]], ...plain });
      return binomialChance(40, 0.25, came) * Math.exp(log);
    }).reduce((sum, each) => sum + each, 0);
    expect(mean).toBeCloseTo(1, 9);
  });

  test("by hand: one look, odds of 1 known for certain, three of three at the place", () => {
    const before = { treated: 1e14, control: 1e14 };
    const [log = Number.NaN] = riseEvidence({ before, looks: [[3, 0]], ...plain });
    const ratios = [0.1, 0.2, 0.4, 0.7, 1.1].map((rise) => (2 / (1 + Math.exp(-rise))) ** 3);
    expect(Math.exp(log)).toBeCloseTo(ratios.reduce((sum, each) => sum + each, 0) / 5, 6);
  });

  test("what both share says nothing, a fall speaks against, a rise for it", () => {
    const last = (came: number, compared: number) =>
      riseEvidence({
        before: year,
        looks: Array.from({ length: 26 }, () => [came, compared] as const),
        ...plain,
      }).at(-1) as number;
    expect(last(2, 60)).toBeLessThan(0);
    expect(last(4, 120)).toBeLessThan(0);
    expect(last(1, 60)).toBeLessThan(last(2, 60));
    expect(last(4, 60)).toBeGreaterThan(Math.log(20));
  });

  test("scatter and drift of places make every rise weigh less, and more looks of the same counts nothing", () => {
    const at = (more: object, looks: readonly (readonly [number, number])[]) =>
      riseEvidence({ before: year, looks, ...plain, ...more }).at(-1) as number;
    const looks = [
      [50, 600],
      [40, 600],
    ] as const;
    expect(at({ dispersion: 2 }, looks)).toBeLessThan(at({}, looks));
    expect(at({ spread: 0.3 }, looks)).toBeLessThan(at({}, looks));
    expect(at({}, [[90, 1_200]])).toBeCloseTo(at({}, looks), 9);
  });

  test("104 weekly looks pass the limit of 5% in at most 5% of 400 places with no rise, few reports before and all", () => {
    const random = createRandom(7);
    const crossed = [0.5, 2].map((mean) => {
      const runs = Array.from({ length: 200 }, () => {
        const weeks = (count: number, of: number) =>
          Array.from({ length: count }, () => poisson(of, random));
        const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
        const before = { treated: sum(weeks(52, mean)), control: sum(weeks(52, 60)) };
        const after = weeks(104, mean).map((came) => [came, poisson(60, random)] as const);
        return Math.max(...riseEvidence({ before, looks: after, ...plain })) >= Math.log(20);
      });
      return runs.filter(Boolean).length / runs.length;
    });
    expect(Math.max(...crossed)).toBeLessThanOrEqual(0.05);
  });

  test("nothing before and nothing after is no evidence, and no fault", () => {
    const looks = [[0, 0]] as const;
    expect([...riseEvidence({ before: { treated: 0, control: 0 }, looks, ...plain })]).toEqual([
      expect.closeTo(0, 9),
    ]);
  });
});
