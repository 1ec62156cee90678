import { describe, expect, test } from "vitest";
import type { Interval } from "#core/stats/interval.ts";
import {
  harmWeightedDifference,
  type PrePost,
  runningDifference,
  weightedDisplacementDifference,
} from "#core/stats/wdd.ts";
import { describeOracle, readOracle } from "#tests/support/oracles.ts";

/** Wheeler & Ratcliffe 2018, the worked example: WDD -118, variance 1568, z -2.98, -196 to -40. */
const published = {
  treated: [207, 110],
  control: [308, 318],
  displacement: [178, 157],
  displacementControl: [150, 140],
  alpha: 0.05,
} as const;

describe("the weighted displacement difference", () => {
  test("gives the worked example of its paper", () => {
    const found = weightedDisplacementDifference(published);
    expect(found.wdd).toBe(-118);
    expect(found.se ** 2).toBeCloseTo(1568, 10);
    expect(found.z).toBeCloseTo(-2.98, 2);
    expect([Math.round(found.low), Math.round(found.high)]).toEqual([-196, -40]);
  });

  test("takes area weights in the order treated, control, displacement, displacementControl", () => {
    const alone = (area: number) =>
      weightedDisplacementDifference({
        ...published,
        areaWeights: [0, 1, 2, 3].map((other) => (other === area ? 2 : 1)) as unknown as readonly [
          number,
          number,
          number,
          number,
        ],
      }).wdd;
    // Halving one area's change moves the total by half of it.
    expect(alone(0)).toBe(-118 + 97 / 2);
    expect(alone(1)).toBe(-118 + 10 / 2);
    expect(alone(2)).toBe(-118 + 21 / 2);
    expect(alone(3)).toBe(-118 - 10 / 2);
  });

  test("divides periods of unequal length out", () => {
    const found = weightedDisplacementDifference({
      treated: [80, 20],
      control: [100, 50],
      timeWeights: [2, 1],
      alpha: 0.05,
    });
    expect(found.wdd).toBe(20 - 40 - (50 - 50));
    expect(found.se ** 2).toBeCloseTo(80 / 4 + 20 + 100 / 4 + 50, 10);
  });

  test("has an interval at any level", () => {
    const { low, se } = weightedDisplacementDifference({ ...published, alpha: 1e-17 });
    // The normal quantile of 5e-18, by mpmath.
    expect((low + 118) / se).toBeCloseTo(-8.573944076720883, 9);
  });

  test("leaves z, quotient and net effect undefined where they divide by zero", () => {
    const none: PrePost = [0, 0];
    const empty = weightedDisplacementDifference({ treated: none, control: none, alpha: 0.05 });
    expect(empty).toEqual({ wdd: 0, se: 0, z: null, low: 0, high: 0, wdq: null, tne: null });
    const unmoved = weightedDisplacementDifference({
      treated: [20, 20],
      control: [20, 20],
      displacement: [20, 10],
      alpha: 0.1,
    });
    expect(unmoved.wdq).toBeNull();
    expect(unmoved.tne).toBe(10);
  });
});

const running = {
  baseline: { treated: [4, 6], control: [5, 5] },
  after: { treated: [3, 1], control: [5, 7] },
};

describe("the running difference", () => {
  test("adds up period by period, less the baseline's own difference", () => {
    const steps = runningDifference(running.baseline, running.after, 0.05);
    expect(steps.map((step) => step.estimate)).toEqual([-2, -8]);
    expect(steps.map((step) => step.se ** 2)).toEqual([
      expect.closeTo(8 + 20 / 4, 10),
      expect.closeTo(16 + 20, 10),
    ]);
  });

  test("needs a baseline", () => {
    expect(() => runningDifference({ treated: [], control: [] }, running.after, 0.05)).toThrow(
      RangeError,
    );
  });
});

describe("the harm-weighted difference", () => {
  test("weighs estimates by the harm and variances by its square", () => {
    const counts = { treated: [10, 6], control: [9, 11] } as const;
    const found = harmWeightedDifference(
      [
        { ...counts, harm: 3 },
        { ...counts, harm: 1 },
      ],
      0.05,
    );
    expect(found.estimate).toBe(4 * -6);
    expect(found.se ** 2).toBeCloseTo((9 + 1) * 36, 10);
  });
});

interface WddCase {
  readonly name: string;
  readonly input: {
    readonly treated: PrePost;
    readonly control: PrePost;
    readonly disp_treated: PrePost;
    readonly disp_control: PrePost;
    readonly time_weights: PrePost;
    readonly area_weights: readonly [number, number, number, number];
    readonly alpha: number;
  };
  readonly expected: Readonly<Record<string, number | null>>;
  readonly wdq: Readonly<Record<string, number | null>>;
}

interface WddOracle {
  readonly wdd: readonly WddCase[];
  readonly harm: {
    readonly components: {
      readonly control: readonly PrePost[];
      readonly treated: readonly PrePost[];
      readonly weights: readonly number[];
    };
    readonly alpha: number;
    readonly expected: Readonly<Record<string, number>>;
  };
  readonly running_wdd: Readonly<
    Record<"baseline_T" | "baseline_C" | "post_T" | "post_C", number[]>
  > & {
    readonly alpha: number;
    readonly steps: readonly { est: number; var: number; se: number; lo: number; hi: number }[];
  };
}

describeOracle("displacement differences against published results and the hand formula", () => {
  test("ten cases, with all of the weights", () => {
    const { wdd: cases } = readOracle<WddOracle>("wdd.json");
    expect(cases.length).toBe(10);
    for (const { input, expected, wdq } of cases) {
      // The file lists control first.
      const [control, treated, displacementControl, displacement] = input.area_weights;
      const found = weightedDisplacementDifference({
        treated: input.treated,
        control: input.control,
        displacement: input.disp_treated,
        displacementControl: input.disp_control,
        timeWeights: input.time_weights,
        areaWeights: [treated, control, displacement, displacementControl],
        alpha: input.alpha,
      });
      expectEach(
        [found.wdd, found.se, found.z, found.low, found.high, found.wdq, found.tne],
        [
          expected["Est_Total"],
          expected["SE_Total"],
          expected["Z"],
          expected["LowCI"],
          expected["HighCI"],
          wdq["WDQ"],
          wdq["TNE"],
        ],
      );
      // The area itself, and where a problem may have moved, each against its own control alone.
      const { timeWeights, alpha } = { timeWeights: input.time_weights, alpha: input.alpha };
      const local = weightedDisplacementDifference({
        treated: input.treated,
        control: input.control,
        timeWeights,
        areaWeights: [treated, control, 1, 1],
        alpha,
      });
      const moved = weightedDisplacementDifference({
        treated: input.disp_treated,
        control: input.disp_control,
        timeWeights,
        areaWeights: [displacement, displacementControl, 1, 1],
        alpha,
      });
      expectEach(
        [local.wdd, local.se, moved.wdd, moved.se],
        [
          expected["Est_Local"],
          expected["SE_Local"],
          expected["Est_Displace"],
          expected["SE_Displace"],
        ],
      );
    }
  });

  test("harm-weighted", () => {
    const { components, alpha, expected } = readOracle<WddOracle>("wdd.json").harm;
    const found = harmWeightedDifference(
      components.treated.map((treated, kind) => ({
        treated,
        control: components.control[kind] as PrePost,
        harm: components.weights[kind] as number,
      })),
      alpha,
    );
    expectEach(numbersOf(found), [
      expected["HarmEst"],
      expected["SE_HarmEst"],
      expected["Z"],
      expected["LowCI"],
      expected["HighCI"],
    ]);
  });

  test("running, eight steps", () => {
    const oracle = readOracle<WddOracle>("wdd.json").running_wdd;
    const found = runningDifference(
      { treated: oracle.baseline_T, control: oracle.baseline_C },
      { treated: oracle.post_T, control: oracle.post_C },
      oracle.alpha,
    );
    expect(found.length).toBe(8);
    found.forEach((step, index) => {
      const { est, se, lo, hi } = oracle.steps[index] as (typeof oracle.steps)[number];
      expectEach(numbersOf(step), [est, se, est / se, lo, hi]);
    });
  });
});

function numbersOf({ estimate, se, z, low, high }: Interval) {
  return [estimate, se, z, low, high];
}

function expectEach(
  found: readonly (number | null)[],
  expected: readonly (number | null | undefined)[],
): void {
  found.forEach((value, index) => {
    const other = expected[index];
    if (value === null || typeof other !== "number") expect(value).toBe(other);
    else expect(Math.abs(value - other)).toBeLessThan(1e-9 * Math.max(1, Math.abs(other)));
  });
}
