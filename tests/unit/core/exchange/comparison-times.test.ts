import { expect, test } from "vitest";
import { comparisonTimes, type KeyedDraw } from "#core/exchange/comparison-times.ts";
import { cellAt, disk, parentCell } from "#core/geo/cell.ts";
import { addDays, createZone, hourMs } from "#core/time/zone.ts";
import { drawWith } from "#server/exchange/patrol-check.ts";

const zone = createZone("Europe/London");
const middle = cellAt([-0.03, 51.61], 10);
const cells = disk(middle, 20);
const draw = drawWith(new Uint8Array(32).fill(7));

/** Half hours of a week on which a cell is closed, as numbers from its start. */
function closedHalfHours(by: KeyedDraw, monday: string, cell = middle): number[] {
  const start = zone.startOfDate(monday);
  return Array.from({ length: 7 * 48 }, (_, at) => at).filter((at) => {
    const span = { from: start + at * (hourMs / 2), to: start + (at + 1) * (hourMs / 2) };
    return comparisonTimes({ zone, draw: by, cells: [cell], ...span }).some((time) =>
      time.cells.includes(cell),
    );
  });
}

test("they are the same whoever asks and however often, and others under another key", () => {
  const week = {
    zone,
    cells,
    from: zone.startOfDate("2021-11-22"),
    to: zone.startOfDate("2021-11-29"),
  };
  const times = comparisonTimes({ ...week, draw });
  expect(times.length).toBeGreaterThan(5);
  expect(comparisonTimes({ ...week, draw })).toEqual(times);
  expect(comparisonTimes({ ...week, draw: drawWith(new Uint8Array(32).fill(8)) })).not.toEqual(
    times,
  );
});

test("they come back each week as visits do, at the same wall clock", () => {
  const places = new Set(cells.map((cell) => parentCell(cell, 9)));
  const sample = [...places]
    .slice(0, 25)
    .map((place) => cells.find((one) => parentCell(one, 9) === place));
  let repeated = 0;
  for (const cell of sample) {
    const first = closedHalfHours(draw, "2021-11-22", cell);
    const second = closedHalfHours(draw, addDays("2021-11-22", 7), cell);
    if (first.length > 0 && first.join() === second.join()) repeated += 1;
  }
  expect(repeated).toBeGreaterThan(8);
});

test("they are as long as visits are, on half hours, and never from 06:30 to 08:00", () => {
  const times = comparisonTimes({
    zone,
    draw,
    cells,
    from: zone.startOfDate("2021-10-25"),
    to: zone.startOfDate("2021-11-08"),
  });
  for (const { from, to } of times) {
    const local = zone.toLocal(from) / hourMs;
    expect((local * 2) % 1).toBe(0);
    const hours = (to - from) / hourMs;
    // The clock goes back in this fortnight.
    expect(hours).toBeGreaterThanOrEqual(2);
    expect(hours).toBeLessThanOrEqual(5.5);
    expect(local % 24 < 6.5 && local % 24 > 2).toBe(false);
  }
});
