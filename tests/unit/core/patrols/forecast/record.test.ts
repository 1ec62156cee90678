import { expect, test } from "vitest";
import { candidateModels } from "#core/patrols/forecast/model-mix.ts";
import { forecastRecord } from "#core/patrols/plan/record.ts";
import { forecastLabel, methodNames, methodsAveraged } from "#core/patrols/wire/forecast-seals.ts";
import { createZone } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioEvents, scenarioStudy } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const asAt = zone.startOfDate("2021-11-26");
const study = scenarioStudy();

test("has the forecast and every count at the shares that patrols reach, over months that are over", () => {
  const columns = columnsFromEvents(scenarioEvents(zone, { seed: 9, count: 900, asAt }));
  const record = forecastRecord({ columns, asAt, study }, zone);
  expect(record).toMatchObject({ from: "2019-11-01", to: "2021-10-31" });
  expect(record.months).toBeGreaterThanOrEqual(8);
  expect(record.methods.map(({ method }) => method)).toEqual(methodNames);
  for (const { shares } of record.methods) {
    expect(shares.map(({ share }) => share)).toEqual([0.01, 0.02, 0.05]);
    for (const { toBestCount } of shares) {
      expect(toBestCount?.low).toBeLessThanOrEqual(toBestCount?.ratio ?? 0);
      expect(toBestCount?.ratio).toBeLessThanOrEqual(toBestCount?.high ?? 0);
    }
  }
  // The best of the counts is what the others are compared with.
  const counts = record.methods.slice(1);
  expect(Math.max(...counts.map(({ shares }) => shares[0]?.toBestCount?.ratio ?? 0))).toBe(1);
});

test("of no reports has no months", () => {
  const none = forecastRecord({ columns: columnsFromEvents([]), asAt, study }, zone);
  expect(none).toMatchObject({ from: null, to: null, months: 0, reports: 0 });
});

test("each has its words, and the number of models is what the words say", () => {
  expect(methodsAveraged).toBe(candidateModels.length);
  expect(methodNames.map(forecastLabel)).toEqual([
    `Average of ${candidateModels.length} methods, weighted by accuracy`,
    "Count of the last 3 months",
    "Count of the last 12 months",
    "Count of the last 36 months",
  ]);
});
