import { describe, expect, test } from "vitest";
import { demandDefaults, forecastDemand, weeklyTotal } from "#core/demand/demand.ts";
import { columnsFromEvents } from "#core/events/columns.ts";
import { cellAt, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { isPatrolDemand, type PoliceEvent } from "#core/model/event.ts";
import { createRandom } from "#core/random.ts";
import { createZone, dayMs, hourMs } from "#core/time/zone.ts";
import { scenarioCells, scenarioEvents } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const asAt = zone.startOfDate("2021-11-26");
const home = cellAt([-0.0644, 51.6147], 10);
const zoneCells = disk(home, 3).filter((cell) => parentCell(cell, 9) === parentCell(home, 9));
const study = { zone, asAt, studyCells: new Set(zoneCells) };

function report(local: string, over: Partial<PoliceEvent> = {}): PoliceEvent {
  const at = zone.toInstant(Date.parse(`${local}Z`), "earlier");
  return {
    cell: home,
    kind: "complaint",
    source: "resident",
    category: "kerb_crawling",
    startsAt: at,
    endsAt: at,
    ...over,
  };
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

  test("a report counts half after eight weeks", () => {
    const old = report("2020-12-04T20:00");
    const total = (...events: PoliceEvent[]) =>
      weeklyTotal(forecastDemand(columnsFromEvents([old, ...events]), study));
    const baseline = total();
    const recent = total(report("2021-11-24T20:00")) - baseline;
    const earlier = total(report("2021-09-29T20:00")) - baseline;
    // The clocks went back in between: an hour more than eight weeks.
    expect(earlier / recent).toBeCloseTo(0.5, 3);
  });
});

describe("where and when", () => {
  test("shrinking moves demand between the cells of a zone and keeps the zone's total", () => {
    const events = Array.from({ length: 30 }, (_, index) => {
      const at = asAt - (index * 7 + 2) * dayMs;
      return report("2021-11-01T20:00", { startsAt: at, endsAt: at });
    });
    const columns = columnsFromEvents(events);
    const shrunk = forecastDemand(columns, study);
    const raw = forecastDemand(columns, study, { ...demandDefaults, cellPriorWeeks: 0 });
    expect(weeklyTotal(shrunk)).toBeCloseTo(weeklyTotal(raw), 12);
    const other = zoneCells.find((cell) => cell !== home) as H3Cell;
    expect(rateOf(raw, other)).toBe(0);
    expect(rateOf(shrunk, other)).toBeGreaterThan(0);
    expect(rateOf(shrunk, home)).toBeGreaterThan(5 * rateOf(shrunk, other));
  });

  test("a week of steady reports is expected to go on at that rate", () => {
    const events: PoliceEvent[] = [];
    for (let at = asAt - 364 * dayMs; at < asAt; at += dayMs) {
      events.push(report("2021-11-01T20:00", { startsAt: at, endsAt: at }));
    }
    expect(weeklyTotal(forecastDemand(columnsFromEvents(events), study))).toBeCloseTo(7, 1);
  });

  test("uncertain times are spread; a span over a day says where but not when", () => {
    const start = zone.toInstant(Date.parse("2021-11-22T20:00Z"), "earlier");
    const spread = forecastDemand(
      columnsFromEvents([report("2021-11-22T20:00", { endsAt: start + 2 * hourMs })]),
      study,
    );
    const at = (demand: typeof spread, hour: number) =>
      demand.rates[demand.cells.indexOf(home) * 168 + hour] ?? 0;
    expect(at(spread, 20)).toBeCloseTo(at(spread, 21), 12);
    expect(at(spread, 20)).toBeGreaterThan(2 * at(spread, 24));
    const month = forecastDemand(
      columnsFromEvents([report("2021-10-01T00:00", { endsAt: start })]),
      study,
    );
    expect(Math.max(...month.rates)).toBeGreaterThan(0);
    expect(at(month, 20)).toBeCloseTo(at(month, 100), 12);
  });

  test("the order of events does not change a single bit", () => {
    const events = scenarioEvents(zone, { seed: 3, count: 400, asAt });
    const context = { zone, asAt, studyCells: new Set(scenarioCells()) };
    const shuffled = createRandom(5).shuffle([...events]);
    const one = forecastDemand(columnsFromEvents(events), context);
    const other = forecastDemand(columnsFromEvents(shuffled), context);
    expect(other).toEqual(one);
    const demandOnly = events.filter(isPatrolDemand);
    expect(demandOnly.length).toBeLessThan(events.length);
    expect(forecastDemand(columnsFromEvents(demandOnly), context)).toEqual(one);
  });
});
