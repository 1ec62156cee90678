import { expect, test } from "vitest";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { forecastStreets } from "#core/patrols/forecast/street-forecast.ts";
import { createZone, dayMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const from = "2021-11-26";
const origin = zone.startOfDate(from);

/** Of three streets in a row of these lengths so many reports each, one a day backwards from the origin. */
function reportsOn(counts: readonly number[]): Reports {
  const cell = Uint32Array.from(counts.flatMap((count, at) => Array<number>(count).fill(at)));
  const middle = Float64Array.from(cell, (_, row) => origin - (1 + row) * dayMs);
  return { cell, middle, known: middle, weight: new Float64Array(cell.length).fill(1) };
}

const streets = (metres: readonly number[]) => ({
  cells: metres,
  metres: Float64Array.from(metres),
  offsets: Uint32Array.from([0, 1, 3, 4]),
  targets: Uint32Array.from([1, 0, 2, 1]),
});

const given = { zone, from, weeks: 2, origin };

test("what is expected of all streets is shared out among them, and lies in its interval", () => {
  const made = forecastStreets(reportsOn([80, 80, 0]), streets([100, 100, 100]), given);
  const sum = made.byUnit.reduce((all, each) => all + each, 0);
  expect(sum).toBeCloseTo(made.expected, 9);
  expect(made.low).toBeLessThanOrEqual(made.expected);
  expect(made.high).toBeGreaterThanOrEqual(made.expected);
  expect(made.order[2]).toBe(2);
});

test("has no interval before eight such periods are over", () => {
  const made = forecastStreets(reportsOn([20, 20, 0]), streets([100, 100, 100]), given);
  expect(made.expected).toBeGreaterThan(0);
  expect(made).not.toHaveProperty("low");
  expect(made).not.toHaveProperty("high");
});

test("of two streets with as many reports the shorter one comes first", () => {
  const made = forecastStreets(reportsOn([20, 0, 20]), streets([300, 100, 100]), given);
  expect(made.order[0]).toBe(2);
  // A tenth of the length is half of the shortest street: half of what that street is to have, less what such a part missed before.
  const last = made.shares.at(-1);
  expect(last?.share).toBe(0.1);
  const rate = (made.byUnit[2] as number) / 100;
  const whole = (rate * 0.1 * 500) / made.expected;
  expect(last?.holds).toBeLessThanOrEqual(whole);
  expect(last?.holds).toBeGreaterThan(0.8 * whole);
});

test("a later report changes nothing", () => {
  const known = reportsOn([20, 5, 0]);
  const later: Reports = {
    cell: Uint32Array.from([...known.cell, 2]),
    middle: Float64Array.from([...known.middle, origin + dayMs]),
    known: Float64Array.from([...known.known, origin + dayMs]),
    weight: Float64Array.from([...known.weight, 1]),
  };
  const all = streets([100, 100, 100]);
  expect(forecastStreets(later, all, given)).toEqual(forecastStreets(known, all, given));
});
