import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { normalCdf, normalQuantile } from "#core/stats/normal.ts";
import { eTest } from "#core/stats/two-counts.ts";
import { weightedDisplacementDifference } from "#core/stats/wdd.ts";

const pair = fc.tuple(fc.nat(500), fc.nat(500));
const input = fc.record({
  treated: pair,
  control: pair,
  displacement: pair,
  displacementControl: pair,
  alpha: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
});
const swapped = ([before, after]: readonly [number, number]) => [after, before] as const;

describe("the weighted displacement difference", () => {
  test.prop([input])(
    "lies in the middle of its interval, which narrows as alpha grows",
    (given) => {
      const { wdd, low, high } = weightedDisplacementDifference(given);
      expect((low + high) / 2).toBeCloseTo(wdd, 8);
      const wider = weightedDisplacementDifference({ ...given, alpha: given.alpha / 2 });
      expect(wider.high).toBeGreaterThanOrEqual(high);
      expect(wider.low).toBeLessThanOrEqual(low);
    },
  );

  test.prop([input])("changes its sign when time runs backwards", (given) => {
    const back = weightedDisplacementDifference({
      treated: swapped(given.treated),
      control: swapped(given.control),
      displacement: swapped(given.displacement),
      displacementControl: swapped(given.displacementControl),
      alpha: given.alpha,
    });
    const forth = weightedDisplacementDifference(given);
    expect(back.wdd + forth.wdd).toBe(0);
    expect(back.se).toBe(forth.se);
  });

  test.prop([input, fc.integer({ min: 1, max: 9 })])(
    "shrinks with every weight alike",
    (given, by) => {
      const plain = weightedDisplacementDifference(given);
      const weighted = weightedDisplacementDifference({
        ...given,
        timeWeights: [by, by],
        areaWeights: [2, 2, 2, 2],
      });
      expect(weighted.wdd * by * 2).toBeCloseTo(plain.wdd, 6);
      expect(weighted.se * by * 2).toBeCloseTo(plain.se, 6);
      if (plain.z === null) expect(weighted.z).toBeNull();
      else expect(weighted.z).toBeCloseTo(plain.z, 8);
    },
  );

  test.prop([input])("never answers NaN or infinity", (given) => {
    for (const value of Object.values(weightedDisplacementDifference(given))) {
      if (value !== null) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe("the E-test", () => {
  test.prop([
    fc.nat(60),
    fc.nat(60),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 60 }),
  ])("lies in 0..1 and does not mind which period is named first", (first, second, n1, n2) => {
    const p = eTest(first, second, [n1, n2]);
    if (first + second === 0) expect(p).toBeNull();
    else {
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(eTest(second, first, [n2, n1])).toBeCloseTo(p as number, 10);
    }
  });

  test.prop([fc.nat(40), fc.integer({ min: 1, max: 40 })])(
    "falls as two counts of one sum part",
    (low, gap) => {
      const near = eTest(low + gap, low + gap) as number;
      const far = eTest(low + 2 * gap, low) as number;
      expect(far).toBeLessThan(near);
    },
  );
});

describe("the normal quantile", () => {
  test.prop([fc.double({ min: 1e-300, max: 1 - 1e-15, noNaN: true })])(
    "undoes the distribution",
    (p) => {
      const back = normalCdf(normalQuantile(p));
      expect(Math.abs(back - p)).toBeLessThan(1e-12 * p);
    },
  );
});
