import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { expect } from "vitest";
import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { type PrePost, weightedDisplacementDifference } from "#core/stats/wdd.ts";

const count = fc.integer({ min: 1, max: 5_000 });
const counts = fc.tuple(count, count);

property.prop([counts, counts])(
  "treated and control swapped: the same difference with the sign turned",
  (treated, control) => {
    const found = compareWithControl(treated, control);
    const swapped = compareWithControl(control, treated);
    // In reports of the other area, so by its own scale.
    const scale = swapped.controlScale ?? Number.NaN;
    expect((swapped.wdd ?? Number.NaN) / scale).toBeCloseTo(-(found.wdd ?? Number.NaN), 4);
    // The unscaled difference is the same to the last digit, its error as well.
    const plain = (a: PrePost, b: PrePost) =>
      weightedDisplacementDifference({ treated: a, control: b, alpha: 0.05 });
    const [one, other] = [plain(treated, control), plain(control, treated)];
    expect([other.wdd, other.low]).toEqual([-one.wdd + 0, -one.high + 0]);
    expect(other.se).toBe(one.se);
  },
);

property.prop([counts, counts, counts])(
  "differences add over disjoint cells, as over the two sides of a border",
  (one, other, control) => {
    const both = [one[0] + other[0], one[1] + other[1]] as const;
    const parts = [one, other].map((part) => compareWithControl(part, control).wdd ?? 0);
    const whole = compareWithControl(both, control).wdd ?? Number.NaN;
    expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(whole, 6);
  },
);

property.prop([counts, fc.integer({ min: 1, max: 20 })])(
  "a control that is a multiple of the treated area shows no change at all",
  (treated, times) => {
    const control = [treated[0] * times, treated[1] * times] as const;
    const found = compareWithControl(treated, control);
    expect(found.wdd).toBeCloseTo(0, 6);
    expect(["no_clear_change", "cannot_tell"]).toEqual(expect.arrayContaining(verdictsOf([found])));
  },
);

property.prop([counts, counts])("the interval holds the estimate", (treated, control) => {
  const { low, wdd, high } = compareWithControl(treated, control);
  expect(low).toBeLessThanOrEqual(wdd ?? Number.NaN);
  expect(high).toBeGreaterThanOrEqual(wdd ?? Number.NaN);
});
