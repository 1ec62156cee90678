import { cellToChildren } from "h3-js";
import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { standingConflict, timedWindow } from "#core/patrols/plan/change.ts";
import { createZone, dayMs, minuteMs, parseLocal } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const patrolZone = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
const cells = cellToChildren(patrolZone, 10) as H3Cell[];
const study = new Set(cells.slice(0, 6));
const start = zone.toInstant(parseLocal("2021-11-29T20:00"), "earlier");

function draft(minutes: number, stops: readonly string[], unit = 1) {
  return { zone: patrolZone, unit, start, end: start + minutes * minuteMs, cells: stops };
}

function typed(minutes: number, stops: readonly string[]) {
  return timedWindow(draft(minutes, stops), study, patrolDefaults);
}

function refused(minutes: number, stops: readonly string[]): string {
  const window = typed(minutes, stops);
  return window.ok ? "" : window.reason;
}

describe("a window as typed", () => {
  test("gets times for its stops, in the order given", () => {
    const window = typed(60, [cells[2] as H3Cell, cells[0] as H3Cell, cells[1] as H3Cell]);
    expect(window.ok).toBe(true);
    if (!window.ok) return;
    expect(window.value.stops.map((stop) => stop.cell)).toEqual([cells[2], cells[0], cells[1]]);
    expect(window.value.stops[0]?.arrive).toBe(start);
    expect(window.value.stops.at(-1)?.depart).toBeLessThanOrEqual(window.value.end);
  });

  test("is refused with what is wrong", () => {
    expect(refused(59, cells.slice(0, 3))).toBe(
      "A patrol lasts 60 to 120 minutes; this one lasts 59.",
    );
    expect(refused(121, cells.slice(0, 3))).toContain("this one lasts 121");
    expect(refused(-60, cells.slice(0, 3))).toBe("The end must be after the start.");
    expect(refused(60, cells.slice(0, 5))).toMatch(
      /^5 stops and travel between them take \d+ minutes; the patrol has 60\. Leave out a stop, or choose a longer time\.$/,
    );
    expect(refused(60, [])).toBe("A patrol needs at least one stop.");
    expect(refused(60, [cells[0] as H3Cell, cells[0] as H3Cell])).toBe(
      "A patrol can stop only once at each place.",
    );
  });

  test("stops lie in its own zone, at resolution 10, inside the command", () => {
    const elsewhere = cellAt([-0.1, 51.65], 10);
    for (const bad of [elsewhere, patrolZone, "8a0000000000000", cells[6] as H3Cell]) {
      expect(refused(60, [bad])).toBe(`"${bad}" is not a place to stop in this patrol's zone.`);
    }
  });
});

describe("a window against those that stand", () => {
  const window = (minutesLater: number, over: Partial<PatrolWindow> = {}): PatrolWindow => {
    const timed = timedWindow(draft(60, cells.slice(0, 3)), study, patrolDefaults);
    if (!timed.ok) throw new Error(timed.reason);
    const shift = minutesLater * minuteMs;
    return {
      ...timed.value,
      start: timed.value.start + shift,
      end: timed.value.end + shift,
      stops: timed.value.stops.map((stop) => ({
        cell: stop.cell,
        arrive: stop.arrive + shift,
        depart: stop.depart + shift,
      })),
      ...over,
    };
  };
  const ask = (one: PatrolWindow, standing: readonly PatrolWindow[]) =>
    standingConflict(one, standing, zone, patrolDefaults);

  test("a unit is in one place at a time and needs its rest and the way to the next", () => {
    // In the middle of the zone, about a hundred metres from the first and the last stop.
    const elsewhere = { stops: [] };
    expect(ask(window(69), [window(0, elsewhere)])).toBe(
      "Unit 1 is already on patrol or travelling.",
    );
    expect(ask(window(71), [window(0, elsewhere)])).toBeNull();
    expect(ask(window(-71), [window(0, elsewhere)])).toContain("Unit 1");
    expect(ask(window(-73), [window(0, elsewhere)])).toBeNull();
    expect(ask(window(0, { unit: 2 }), [window(0, elsewhere)])).toBeNull();
  });

  test("a place rests two hours between visits", () => {
    expect(ask(window(134, { unit: 2 }), [window(0)])).toContain("within 2 hours");
    expect(ask(window(135, { unit: 2 }), [window(0)])).toBeNull();
  });

  test("a place has at most four visits a day and sixteen a week", () => {
    const day = [-480, -345, -210, -75].map((later) => window(later, { unit: 2 }));
    expect(ask(window(60), day.slice(1))).toBeNull();
    expect(ask(window(60), day)).toContain("4 visits for that day");
    const days = [1, 2, 3, 4].flatMap((later) =>
      day.map((one) => ({
        ...one,
        stops: one.stops.map((stop) => ({
          ...stop,
          arrive: stop.arrive + later * dayMs,
          depart: stop.depart + later * dayMs,
        })),
      })),
    );
    expect(ask(window(60), days)).toContain("16 visits for that week");
    expect(ask(window(60), days.slice(1))).toBeNull();
  });
});
