import { expect, test } from "vitest";
import { createMonthlyFigures } from "#core/outcomes/monthly-figures.ts";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import { monthlyFiguresCsv } from "#core/outcomes/outcomes-csv.ts";
import type { DayCount } from "#core/outcomes/periods.ts";
import { createRandom } from "#core/random.ts";
import { monthOf } from "#tests/support/monthly-figures.ts";
import { runsOf } from "#tests/support/runs.ts";
import { drawPeriod, whole } from "#tests/support/tallies.ts";

const october = { from: "2021-10-01", to: "2021-10-31" };
const csvOf = (input: Parameters<typeof createMonthlyFigures>[0]) =>
  monthlyFiguresCsv(createMonthlyFigures(input), null);

/** All hidden numbers that give one file: what a reader who runs the program itself can tell. */
function leaksOf(seen: ReadonlyMap<string, ReadonlySet<number>>): string[] {
  return [...seen].flatMap(([key, possible]) => {
    if (Math.max(...possible) >= 10) return [];
    const missing = Array.from({ length: 10 }, (_, at) => at).filter((at) => !possible.has(at));
    return missing.length === 0 ? [] : [`${key}: never ${missing.join()}`];
  });
}

test("SAFEGUARDS 7: no file tells a number of hotspots, patrolled or not, that is under 10", () => {
  const seen = new Map<string, Set<number>>();
  const note = (name: string, csv: string, value: number) => {
    const key = `${name} of ${csv}`;
    const possible = seen.get(key) ?? new Set();
    seen.set(key, possible.add(value));
  };
  for (let hotspots = 0; hotspots <= 50; hotspots += 1) {
    for (let visited = 0; visited <= Math.min(hotspots, 22); visited += 1) {
      const csv = csvOf(monthOf({ visits: 100, hotspots, visited }));
      note("patrolled", csv, visited);
      note("not patrolled", csv, hotspots - visited);
      note("hotspots", csv, hotspots);
    }
  }
  expect(seen.size).toBeGreaterThan(30);
  expect(leaksOf(seen)).toEqual([]);
});

test("SAFEGUARDS 7: visits, hours and patrols of a file are fives from 10 on, or none", () => {
  for (let visits = 0; visits <= 60; visits += 1) {
    const csv = csvOf(monthOf({ visits, delivered: visits, hotspots: 0, visited: 0 }));
    const figures = csv
      .split("\r\n")
      .filter((row) => /^Hotspot patrols,/.test(row))
      .map((row) => row.split(",")[4] ?? "");
    expect(figures).toHaveLength(5);
    for (const figure of figures) expect(figure).toMatch(/^(?:[1-9]\d*[05])?$/);
    expect(figures[1]).toBe(visits < 10 ? "" : String(5 * Math.round(visits / 5)));
  }
});

test("SAFEGUARDS 7: beside Outcomes, rounded for sharing, the month says no figure that is not there too", () => {
  const random = createRandom(11);
  let told = 0;
  for (let run = 0; run < runsOf(400, 60); run += 1) {
    const periods = [october, drawPeriod(random), drawPeriod(random)].sort(() =>
      random.integer(2) === 0 ? -1 : 1,
    );
    const tallies = periods.flatMap((period) => [
      whole("cautions", random.integer(40), period),
      whole("course_places_offered", 20 + random.integer(20), period),
      whole("course_places_booked", random.integer(20), period),
      whole("harm_reported_to_partners", 31, period),
    ]);
    const days = Array.from(
      { length: 120 },
      (_, at): DayCount => ({
        kind: random.integer(2) === 0 ? "arrest" : "stop_search",
        day: new Date(Date.UTC(2021, 8, 1 + at)).toISOString().slice(0, 10),
        count: random.integer(3),
      }),
    );
    const typed = { tallies, days, earlier: [] };
    const outcomes = createOutcomes({
      ...typed,
      period: october,
      asAt: "2021-12-29",
      isExact: false,
    });
    const there = new Map<string, number | null>([
      ...outcomes.figures.map(({ measure, count }) => [measure, count] as const),
      ...outcomes.funnel.stages.map(({ measure, count }) => [measure, count] as const),
      ...outcomes.others.map(({ measure, count }) => [measure, count] as const),
    ]);
    const month = createMonthlyFigures({
      ...monthOf({ visits: 100, hotspots: 0, visited: 0 }),
      ...typed,
    });
    for (const { id, section, count } of month.lines) {
      if (section === "patrols") continue;
      expect(id).not.toBe("harm_reported_to_partners");
      expect([id, count]).toEqual([id, there.get(id) ?? null]);
      if (count !== null) told += 1;
    }
  }
  expect(told).toBeGreaterThan(50);
});
