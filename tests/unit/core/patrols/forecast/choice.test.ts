import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { forecastDemand } from "#core/patrols/demand/demand.ts";
import { backtest } from "#core/patrols/forecast/backtest.ts";
import { countShares, sumOf } from "#core/patrols/forecast/cell-shares.ts";
import {
  blendShares,
  choiceWords,
  countPart,
  type ForecastChoice,
  forecastChoices,
  forecastLine,
  methodsAveraged,
} from "#core/patrols/forecast/choice.ts";
import { recordOfChoices } from "#core/patrols/forecast/choice-record.ts";
import { createForecaster } from "#core/patrols/forecast/forecast.ts";
import { candidateModels } from "#core/patrols/forecast/mix-ways.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { createZone, dayMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioEvents, scenarioStudy } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const near = createStudySet("A disk", 10, disk(cellAt([-0.0644, 51.6147], 10), 9));
const origin = zone.startOfDate("2021-11-01");

function drawn(count: number, days: number): Reports {
  const random = createRandom(count);
  const rows = Array.from({ length: count }, () => ({
    at: origin - random.next() * days * dayMs,
    cell: Math.floor(random.next() ** 3 * near.cells.length),
  }));
  const middle = Float64Array.from(rows, ({ at }) => at);
  return {
    cell: Uint32Array.from(rows, ({ cell }) => cell),
    middle,
    known: middle,
    weight: Float64Array.from(rows, (_, row) => (row % 5 === 0 ? 0.5 : 1)),
  };
}

const reports = drawn(800, 900);
const forecastBy = (choice?: ForecastChoice) =>
  createForecaster(reports, { near, zone, horizon: "month", ...(choice ? { choice } : {}) })(
    { from: "2021-11-01" },
    origin,
  );
const bits = (values: Float64Array) => [...values];

describe("a blend", () => {
  const average = forecastBy();
  const count = countShares(reports, near, origin, 12);

  test("of no tenth is the average of models, and of ten the count, to the last bit", () => {
    for (const field of ["shares", "support"] as const) {
      expect(bits(blendShares(average, count, 0)[field])).toEqual(bits(average[field]));
      expect(bits(blendShares(average, count, 10)[field])).toEqual(bits(count[field]));
    }
    expect(bits(forecastBy("forecast").shares)).toEqual(bits(average.shares));
    expect(bits(forecastBy("count-12").shares)).toEqual(bits(count.shares));
  });

  test("of three tenths is three tenths of the count and seven of the average, in each cell", () => {
    const { shares } = forecastBy("blend-12-3");
    shares.forEach((share, cell) => {
      const expected = 0.3 * (count.shares[cell] ?? 0) + 0.7 * (average.shares[cell] ?? 0);
      expect(share).toBeCloseTo(expected, 14);
    });
    expect(sumOf(shares)).toBeCloseTo(1, 12);
  });

  test("says where reports come and not how many: level and doubt of the level are the same", () => {
    for (const choice of forecastChoices.filter((each) => !/-[2-8]$/.test(each))) {
      const { perWeek, spread } = forecastBy(choice);
      expect({ perWeek, spread }).toEqual({ perWeek: average.perWeek, spread: average.spread });
    }
  });
});

test("a count weighs reports as a plan does, and is even where its months have none", () => {
  const known = countShares(reports, near, origin, 36);
  const all = sumOf(
    reports.weight.map((each, row) => ((reports.known[row] ?? 0) <= origin ? each : 0)),
  );
  expect(sumOf(known.support)).toBeCloseTo(all, 9);
  const before = countShares(reports, near, origin - 3_000 * dayMs, 3);
  expect(new Set(before.shares)).toEqual(new Set([1 / near.cells.length]));
});

test("each choice has its words; the line of a plan says who chose and when", () => {
  expect(methodsAveraged).toBe(candidateModels.length);
  expect(forecastChoices).toHaveLength(31);
  expect(new Set(forecastChoices.map(choiceWords)).size).toBe(31);
  expect(countPart("forecast")).toBeNull();
  expect(countPart("count-36")).toEqual({ months: 36, tenths: 10 });
  expect(countPart("blend-3-7")).toEqual({ months: 3, tenths: 7 });
  expect(forecastLine("forecast")).toBe(
    "Expected reports: average of 60 methods, weighted by accuracy.",
  );
  expect(forecastLine({ choice: "count-12", chosenOn: "2021-11-26" })).toBe(
    "Expected reports: count of the last 12 months, chosen by the analyst on 26 November 2021.",
  );
  expect(choiceWords("blend-12-3")).toBe(
    "30% count of the last 12 months, 70% average of 60 methods",
  );
});

test("the backtest judges a blend by the shares that a plan would take", () => {
  const setting = { reports, study: near, zone, horizon: "month" } as const;
  const request = { from: "2021-08-01", to: "2021-10-31" };
  const [blend, count, average] = backtest(setting, {
    ...request,
    methods: ["blend-12-9", "count-12", "forecast"],
  });
  expect(blend?.folds).toBe(3);
  const paiOf = (result: typeof blend) => result?.shares.map(({ pai }) => pai);
  expect(paiOf(blend)).not.toEqual(paiOf(average));
  expect(paiOf(blend)).not.toEqual(paiOf(count));
  const alone = backtest(setting, { ...request, methods: ["blend-12-9"] });
  expect(paiOf(alone[0])).toEqual(paiOf(blend));
});

describe("of a plan's reports", () => {
  const asAt = zone.startOfDate("2021-11-26");
  const columns = columnsFromEvents(scenarioEvents(zone, { seed: 9, count: 900, asAt }));
  const study = scenarioStudy();

  test("the choice moves demand and not its total, and is named", () => {
    const average = forecastDemand(columns, { zone, asAt, study });
    const count = forecastDemand(columns, { zone, asAt, study, choice: "count-3" });
    expect(sumOf(count.week)).toBeCloseTo(sumOf(average.week), 6);
    expect(bits(count.rates)).not.toEqual(bits(average.rates));
    expect(bits(count.rates).every(Number.isFinite)).toBe(true);
    expect(count.method.name).toBe("count of the last 3 months");
  });

  test("the record has every choice at the shares that patrols reach, over months that are over", () => {
    const record = recordOfChoices({ columns, asAt, study }, zone);
    expect(record).toMatchObject({ from: "2019-11-01", to: "2021-10-31" });
    expect(record.months).toBeGreaterThanOrEqual(8);
    expect(record.choices.map(({ choice }) => choice)).toEqual(forecastChoices);
    for (const { shares } of record.choices) {
      expect(shares.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05]);
      for (const { toBestCount } of shares) {
        expect(toBestCount?.low).toBeLessThanOrEqual(toBestCount?.ratio ?? 0);
        expect(toBestCount?.ratio).toBeLessThanOrEqual(toBestCount?.high ?? 0);
      }
    }
    // The best of the counts is once what the others are compared with.
    const counts = record.choices.filter(({ choice }) => choice.startsWith("count-"));
    expect(Math.max(...counts.map(({ shares }) => shares[0]?.toBestCount?.ratio ?? 0))).toBe(1);
    const none = recordOfChoices({ columns: columnsFromEvents([]), asAt, study }, zone);
    expect(none).toMatchObject({ from: null, to: null, months: 0, reports: 0 });
  });
});
