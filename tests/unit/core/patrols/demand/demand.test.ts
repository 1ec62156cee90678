import { describe, expect, test } from "vitest";
import { cellAt, disk, type H3Cell, neighboursOf, parentCell } from "#core/geo/cell.ts";
import { forecastDemand, weeklyTotal } from "#core/patrols/demand/demand.ts";
import { createStudySet } from "#core/places/study-set.ts";
import { createRandom } from "#core/random.ts";
import { isPatrolDemand, type PoliceEvent } from "#core/records/event.ts";
import { createZone, dayMs, hourMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioEvents, scenarioStudy } from "#tests/support/plan-scenario.ts";
import { complaintAt } from "#tests/support/reports.ts";

const zone = createZone("Europe/London");
const asAt = zone.startOfDate("2021-11-26");
const home = cellAt([-0.0644, 51.6147], 10);
const zoneCells = disk(home, 3).filter((cell) => parentCell(cell, 9) === parentCell(home, 9));
const study = { zone, asAt, study: createStudySet("One zone", 10, zoneCells) };

function report(local: string, over: Partial<PoliceEvent> = {}): PoliceEvent {
  const at = zone.toInstant(Date.parse(`${local}Z`), "earlier");
  return complaintAt(home, at, { category: "kerb_crawling", ...over });
}

function rateOf(demand: ReturnType<typeof forecastDemand>, cell: H3Cell): number {
  const index = demand.cells.indexOf(cell);
  return demand.rates.subarray(index * 168, (index + 1) * 168).reduce((all, rate) => all + rate, 0);
}

describe("what counts as demand", () => {
  test("only reported complaints and reported kerb crawling before the as-at instant", () => {
    const counted = [
      report("2021-11-01T20:00"),
      report("2021-11-02T20:00", { category: "asb" }),
      report("2021-11-03T20:00", { kind: "sighting", source: "partner" }),
    ];
    const ignored = [
      report("2021-11-04T20:00", { category: "street_sex_work" }),
      report("2021-11-05T20:00", { kind: "arrest", source: "police" }),
      report("2021-11-06T20:00", { kind: "complaint", source: "police" }),
      report("2021-11-07T20:00", { kind: "sighting", category: "asb" }),
      report("2021-11-26T00:00"),
      report("2021-11-25T23:30", { endsAt: asAt + hourMs }),
    ];
    const all = forecastDemand(columnsFromEvents([...counted, ...ignored]), study);
    expect(all).toEqual(forecastDemand(columnsFromEvents(counted), study));
    expect(all.recent[all.cells.indexOf(home)]).toBe(3);
  });

  test("a cell in one day counts at most three, and the day ends at London midnight", () => {
    const day = ["T19:00", "T20:00", "T20:30", "T21:00", "T22:00", "T22:30"];
    const six = columnsFromEvents(day.map((time) => report(`2021-11-20${time}`)));
    const three = columnsFromEvents(
      ["T19:00", "T20:30", "T22:00"].map((time) => report(`2021-11-20${time}`)),
    );
    expect(weeklyTotal(forecastDemand(six, study))).toBeCloseTo(
      weeklyTotal(forecastDemand(three, study)),
      2,
    );
    const twoDays = columnsFromEvents([
      ...["T21:00", "T22:00", "T23:50"].map((time) => report(`2021-11-20${time}`)),
      ...["T00:10", "T01:00", "T02:00"].map((time) => report(`2021-11-21${time}`)),
    ]);
    expect(weeklyTotal(forecastDemand(twoDays, study))).toBeGreaterThan(
      1.9 * weeklyTotal(forecastDemand(six, study)),
    );
  });

  test("what is older counts less", () => {
    const old = report("2019-12-04T20:00");
    const total = (...events: PoliceEvent[]) =>
      weeklyTotal(forecastDemand(columnsFromEvents([old, ...events]), study));
    const baseline = total();
    const recent = total(report("2021-11-24T20:00")) - baseline;
    const earlier = total(report("2020-11-24T20:00")) - baseline;
    expect(earlier).toBeGreaterThan(0);
    expect(recent).toBeGreaterThan(1.5 * earlier);
  });
});

describe("where and when", () => {
  test("a cell without reports borrows from its neighbours, and one far away hardly at all", () => {
    const events = Array.from({ length: 30 }, (_, index) => {
      const at = asAt - (index * 7 + 2) * dayMs;
      return report("2021-11-01T20:00", { startsAt: at, endsAt: at });
    });
    const demand = forecastDemand(columnsFromEvents(events), { ...study, study: scenarioStudy() });
    const beside = neighboursOf(home).filter((cell) => demand.cells.includes(cell));
    expect(beside.length).toBeGreaterThan(1);
    const others = demand.cells.filter((cell) => !disk(home, 1).includes(cell));
    for (const cell of beside) {
      expect(rateOf(demand, home)).toBeGreaterThan(2 * rateOf(demand, cell));
      for (const other of others) {
        expect(rateOf(demand, cell)).toBeGreaterThan(rateOf(demand, other));
      }
    }
  });

  test("the rates of all cells, and what is expected elsewhere, add up to the command's week", () => {
    const columns = columnsFromEvents(scenarioEvents(zone, { seed: 5, count: 500, asAt }));
    const { rates, week } = forecastDemand(columns, { zone, asAt, study: scenarioStudy() });
    const listed = rates.reduce((all, rate) => all + rate, 0);
    const all = week.reduce((sum, rate) => sum + rate, 0);
    expect(all).toBeGreaterThan(listed);
    expect(listed).toBeGreaterThan(0.5 * all);
    for (let hour = 0; hour < 168; hour += 1) {
      const here = rates.filter((_, at) => at % 168 === hour).reduce((sum, rate) => sum + rate, 0);
      expect(week[hour]).toBeGreaterThanOrEqual(here - 1e-12);
    }
  });

  test("a week of steady reports is expected to go on at that rate", () => {
    const events: PoliceEvent[] = [];
    for (let at = asAt - 364 * dayMs + 12 * hourMs; at < asAt; at += dayMs) {
      events.push(report("2021-11-01T20:00", { startsAt: at, endsAt: at }));
    }
    expect(weeklyTotal(forecastDemand(columnsFromEvents(events), study))).toBeCloseTo(7, 1);
  });

  test("uncertain times are spread; a day or a month says where but not when", () => {
    const start = zone.toInstant(Date.parse("2021-11-22T20:00Z"), "earlier");
    const spread = forecastDemand(
      columnsFromEvents([report("2021-11-22T20:00", { endsAt: start + 2 * hourMs })]),
      study,
    );
    const at = (demand: typeof spread, hour: number) =>
      demand.rates[demand.cells.indexOf(home) * 168 + hour] ?? 0;
    expect(at(spread, 20)).toBeCloseTo(at(spread, 21), 12);
    expect(at(spread, 20)).toBeGreaterThan(2 * at(spread, 24));
    expect(spread.known[spread.cells.indexOf(home)]).toBe(1);
    const nextDay = zone.startOfDate("2021-11-23");
    for (const whole of [
      report("2021-10-01T00:00", { endsAt: start }),
      report("2021-11-22T00:00", { endsAt: nextDay }),
    ]) {
      const untimed = forecastDemand(columnsFromEvents([whole]), study);
      expect(Math.max(...untimed.rates)).toBeGreaterThan(0);
      expect(at(untimed, 20)).toBeCloseTo(at(untimed, 100), 12);
      // Nothing is said of hours from reports whose hour is not known.
      expect(untimed.known[untimed.cells.indexOf(home)]).toBe(0);
    }
  });

  test("the order of events does not change a single bit", () => {
    const events = scenarioEvents(zone, { seed: 3, count: 400, asAt });
    const context = { zone, asAt, study: scenarioStudy() };
    const shuffled = createRandom(5).shuffle([...events]);
    const one = forecastDemand(columnsFromEvents(events), context);
    const other = forecastDemand(columnsFromEvents(shuffled), context);
    expect(other).toEqual(one);
    const demandOnly = events.filter(isPatrolDemand);
    expect(demandOnly.length).toBeLessThan(events.length);
    expect(forecastDemand(columnsFromEvents(demandOnly), context)).toEqual(one);
  });
});

describe("what it is chosen by", () => {
  const context = { zone, asAt, study: scenarioStudy() };
  const events = scenarioEvents(zone, { seed: 9, count: 900, asAt });

  test("is said, with the months that it was chosen by", () => {
    const { method } = forecastDemand(columnsFromEvents(events), context);
    expect(method.name).toMatch(
      /^The forecast averages \d+ methods, weighted by how each did in the last 1[012] months$/,
    );
    const young = events.filter(({ startsAt }) => startsAt > asAt - 40 * dayMs);
    expect(forecastDemand(columnsFromEvents(young), context).method.name).toContain(
      "too few past months",
    );
  });

  test("is whole months that are over: reports of this month change no choice", () => {
    const chosen = (given: readonly PoliceEvent[]) =>
      forecastDemand(columnsFromEvents(given), context).method.way;
    const begun = zone.startOfDate("2021-11-01");
    const added = Array.from({ length: 400 }, (_, at) =>
      report("2021-11-01T20:00", {
        startsAt: begun + at * hourMs,
        endsAt: begun + at * hourMs,
        cell: context.study.cells[at] as H3Cell,
      }),
    );
    expect(chosen([...events, ...added])).toBe(chosen(events));
    // Reports of the months before can change it.
    const before = added.map((event) => ({
      ...event,
      startsAt: event.startsAt - 31 * dayMs,
      endsAt: event.endsAt - 31 * dayMs,
    }));
    expect(chosen([...events, ...before])).not.toBe(chosen(events));
  });
});
