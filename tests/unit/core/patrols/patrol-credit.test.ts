import { describe, expect, test } from "vitest";
import { cellAt, disk, type H3Cell, neighboursOf } from "#core/geo/cell.ts";
import { createCredit } from "#core/patrols/candidates/credit.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { createZone, hourMs, minuteMs } from "#core/time/zone.ts";
import { certain } from "#tests/support/demand.ts";

const zone = createZone("Europe/London");
const home = cellAt([-0.0644, 51.6147], 10);
const start = zone.startOfDate("2021-11-29");
const cells = disk(home, 4);
/** One report an hour in every cell, so that credit is hours. */
const demand = {
  cells,
  rates: new Float64Array(cells.length * 168).fill(1),
  recent: new Uint32Array(cells.length),
  known: new Uint32Array(cells.length),
  week: new Float64Array(168).fill(cells.length),
  doubt: certain(cells.length),
  method: { name: "Made up", way: "", timed: 1 },
};

function credit(closed: { from: number; to: number; cells: H3Cell[] }[] = []) {
  return createCredit(demand, {
    zone,
    closed: createClosedTime(closed),
    start,
    end: start + 24 * hourMs,
    reachMinutes: 120,
  });
}

describe("what a stop is worth", () => {
  test("what is expected in its cell for two hours from its arrival", () => {
    expect(credit().reachedFrom(home, start + 14 * hourMs)).toBeCloseTo(2, 12);
    expect(credit().reachedFrom(home, start + 14 * hourMs + 7 * minuteMs)).toBeCloseTo(2, 12);
    expect(credit().expectedIn(home, start, start + 20 * minuteMs)).toBeCloseTo(1 / 3, 12);
  });

  test("a cell without demand is worth nothing", () => {
    const far = cellAt([-0.1, 51.65], 10);
    expect(credit().reachedFrom(far, start)).toBe(0);
  });

  test("nothing is credited while the cell is closed, nor in the ring around a closed cell", () => {
    const from = start + 15 * hourMs;
    const closed = credit([{ from, to: from + 30 * minuteMs, cells: [home] }]);
    const at = start + 14 * hourMs;
    const ring = neighboursOf(home)[0] as H3Cell;
    const beyond = disk(home, 2).find((cell) => !disk(home, 1).includes(cell)) as H3Cell;
    expect(closed.reachedFrom(home, at)).toBeCloseTo(1.5, 12);
    expect(closed.reachedFrom(ring, at)).toBeCloseTo(1.5, 12);
    expect(closed.reachedFrom(beyond, at)).toBeCloseTo(2, 12);
    expect(closed.expectedIn(ring, from, from + 30 * minuteMs)).toBe(0);
  });

  test("a quarter hour that is closed in part earns nothing", () => {
    const from = start + 15 * hourMs + 5 * minuteMs;
    const closed = credit([{ from, to: from + minuteMs, cells: [home] }]);
    expect(closed.expectedIn(home, start + 15 * hourMs, start + 16 * hourMs)).toBeCloseTo(0.75, 12);
  });

  test("hours follow the wall clock: the doubled hour counts twice", () => {
    const rates = new Float64Array(cells.length * 168);
    // Sunday 01:00
    cells.forEach((_, index) => {
      rates[index * 168 + 6 * 24 + 1] = 1;
    });
    const from = zone.startOfDate("2021-10-31");
    const autumn = createCredit(
      { ...demand, rates },
      {
        zone,
        closed: createClosedTime([]),
        start: from,
        end: from + 25 * hourMs,
        reachMinutes: 120,
      },
    );
    expect(autumn.expectedIn(home, from, from + 25 * hourMs)).toBeCloseTo(2, 12);
  });
});
