import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { benjaminiHochberg, benjaminiYekutieli, holm } from "#core/stats/multiple-testing.ts";

const pValue = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.01, 0.05, 0.5, 1, null),
);
const pValues = fc.array(pValue, { maxLength: 60 });
const corrections = [
  ["Holm", holm],
  ["Benjamini-Hochberg", benjaminiHochberg],
  ["Benjamini-Yekutieli", benjaminiYekutieli],
] as const;

describe.each(corrections)("%s", (_, correct) => {
  test.prop([pValues])("never lowers a p, never leaves 0..1, keeps what is undefined", (p) => {
    correct(p).forEach((adjusted, index) => {
      const raw = p[index] ?? null;
      if (raw === null) expect(adjusted).toBeNull();
      else {
        expect(adjusted).toBeGreaterThanOrEqual(raw * (1 - 1e-15));
        expect(adjusted).toBeLessThanOrEqual(1);
      }
    });
  });

  test.prop([pValues])("keeps the order of the p-values", (p) => {
    const adjusted = correct(p);
    const defined = p.flatMap((raw, index) =>
      raw === null ? [] : [{ raw, adjusted: adjusted[index] as number }],
    );
    defined.sort((a, b) => a.raw - b.raw || a.adjusted - b.adjusted);
    for (let at = 1; at < defined.length; at += 1) {
      const [before, after] = [defined[at - 1], defined[at]];
      expect(after?.adjusted).toBeGreaterThanOrEqual(before?.adjusted as number);
    }
  });

  test.prop([pValues])("does not depend on the order of the tests", (p) => {
    expect(correct(p.toReversed())).toEqual(correct(p).reverse());
  });

  test.prop([pValues, fc.nat()])("never raises a q when one p falls", (p, at) => {
    fc.pre(p.length > 0);
    const index = at % p.length;
    const lowered = p.map((raw, other) => (other === index && raw !== null ? raw / 2 : raw));
    const [before, after] = [correct(p), correct(lowered)];
    after.forEach((adjusted, other) => {
      if (adjusted !== null) expect(adjusted).toBeLessThanOrEqual(before[other] as number);
    });
  });
});

describe("the three corrections", () => {
  test.prop([pValues])("are ordered: Hochberg's rate is the most lenient", (p) => {
    const [rate, anyDependence, familyWise] = [
      benjaminiHochberg(p),
      benjaminiYekutieli(p),
      holm(p),
    ];
    rate.forEach((q, index) => {
      if (q === null) return;
      expect(q).toBeLessThanOrEqual((anyDependence[index] as number) * (1 + 1e-12));
      expect(q).toBeLessThanOrEqual((familyWise[index] as number) * (1 + 1e-12));
    });
  });
});
