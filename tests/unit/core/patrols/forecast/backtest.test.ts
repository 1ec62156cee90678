import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import {
  agedReports,
  decayedCounts,
  decays,
  firstDecay,
  weightAt,
} from "#core/patrols/forecast/cell-shares.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { type MethodName, methodNames } from "#core/patrols/wire/forecast-seals.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { createZone, dayMs, formatLocalDate } from "#core/time/zone.ts";
import { bundledStudy } from "#tests/support/bundled-places.ts";
import { reportsAt } from "#tests/support/demand.ts";
import { hasSeries, realSeries, reportsOfSeries } from "#tests/support/real-series.ts";
import { runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const study = bundledStudy();
/** Enough for any share of it to be some cells, and a sixth of the command's to go through in each fold. */
const small = createStudySet("Around a corner", 10, disk(cellAt([-0.0631, 51.6179], 10), 20));

function randomReports(seed: number, from: string, days: number, count: number): Reports {
  const random = createRandom(seed);
  const start = zone.startOfDate(from);
  return reportsAt(
    Array.from({ length: count }, () => ({
      // A few cells have most of them.
      cell: Math.floor(random.next() ** 4 * small.cells.length),
      at: start + Math.floor(random.next() * days * dayMs),
    })),
  );
}

const run = (reports: Reports, methods: readonly MethodName[] = methodNames) =>
  backtest(
    { reports, study: small, zone, horizon: "month" },
    { from: "2021-01-01", to: "2021-06-30", methods },
  );

describe("a backtest", () => {
  test("has a row for every method and share, and every fold with a report", () => {
    const results = run(randomReports(1, "2018-01-01", 1_277, 3_000));
    expect(results.map(({ method }) => method)).toEqual(methodNames);
    for (const { folds, shares } of results) {
      expect(folds).toBe(6);
      expect(shares.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05, 0.1]);
      for (const { toBestCount, ...row } of shares) {
        expect(Object.values(row)).toHaveLength(7);
        expect(Object.values(row).every(Number.isFinite)).toBe(true);
        // Of six periods alone.
        expect(toBestCount).toBeNull();
      }
    }
  });

  test.each(methodNames)("by %s learns nothing from what is not known yet", (name) => {
    const reports = randomReports(2, "2019-01-01", 912, 2_000);
    const before = run(reports, [name]);
    // In each month, what came stays; when it became known moves past the end of the test.
    const from = zone.startOfDate("2021-01-01");
    const late = zone.startOfDate("2022-01-01");
    const known = reports.known.map((at) => (at >= from ? late : at));
    const unknown = run({ ...reports, known }, [name]);
    const later = reportsAt([
      { cell: 5, at: zone.startOfDate("2021-09-01") },
      { cell: 6, at: zone.startOfDate("2021-10-01") },
    ]);
    const joined = {
      cell: Uint32Array.from([...reports.cell, ...later.cell]),
      middle: Float64Array.from([...reports.middle, ...later.middle]),
      known: Float64Array.from([...reports.known, ...later.known]),
      weight: Float64Array.from([...reports.weight, ...later.weight]),
    };
    expect(run(joined, [name])).toEqual(before);
    expect(unknown[0]?.folds).toBe(6);
    expect(unknown).not.toEqual(before);
  });

  test("does not depend on the order of the reports", () => {
    const reports = randomReports(3, "2019-01-01", 912, 1_500);
    const order = createRandom(4).shuffle(Array.from({ length: 1_500 }, (_, at) => at));
    const shuffled = {
      cell: Uint32Array.from(order, (at) => reports.cell[at] as number),
      middle: Float64Array.from(order, (at) => reports.middle[at] as number),
      known: Float64Array.from(order, (at) => reports.known[at] as number),
      weight: reports.weight,
    };
    const counts = ["count-3", "count-12", "count-36"] as const;
    expect(run(shuffled, counts)).toEqual(run(reports, counts));
  });

  test("of no reports, or of months without any, has no folds and no figures", () => {
    expect(
      run(reportsAt([])).every(({ folds, shares }) => folds === 0 && shares.length === 0),
    ).toBe(true);
    const old = reportsAt([{ cell: 1, at: zone.startOfDate("2019-05-05") }]);
    expect(run(old)[0]).toMatchObject({ folds: 0, shares: [] });
  });

  test("starts with a way of its own where too little is over to choose by", () => {
    const [result] = run(randomReports(5, "2020-12-15", 190, 300), ["forecast"]);
    const chosen = Object.entries(result?.chosen ?? {});
    expect(chosen.reduce((sum, [, times]) => sum + times, 0)).toBe(6);
    expect(chosen.some(([what]) => what.includes("power of -0.7"))).toBe(true);
    expect(decays).toContainEqual(firstDecay);
  });
});

describe("a decay", () => {
  test("halves after each half-life, and never grows with age", () => {
    const half = { kind: "half-life", months: 12 } as const;
    expect(weightAt(half, 365.2425)).toBeCloseTo(0.5, 12);
    for (const decay of decays) {
      for (const days of [0, 10, 100, 1_000]) {
        expect(weightAt(decay, days + 1)).toBeLessThan(weightAt(decay, days));
      }
      expect(weightAt(decay, -5)).toBe(weightAt(decay, 0));
    }
  });

  test("counts what is known at the origin alone", () => {
    const origin = zone.startOfDate("2021-01-01");
    const reports = {
      cell: Uint32Array.from([0, 0, 1]),
      middle: Float64Array.from([origin - dayMs, origin - dayMs, origin - dayMs]),
      known: Float64Array.from([origin, origin + 1, origin]),
      weight: new Float64Array(3).fill(1),
    };
    const { counts } = decayedCounts(agedReports(reports, origin), 3, firstDecay);
    expect(counts[0]).toBe(counts[1]);
    expect(counts[2]).toBe(0);
  });
});

describe.skipIf(!hasSeries(realSeries.burglary))("the forecast on eight years of burglary", () => {
  test("beats the best of the counts by 2% at 1, 2 and 5%, and at no share falls below it", {
    timeout: 120_000,
  }, () => {
    const months = runsOf(48, 8);
    const results = backtest(
      {
        reports: reportsOfSeries(realSeries.burglary, study, zone),
        study,
        zone,
        horizon: "month",
      },
      {
        from: formatLocalDate(Date.UTC(2020, -months, 1)),
        to: "2019-12-31",
        methods: ["forecast", "count-3", "count-12", "count-36"],
      },
    );
    const [forecast] = results;
    expect(forecast?.folds).toBe(months);
    const gains = (forecast?.shares ?? []).map(({ toBestCount }) => (toBestCount?.ratio ?? 0) - 1);
    process.stdout.write(
      `forecast on burglary: PAI ${forecast?.shares.map(({ pai }) => pai.toFixed(2)).join(" ")}, above the best count by ${gains.map((gain) => `${(gain * 100).toFixed(1)}%`).join(" ")}\n`,
    );
    for (const gain of gains.slice(0, 3)) expect(gain).toBeGreaterThanOrEqual(0.02);
    for (const gain of gains) expect(gain).toBeGreaterThanOrEqual(0);
    if (months < 48) return;
    for (const gain of gains.slice(0, 3)) expect(gain).toBeGreaterThanOrEqual(0.03);
    // Of eight in ten; 48 months scatter by a twentieth.
    expect(forecast?.held?.inside).toBeGreaterThan(0.7);
    expect(forecast?.held?.inside).toBeLessThan(0.9);
  });
});
