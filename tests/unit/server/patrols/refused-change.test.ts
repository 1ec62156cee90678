import { expect, test } from "vitest";
import { cellAt, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { legCells } from "#core/patrols/ground/leg.ts";
import { shiftsOf } from "#core/patrols/ground/shift.ts";
import { sortLocked } from "#core/patrols/plan/change.ts";
import { createZone, dayMs, hourMs, minuteMs, parseLocal } from "#core/time/zone.ts";
import { refusedChange } from "#server/patrols/refused-change.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(parseLocal(local), "earlier");
const ward = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
const inWard = disk(cellAt([-0.0644, 51.6147], 10), 3).filter((one) => parentCell(one, 9) === ward);
const [from, between, to] = threeInARow();
const start = at("2021-11-29T18:00");
const end = start + hourMs;
/** Neither stop is closed at any time; the cell between them is. */
const closed = createClosedTime([
  { from: at("2021-11-29T17:30"), to: at("2021-11-29T20:00"), cells: [between] },
]);

function threeInARow(): [H3Cell, H3Cell, H3Cell] {
  for (const one of inWard) {
    for (const other of inWard) {
      const [, middle, last] = legCells(one, other);
      if (last === other && middle && inWard.includes(middle)) return [one, middle, other];
    }
  }
  throw new Error("No two cells of the ward have a third between them");
}

/** One unit, one shift; nothing else stands in the way. */
function deskOf(day: { from: string; shifts: string[] }, over: typeof closed) {
  return {
    zone,
    now: at("2021-11-26T12:00"),
    plan: { units: 1, options: null, from: day.from },
    shifts: shiftsOf(zone, { ...day, days: 1 }),
    closed: over,
    standing: [],
    staffing: null,
    ways: null,
  };
}

test("the nearest time that fits is clear on the way between the stops, not at the stops alone", () => {
  const desk = deskOf({ from: "2021-11-29", shifts: ["14:00-22:00"] }, closed);
  const asked = { zone: ward, unit: 1, start, end, cells: [from, to], before: { start, end } };
  expect(refusedChange(desk, asked, "Not available at that time.").nearest).toEqual({
    start: "2021-11-29T16:30:00+00:00",
    end: "2021-11-29T17:30:00+00:00",
  });
});

test("the nearest time that fits ends where what police are shown ends, though the shift goes on", () => {
  const until = at("2021-12-10T23:00");
  const night = createClosedTime([{ from: until - 2 * hourMs, to: until, cells: [from] }]);
  const desk = deskOf({ from: "2021-12-10", shifts: ["22:00-02:00"] }, night);
  const nearestTo = (length: number) => {
    const asked = { start: until - length, end: until };
    return refusedChange(
      desk,
      { zone: ward, unit: 1, ...asked, cells: [from], before: asked },
      "Not available at that time.",
    ).nearest;
  };
  // Up to midnight, and not a minute beyond.
  expect(nearestTo(60 * minuteMs)).toEqual({
    start: "2021-12-10T23:00:00+00:00",
    end: "2021-12-11T00:00:00+00:00",
  });
  expect(nearestTo(65 * minuteMs)).toBeNull();
});

test("a locked window is kept only where the way between its stops is clear", () => {
  const visit = (cell: H3Cell, arrive: number) => ({ cell, arrive, depart: arrive + hourMs / 4 });
  const window = (shift: number) => ({
    zone: ward,
    unit: 1,
    start: start + shift,
    end: end + shift,
    shiftStart: at("2021-11-29T14:00") + shift,
    stops: [visit(from, start + shift), visit(to, start + shift + hourMs / 2)],
  });
  const { kept, lost } = sortLocked([window(0), window(dayMs)], {
    zone,
    closed,
    standing: [],
    staffing: null,
    span: { from: at("2021-11-29T00:00"), to: at("2021-12-01T00:00") },
  });
  expect(kept.map((one) => one.start)).toEqual([start + dayMs]);
  expect(lost.map((one) => one.start)).toEqual([start]);
});
