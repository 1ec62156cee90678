import { describe, expect, test } from "vitest";
import { disk, parentCell } from "#core/geo/cell.ts";
import { routeCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { finishPlan } from "#core/patrols/plan/finish.ts";
import type { PlanInput } from "#core/patrols/plan/plan.ts";
import { refusedShifts } from "#core/patrols/plan/refusal.ts";
import { isReported, type PoliceEvent } from "#core/records/event.ts";
import { createZone, hourMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioCells, scenarioEvents, scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

const zone = createZone("Europe/London");
const asAt = zone.startOfDate("2021-11-26");

function planned(input: PlanInput) {
  const prepared = preparePlan(input, zone);
  const plan = finishPlan(prepared, prepared.greedy, zone);
  return { ...plan, prepared };
}

describe("what a plan is made from", () => {
  test("it is byte-equal without discovered events and without reported street sex work", () => {
    const events = scenarioEvents(zone, { seed: 7, count: 900, asAt });
    const input = scenarioInput(zone, { days: 2 });
    const bytes = (kept: readonly PoliceEvent[]) => {
      const prepared = preparePlan({ ...input, columns: columnsFromEvents(kept) }, zone);
      const { windows, objective } = finishPlan(prepared, prepared.greedy, zone);
      return JSON.stringify({ windows, objective, values: [...prepared.packing.values] });
    };
    const all = bytes(events);
    const reported = events.filter(isReported);
    const others = events.filter((event) => event.category !== "street_sex_work");
    expect(reported.length).toBeLessThan(events.length);
    expect(others.length).toBeLessThan(events.length);
    expect(bytes(reported)).toBe(all);
    expect(bytes(others)).toBe(all);
    // The comparison can fail: a plan does follow the reports that count.
    expect(bytes(events.filter((event) => event.category !== "kerb_crawling"))).not.toBe(all);
  });

  test("the seed varies starts and ends by no more than a quarter of an hour each", () => {
    const starts = (seed: number) =>
      preparePlan(scenarioInput(zone, { days: 1, seed, closed: [] }), zone).options.map(
        ({ candidate }) => candidate,
      );
    const one = starts(1);
    const delays = one.map(({ start, shift }) => ((start - shift.start) / 60_000) % 30);
    expect([...new Set(delays)].sort((a, b) => a - b)).toEqual([0, 5, 10, 15]);
    for (const { start, end, shift } of one) {
      expect((end - start) / 60_000).toBeGreaterThanOrEqual(60);
      expect((end - start) / 60_000).toBeLessThanOrEqual(120);
      expect(start).toBeGreaterThanOrEqual(shift.start);
      expect(end).toBeLessThanOrEqual(shift.end);
    }
    expect(starts(1)).toEqual(one);
    expect(starts(2)).not.toEqual(one);
  });
});

describe("protected time in the model", () => {
  const open = planned(scenarioInput(zone, { days: 1, closed: [], units: 2 }));
  const first = open.windows[0];
  if (!first) throw new Error("The scenario has no window");

  test("every candidate that enters a closed cell at any moment is gone, by one minute too", () => {
    const cell = first.stops[1]?.cell ?? first.zone;
    const closed = [{ from: first.end - 60_000, to: first.end, cells: [cell] }];
    const after = planned(scenarioInput(zone, { days: 1, closed, units: 2 }));
    for (const { candidate } of after.prepared.options) {
      const enters = routeCells(candidate.stops.map((stop) => stop.cell)).includes(cell);
      const overlaps = candidate.start < first.end && candidate.end > first.end - 60_000;
      expect(enters && overlaps).toBe(false);
    }
    expect(open.prepared.options.some(({ candidate }) => candidate.end === first.end)).toBe(true);
  });

  test("a zone that is closed in part still offers windows at its other stops", () => {
    const zoneCells = scenarioCells().filter((one) => parentCell(one, 9) === first.zone);
    // Credit is lost in the ring around a closed cell too, so an outer cell is closed to leave some.
    const outer = zoneCells.find(
      (one) => disk(one, 1).filter((near) => zoneCells.includes(near)).length < 5,
    );
    const cells = outer ? [outer] : [];
    const closed = [{ from: first.shiftStart, to: first.shiftEnd, cells }];
    const after = planned(scenarioInput(zone, { days: 1, closed }));
    const inZone = after.prepared.options.filter(
      ({ candidate }) =>
        candidate.zone === first.zone && candidate.shift.start === first.shiftStart,
    );
    expect(inZone.length).toBeGreaterThan(0);
    for (const { candidate } of inZone) {
      expect(routeCells(candidate.stops.map((stop) => stop.cell))).not.toContain(outer);
    }
  });

  test("with everything closed there is no window, and each shift says so", () => {
    const input = scenarioInput(zone, {
      days: 2,
      closed: [{ from: asAt, to: asAt + 30 * 24 * hourMs, cells: scenarioCells() }],
    });
    const { windows, prepared } = planned(input);
    expect(windows).toEqual([]);
    const refused = refusedShifts(prepared, windows, input, patrolDefaults);
    expect(refused.map(({ reason }) => reason)).toEqual(Array(4).fill("not available"));
  });
});

describe("planning again", () => {
  const once = planned(scenarioInput(zone, { days: 1, units: 2, closed: [] }));

  test("agreed windows keep their units and their dose: nothing is added on top", () => {
    const again = planned(
      scenarioInput(zone, { days: 1, units: 2, closed: [], agreed: once.windows }),
    );
    for (const window of again.windows) {
      const out = [...once.windows, ...again.windows].filter(
        (other) => other.start <= window.start && window.start < other.end,
      );
      expect(out.length).toBeLessThanOrEqual(2);
    }
    expect(again.objective).toBeLessThan(0.1 * once.objective);
  });

  test("with all units taken each shift says that they are planned already", () => {
    const shifts = once.prepared.shifts;
    const busy = shifts.flatMap(({ start, end }) =>
      [1, 2].map((unit) => ({ zone: once.windows[0]?.zone ?? "", unit, start, end, stops: [] })),
    ) as PlanInput["agreed"];
    const input = scenarioInput(zone, { days: 1, units: 2, closed: [], agreed: busy });
    const { windows, prepared } = planned(input);
    expect(windows).toEqual([]);
    expect(
      refusedShifts(prepared, windows, input, patrolDefaults).map(({ reason }) => reason),
    ).toEqual(["all units are planned already", "all units are planned already"]);
  });

  test("nothing starts before the plan's own moment", () => {
    const input = scenarioInput(zone, { days: 1, closed: [] });
    const earliest = (once.prepared.shifts[0]?.start ?? 0) + 4 * hourMs;
    const late = planned({ ...input, earliest });
    expect(late.windows.length).toBeGreaterThan(0);
    expect(Math.min(...late.windows.map((window) => window.start))).toBeGreaterThanOrEqual(
      earliest,
    );
    const next = { ...input, earliest: earliest + 48 * hourMs };
    const over = planned(next);
    expect(refusedShifts(over.prepared, [], next, patrolDefaults)[0]?.reason).toContain("over");
  });

  test("nothing ends after its last moment, and a shift that is cut too short says so", () => {
    const input = scenarioInput(zone, { days: 1, closed: [] });
    const night = once.prepared.shifts[1];
    if (!night) throw new Error("The scenario has no night");
    const cut = planned({ ...input, latest: night.start + 2 * hourMs });
    const ends = cut.windows.map((window) => window.end);
    expect(Math.max(...ends)).toBeGreaterThan(night.start);
    expect(Math.max(...ends)).toBeLessThanOrEqual(night.start + 2 * hourMs);
    expect(cut.windows.every((window) => window.shiftEnd >= window.end)).toBe(true);
    expect(cut.windows.some((window) => window.shiftEnd === night.end)).toBe(true);
    const short = { ...input, latest: night.start + hourMs / 2 };
    const tooShort = planned(short);
    expect(
      refusedShifts(tooShort.prepared, tooShort.windows, short, patrolDefaults).map(
        ({ reason }) => reason,
      ),
    ).toEqual(["beyond the days that can be planned"]);
  });

  test("without any report nothing is suggested", () => {
    const input = scenarioInput(zone, { days: 1, count: 0 });
    const { windows, prepared } = planned(input);
    expect(windows).toEqual([]);
    expect(prepared.expectedTotal).toBe(0);
    expect(refusedShifts(prepared, [], input, patrolDefaults).map(({ reason }) => reason)).toEqual([
      "no reports to plan from",
      "no reports to plan from",
    ]);
  });
});
