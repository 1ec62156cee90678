import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { changeByCell, changeVerdict } from "#core/hotspots/change.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { empiricalBayesRates } from "#core/stats/empirical-bayes.ts";
import { poissonInterval } from "#core/stats/interval.ts";
import { poissonTest } from "#core/stats/two-counts.ts";

const count = fc.integer({ min: 0, max: 60 });
const length = fc.integer({ min: 1, max: 400 });

describe("the exact conditional test", () => {
  test.prop([count, count, length, length])(
    "lies in 0..1 and does not mind which comes first",
    (a, b, m, n) => {
      const p = poissonTest(a, b, [m, n]);
      if (a + b === 0) {
        expect(p).toBeNull();
        return;
      }
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(poissonTest(b, a, [n, m])).toBeCloseTo(p ?? Number.NaN, 9);
      // Lengths in weeks or days are one question.
      expect(poissonTest(a, b, [7 * m, 7 * n])).toBeCloseTo(p ?? Number.NaN, 9);
    },
  );

  test.prop([fc.integer({ min: 1, max: 40 }), length, length])(
    "finds at most its level where there is nothing to find",
    (total, m, n) => {
      const share = n / (m + n);
      let chance = (1 - share) ** total;
      let found = 0;
      for (let second = 0; second <= total; second += 1) {
        if ((poissonTest(total - second, second, [m, n]) ?? 1) <= 0.05) found += chance;
        chance *= ((total - second) / (second + 1)) * (share / (1 - share));
      }
      expect(found).toBeLessThanOrEqual(0.05 + 1e-9);
    },
  );
});

describe("the exact interval", () => {
  test.prop([count])("holds its count and widens with confidence", (seen) => {
    const wide = poissonInterval(seen, 0.05);
    const narrow = poissonInterval(seen, 0.2);
    expect(wide.low).toBeLessThanOrEqual(seen);
    expect(wide.high).toBeGreaterThan(seen);
    expect(wide.low).toBeLessThanOrEqual(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });
});

describe("empirical Bayes rates", () => {
  const places = fc.array(fc.tuple(count, length), { minLength: 1, maxLength: 30 });
  test.prop([places])(
    "lie between a place's own rate and that of all, whatever their order",
    (drawn) => {
      const counts = drawn.map(([events]) => events);
      const hours = drawn.map(([, own]) => own);
      const mean = counts.reduce((a, b) => a + b, 0) / hours.reduce((a, b) => a + b, 0);
      const rates = empiricalBayesRates(counts, hours);
      rates.forEach((rate, at) => {
        const own = (counts[at] ?? 0) / (hours[at] ?? 1);
        expect(rate).toBeGreaterThanOrEqual(Math.min(own, mean) - 1e-9);
        expect(rate).toBeLessThanOrEqual(Math.max(own, mean) + 1e-9);
      });
      const turned = empiricalBayesRates(counts.toReversed(), hours.toReversed()).reverse();
      turned.forEach((rate, at) => {
        expect(rate).toBeCloseTo(rates[at] ?? Number.NaN, 9);
      });
    },
  );
});

describe("what is said of changes", () => {
  const study = createStudySet("here", 10, disk(cellAt([-0.0631, 51.6179], 10), 2));
  const pairs = fc.array(fc.tuple(count, count), { minLength: 19, maxLength: 19 });
  test.prop([pairs, fc.constantFrom([28, 28], [168, 28], [28, 168])])(
    "turned round in time is the opposite",
    (drawn, [before = 1, after = 1]) => {
      const first = Int32Array.from(drawn, ([one]) => one);
      const second = Int32Array.from(drawn, ([, other]) => other);
      const there = changeByCell(study, { before: first, after: second }, [before, after]);
      const back = changeByCell(study, { before: second, after: first }, [after, before]);
      const opposite = { rise: "fall", fall: "rise" } as const;
      there.forEach((change, cell) => {
        const verdict = changeVerdict(change);
        const turned = back[cell] ? changeVerdict(back[cell]) : null;
        const expected = verdict === "rise" || verdict === "fall" ? opposite[verdict] : verdict;
        expect(turned).toBe(expected);
      });
    },
  );
});
