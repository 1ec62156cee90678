import { expect, test } from "vitest";
import {
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  type Position,
  parentCell,
} from "#core/geo/cell.ts";
import { comparisonTimes, type KeyedDraw } from "#core/neighbours/comparison-times.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { cellsBeside } from "#core/protected-time/lattice.ts";
import { radiusClassesM } from "#core/protected-time/settings.ts";
import { addDays, createZone, hourMs } from "#core/time/zone.ts";
import { drawWith } from "#server/neighbours/patrol-check.ts";
import { runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const middle = cellAt([-0.03, 51.61], 10);
const cells = disk(middle, 20);
const draw = remembered(drawWith(new Uint8Array(32).fill(7)));

/** Neighbouring places ask for the same draws, each of which is a keyed hash. */
function remembered(by: KeyedDraw): KeyedDraw {
  const drawn = new Map<string, number>();
  return (words) => {
    const value = drawn.get(words) ?? by(words);
    drawn.set(words, value);
    return value;
  };
}

/** Half hours of a week on which a cell is closed, as numbers from its start. */
function closedHalfHours(by: KeyedDraw, first: string, cell = middle): number[] {
  const [from, to] = [zone.startOfDate(first), zone.startOfDate(addDays(first, 7))];
  const times = comparisonTimes({ zone, draw: by, cells: [cell], from, to }).filter((time) =>
    time.cells.includes(cell),
  );
  return Array.from({ length: 7 * 48 }, (_, at) => at).filter((at) => {
    const start = from + at * (hourMs / 2);
    return times.some((time) => time.from < start + hourMs / 2 && time.to > start);
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

test("some come back each week as visits do, at the same wall clock, and some come once", () => {
  const places = new Set(cells.map((cell) => parentCell(cell, 9)));
  const sample = [...places]
    .slice(0, runsOf(25, 12))
    .map((place) => cells.find((one) => parentCell(one, 9) === place));
  const seen = { both: 0, one: 0 };
  for (const cell of sample) {
    const first = new Set(closedHalfHours(draw, "2021-11-22", cell));
    const second = new Set(closedHalfHours(draw, addDays("2021-11-22", 7), cell));
    seen.both += [...first].filter((at) => second.has(at)).length;
    seen.one += [...first].filter((at) => !second.has(at)).length;
  }
  expect(seen.both).toBeGreaterThan(runsOf(100, 45));
  expect(seen.one).toBeGreaterThan(runsOf(50, 22));
});

const fortnight = {
  zone,
  draw,
  cells,
  from: zone.startOfDate("2021-10-25"),
  to: zone.startOfDate("2021-11-08"),
};

test("they are as long as visits are with their margins, on half hours, at every hour of the clock", () => {
  const times = comparisonTimes(fortnight);
  const begun = new Set<number>();
  for (const { from, to } of times) {
    const local = zone.toLocal(from) / hourMs;
    expect((local * 2) % 1).toBe(0);
    begun.add(Math.floor(local % 24));
    const hours = (to - from) / hourMs;
    // The clock goes back in this fortnight.
    expect(hours).toBeGreaterThanOrEqual(2);
    expect(hours).toBeLessThanOrEqual(8);
  }
  expect(begun.size).toBe(24);
});

test("each is the footprint of a place that a partner could have, of every class, usual and wider", () => {
  const times = comparisonTimes({ ...fortnight, cells: disk(middle, 8) });
  // Of the lattice cell in its middle, and no class is missing, usual or wider.
  const kindOf = (closed: readonly H3Cell[]) =>
    [false, true]
      .flatMap((isWide) => radiusClassesM.map((classM) => ({ isWide, classM })))
      .find(({ isWide, classM }) => {
        const cell = cellAt(middleOf(closed), 9);
        const lattice = isWide ? cellsBeside(cell) : [cell];
        return footprintOf({ lattice, classM }).join() === closed.join();
      });
  const kinds = new Map<string, number>();
  for (const { cells: closed } of times) {
    const kind = JSON.stringify(kindOf(closed) ?? null);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect([...kinds.keys()]).not.toContain("null");
  expect(kinds.size).toBe(2 * radiusClassesM.length);
});

test("on no one day all of them are drawn again", () => {
  const places = [...new Set(cells.map((cell) => parentCell(cell, 9)))];
  // Apart from each other: the same times close places that lie side by side.
  const sample = places
    .filter((_, at) => at % 12 === 0)
    .flatMap((place) => cells.find((cell) => parentCell(cell, 9) === place) ?? []);
  // Of the half hours that are closed in the week before a day, how many are closed in the week from it on.
  const share = (day: string) => {
    let [kept, all] = [0, 0];
    for (const cell of sample) {
      const before = closedHalfHours(draw, addDays(day, -7), cell);
      const after = new Set(closedHalfHours(draw, day, cell));
      all += before.length;
      kept += before.filter((at) => after.has(at)).length;
    }
    return kept / all;
  };
  // A season long; 28 October 2021 is 91 days times a whole number after 1970 began.
  const days = Array.from({ length: 23 }, (_, at) => addDays("2021-10-28", 4 * at));
  for (const day of days.slice(0, runsOf(days.length, 2))) {
    expect(share(day), day).toBeGreaterThan(0.4);
    expect(share(day), day).toBeLessThan(0.9);
  }
});

/** The mean of the middles of cells. */
function middleOf(closed: readonly H3Cell[]): Position {
  const mean = (axis: 0 | 1) =>
    closed.reduce((sum, cell) => sum + cellCentre(cell)[axis], 0) / closed.length;
  return [mean(0), mean(1)];
}
