import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { expect } from "vitest";
import { compareWithControl } from "#core/displacement/compare.ts";
import { verdictsOf } from "#core/displacement/verdict.ts";

const count = fc.integer({ min: 1, max: 5_000 });
const counts = fc.tuple(count, count);
const days = fc.tuple(fc.integer({ min: 1, max: 800 }), fc.integer({ min: 1, max: 800 }));
const opposite = { rise: "fall", fall: "rise", no_clear_change: "no_clear_change" } as const;

property.prop([counts, counts, days])(
  "treated and control swapped: the same finding with the sign turned",
  (treated, control, lengths) => {
    const found = compareWithControl(treated, control, lengths);
    const swapped = compareWithControl(control, treated, lengths);
    expect(swapped.z ?? 0).toBeCloseTo(-(found.z ?? 0), 6);
    // In reports of the other area, so by its own scale.
    const scale = swapped.controlScale ?? Number.NaN;
    expect((swapped.wdd ?? Number.NaN) / scale).toBeCloseTo(-(found.wdd ?? Number.NaN), 4);
    const [verdict] = verdictsOf([found]);
    if (
      verdict !== undefined &&
      verdict !== "cannot_tell" &&
      Math.abs((found.p ?? 1) - 0.05) > 1e-9
    ) {
      expect(verdictsOf([swapped])).toEqual([opposite[verdict]]);
    }
  },
);

property.prop([counts, counts, counts, days])(
  "differences add over disjoint cells, as over the two sides of a border",
  (one, other, control, lengths) => {
    const both = [one[0] + other[0], one[1] + other[1]] as const;
    const parts = [one, other].map((part) => compareWithControl(part, control, lengths).wdd ?? 0);
    const whole = compareWithControl(both, control, lengths).wdd ?? Number.NaN;
    expect(parts.reduce((total, part) => total + part, 0)).toBeCloseTo(whole, 6);
  },
);

property.prop([counts, fc.integer({ min: 1, max: 20 }), days])(
  "a control that is a multiple of the treated area shows no change at all",
  (treated, times, lengths) => {
    const control = [treated[0] * times, treated[1] * times] as const;
    const found = compareWithControl(treated, control, lengths);
    expect(found.wdd).toBeCloseTo(0, 6);
    expect(["no_clear_change", "cannot_tell"]).toEqual(expect.arrayContaining(verdictsOf([found])));
  },
);

property.prop([counts, counts, days])(
  "the interval holds the estimate",
  (treated, control, lengths) => {
    const { low, wdd, high } = compareWithControl(treated, control, lengths);
    expect(low).toBeLessThanOrEqual(wdd ?? Number.NaN);
    expect(high).toBeGreaterThanOrEqual(wdd ?? Number.NaN);
  },
);
