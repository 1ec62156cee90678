import { describe, expect, test } from "vitest";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";

/** The 15 p-values of Benjamini & Hochberg 1995, section 3. */
const published = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];

const rejected = (adjusted: readonly (number | null)[]) =>
  adjusted.filter((value) => value !== null && value <= 0.05).length;

describe("correction for many tests", () => {
  test("rejects as many as the paper says: four by Benjamini-Hochberg, three by Holm", () => {
    expect(rejected(benjaminiHochberg(published))).toBe(4);
    expect(rejected(holm(published))).toBe(3);
    expect(rejected(benjaminiYekutieli(published))).toBe(3);
  });

  test("is the closed form on three tests", () => {
    const p = [0.03, 0.01, 0.04];
    expectClose(benjaminiHochberg(p), [0.04, 0.03, 0.04]);
    expectClose(holm(p), [0.06, 0.03, 0.06]);
    const harmonic = 1 + 1 / 2 + 1 / 3;
    expectClose(benjaminiYekutieli(p), [0.04 * harmonic, 0.03 * harmonic, 0.04 * harmonic]);
  });

  test("gives equal p-values equal results", () => {
    expectClose(benjaminiHochberg([0.02, 0.5, 0.02]), [0.03, 0.5, 0.03]);
    expectClose(holm([0.02, 0.5, 0.02]), [0.06, 0.5, 0.06]);
  });

  test("leaves undefined tests undefined and does not count them", () => {
    expectClose(benjaminiHochberg([null, 0.03, null, 0.04]), [null, 0.04, null, 0.04]);
    expect(holm([null, null])).toEqual([null, null]);
    expect(benjaminiYekutieli([])).toEqual([]);
  });
});

function expectClose(found: readonly (number | null)[], expected: readonly (number | null)[]) {
  expect(found.length).toBe(expected.length);
  found.forEach((value, index) => {
    const other = expected[index] ?? null;
    if (value === null || other === null) expect(value).toBe(other);
    else expect(value).toBeCloseTo(other, 14);
  });
}
