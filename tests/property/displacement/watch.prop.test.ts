import fc from "fast-check";
import { expect, test } from "vitest";
import { lookForClusters } from "#core/displacement/watch/look.ts";
import { watchedArea, watchedReports } from "#core/displacement/watch/reports.ts";
import { alertLevel, watchSettings } from "#core/displacement/watch/settings.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { dayMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { london } from "#tests/support/displacement.ts";
import { runsOf } from "#tests/support/runs.ts";
import {
  drawCluster,
  drawGround,
  drawSteady,
  onePerCellAndDay,
} from "#tests/support/watched-ground.ts";

const { days } = watchSettings;
const daily = alertLevel(30);
const centre = cellAt([-0.0631, 51.6179], 10);
const ground = disk(centre, 12);
const treated = disk(centre, 2);
const edge = {
  neighbour: "Next",
  inner: [],
  outer: disk(cellAt([-0.03, 51.62], 10), 4),
  isInternal: false,
};
const study = createStudySet("ground", 10, ground);
const area = watchedArea({ treated, study, edgeZones: [edge], reachMetres: 3_000 });
const asAt = "2021-11-26";

const event = fc.record({
  cell: fc.constantFrom(...ground, ...edge.outer),
  kind: fc.constantFrom(...eventKinds),
  source: fc.constantFrom(...eventSources),
  category: fc.constantFrom(...eventCategories),
  startsAt: fc
    .integer({ min: 0, max: 120 * 24 })
    .map((hour) => Date.UTC(2021, 6, 30) + hour * 3_600_000),
  hours: fc.constantFrom(0, 1, 30, 24 * 9),
});
const events = fc
  .array(event, { minLength: 60, maxLength: 160 })
  .map((all) =>
    all.map(({ hours, ...one }) => ({ ...one, endsAt: one.startsAt + hours * 3_600_000 })),
  );

const read = (of: Parameters<typeof columnsFromEvents>[0]) =>
  watchedReports({
    events: columnsFromEvents(of),
    area,
    asAt,
    zone: london,
  });

test("what is watched is reported demand outside of the treated area, one of a cell in a day", () => {
  fc.assert(
    fc.property(events, fc.integer(), (all, seed) => {
      const { reports, leftOut, lastOn } = read(all);
      const keys = reports.map(({ cell, day }) => `${cell} ${day}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { cell, day } of reports) {
        expect(treated.includes(cell)).toBe(false);
        expect(day >= 1 && day <= days).toBe(true);
      }
      // Neither the order nor what police discovered nor reported street sex work changes anything.
      const demand = all.filter(isPatrolDemand);
      expect(read(createRandom(seed).shuffle([...demand]))).toEqual({ reports, leftOut, lastOn });
    }),
    { numRuns: runsOf(60, 15) },
  );
});

test("the area is everything within reach but what is treated, over the line too", () => {
  for (const cell of treated) expect(area.cells.has(cell)).toBe(false);
  for (const cell of disk(centre, 5).slice(treated.length)) expect(area.cells.has(cell)).toBe(true);
  expect(edge.outer.some((cell) => area.cells.has(cell))).toBe(true);
  expect(area.edges.map(({ neighbour }) => neighbour)).toEqual(["Next"]);
  const short = watchedArea({ treated, study, edgeZones: [edge], reachMetres: 500 });
  expect(short.edges).toEqual([]);
  expect(short.cells.size).toBeLessThan(area.cells.size);
});

test("equal reports and seed give an equal result, and a cluster adds up", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const random = createRandom(seed);
      const wide = drawGround(random, 12);
      const around = wide.cells[random.integer(wide.cells.length)] as H3Cell;
      const reports = onePerCellAndDay([
        ...drawSteady(wide, random, { from: 1, to: days, perDay: 1 }),
        ...drawCluster(around, random, { count: 15, lastDays: 10 }),
      ]);
      const input = { reports, level: daily, seed };
      const found = lookForClusters(input);
      expect(lookForClusters(structuredClone(input))).toEqual(found);
      for (const { cells, observed, expected, residents, p, lastDay, firstDay } of found.clusters) {
        expect(cells.reduce((sum, one) => sum + one.reports, 0)).toBe(observed);
        expect(expected).toBeLessThan(observed);
        expect(residents).toBe(observed);
        expect(p).toBeLessThanOrEqual(daily.level);
        expect(firstDay).toBeGreaterThan(days - watchSettings.longestDays);
        expect(lastDay).toBe(days);
      }
      expect(found.answer).toBe(found.clusters.length > 0 ? "found" : "nothing");
    }),
    { numRuns: runsOf(4, 1) },
  );
});

test("a quick look at rates: planted clusters are found, and steady ground raises next to nothing", () => {
  const runs = runsOf(6, 2);
  let [found, wrong] = [0, 0];
  for (let run = 1; run <= runs; run += 1) {
    const random = createRandom(run);
    const wide = drawGround(random, 12);
    const around = wide.cells[random.integer(wide.cells.length)] as H3Cell;
    const steady = drawSteady(wide, random, { from: 1, to: days, perDay: 1.5 });
    const look = { level: daily, seed: run };
    const planted = onePerCellAndDay([
      ...steady,
      ...drawCluster(around, random, { count: 20, lastDays: 14 }),
    ]);
    wrong += lookForClusters({ ...look, reports: steady }).clusters.length > 0 ? 1 : 0;
    found += lookForClusters({ ...look, reports: planted }).clusters.length > 0 ? 1 : 0;
  }
  expect(wrong).toBeLessThanOrEqual(1);
  expect(found / runs).toBeGreaterThan(0.6);
});

test("with too few reports it cannot tell; a day without any report is no fault", () => {
  const few = onePerCellAndDay(
    ground
      .slice(0, watchSettings.fewestReports - 1)
      .map((cell) => ({ cell, day: days, isResident: true })),
  );
  const look = { level: daily, seed: 1 };
  expect(lookForClusters({ ...look, reports: few }).answer).toBe("too_few");
  expect(lookForClusters({ ...look, reports: [] }).answer).toBe("too_few");
  // All on one day: that day is busy everywhere, and nothing is known of another.
  const oneDay = ground.slice(0, 60).map((cell) => ({ cell, day: days, isResident: true }));
  expect(lookForClusters({ ...look, reports: oneDay })).toMatchObject({ answer: "nothing" });
  const early = ground
    .slice(0, 60)
    .map((cell, at) => ({ cell, day: 1 + (at % 5), isResident: true }));
  expect(lookForClusters({ ...look, reports: early }).answer).toBe("nothing");
});

test("the as-at date is the last day, over both clock changes", () => {
  for (const [date, day] of [
    ["2021-10-30", 63],
    ["2021-10-31", 64],
    ["2021-11-26", 90],
  ] as const) {
    const at = london.startOfDate(date);
    const one = {
      cell: ground.at(-1) as H3Cell,
      kind: "complaint",
      source: "resident",
      category: "asb",
    } as const;
    const { reports } = read([
      { ...one, startsAt: at, endsAt: at },
      { ...one, startsAt: at - 60_000, endsAt: at - 60_000 },
    ]);
    expect(reports.map((report) => report.day)).toEqual([day - 1, day]);
  }
  expect(london.startOfDate("2021-11-01") - london.startOfDate("2021-10-31")).toBeGreaterThan(
    dayMs,
  );
});
