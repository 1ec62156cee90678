import { cellToChildren } from "h3-js";
import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell, parentCell } from "#core/geo/cell.ts";
import {
  type CandidateContext,
  createStopChooser,
  zoneCandidates,
} from "#core/patrols/candidates/candidate.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { legMinutes, routeCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { createRandom } from "#core/random.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { london, shift } from "#tests/support/plan-options.ts";

const zone = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
const cells = (cellToChildren(zone, 10) as H3Cell[]).sort((a, b) => (a < b ? -1 : 1));
const settings = patrolDefaults;
const always = { passes: () => true };
const foot = settings.modes.foot;

function contextOf(over: Partial<CandidateContext> = {}): CandidateContext {
  return {
    zone: london,
    closed: createClosedTime([]),
    credit: { reachedFrom: () => 0.01, expectedIn: () => 0.01 },
    dose: createDoseLedger([], london, settings),
    seed: 3,
    earliest: 0,
    latest: null,
    settings,
    floor: always,
    ...over,
  };
}
const worthBy = (worth: (cell: H3Cell, at: number) => number) => ({
  reachedFrom: worth,
  expectedIn: () => 0,
});

function orders(members: readonly H3Cell[]): H3Cell[][] {
  if (members.length <= 1) return [[...members]];
  return members.flatMap((cell) =>
    orders(members.filter((other) => other !== cell)).map((rest) => [cell, ...rest]),
  );
}

describe("the stops of a window", () => {
  test.each(Array.from({ length: 8 }, (_, at) => at + 1))(
    "are worth the most of all that fill it by a shortest walk (seed %i)",
    (seed) => {
      const random = createRandom(seed);
      const worthOf = new Map(cells.map((cell) => [cell, random.integer(5) / 100]));
      const shut = cells.filter(() => random.next() < 0.2);
      const length = 60 + 5 * random.integer(9);
      const [start, end] = [shift.start, shift.start + length * minuteMs];
      const closed = createClosedTime([{ cells: shut, from: start + 5, to: start + 6 }]);
      const credit = worthBy((cell) => worthOf.get(cell) ?? 0);
      const choice = createStopChooser(cells, "foot", contextOf({ closed, credit }))(start, end);
      let best = 0;
      for (let bits = 1; bits < 1 << cells.length; bits += 1) {
        const members = cells.filter((_, at) => bits & (1 << at));
        if (members.length > 5 || members.some((cell) => (worthOf.get(cell) ?? 0) === 0)) continue;
        const open = orders(members).filter((order) =>
          routeCells(order).every((cell) => !shut.includes(cell) && cells.includes(cell)),
        );
        const walks = open.map((order) =>
          order
            .slice(1)
            .reduce((all, cell, at) => all + legMinutes(order[at] as H3Cell, cell, foot), 0),
        );
        const busy = Math.min(...walks) + 15 * members.length;
        if (open.length === 0 || busy > length || length - busy > settings.idleMinutes) continue;
        best = Math.max(
          best,
          members.reduce((all, cell) => all + (worthOf.get(cell) ?? 0), 0),
        );
      }
      expect(choice?.value ?? 0).toBeCloseTo(best, 6);
      if (!choice) return;
      expect(choice.stops[0]?.arrive).toBe(start);
      expect(choice.stops.at(-1)?.depart).toBeLessThanOrEqual(end);
      for (const { arrive, depart } of choice.stops) expect(depart - arrive).toBe(15 * minuteMs);
    },
  );

  test("are worth what is reached from the very arrival", () => {
    const credit = worthBy((_, at) => (at - shift.start + hourMs) / (1000 * minuteMs));
    const end = shift.start + 75 * minuteMs;
    const choice = createStopChooser(cells, "foot", contextOf({ credit }))(shift.start, end);
    const reached = choice?.stops.reduce(
      (all, { arrive }) => all + credit.reachedFrom(zone, arrive),
      0,
    );
    expect(choice?.value).toBeCloseTo(reached ?? 0, 6);
    expect(choice?.value).toBe(Math.round((choice?.value ?? 0) * 1e6) / 1e6);
  });

  test("of equals the first set of cells is taken, every time", () => {
    const choose = createStopChooser(cells, "foot", contextOf());
    const [start, end] = [shift.start, shift.start + 60 * minuteMs];
    const stops = choose(start, end)?.stops.map(({ cell }) => cells.indexOf(cell)) ?? [];
    expect([...stops].sort((a, b) => a - b)).toEqual([0, 1, 2]);
    expect(choose(start, end)).toEqual(choose(start, end));
  });

  test("there are none where all is closed, nothing is expected, or every place has its visits", () => {
    const [start, end] = [shift.start, shift.start + hourMs];
    const chosen = (over: Partial<CandidateContext>) =>
      createStopChooser(cells, "foot", contextOf(over))(start, end);
    expect(chosen({ closed: createClosedTime([{ cells, from: start, to: end }]) })).toBeNull();
    expect(chosen({ credit: worthBy(() => 0) })).toBeNull();
    const visits = (hours: readonly number[], of = cells) =>
      of.flatMap((cell) =>
        hours.map((hour) => ({
          cell,
          arrive: start + hour * hourMs,
          depart: start + hour * hourMs + 15 * minuteMs,
        })),
      );
    const dose = (hours: readonly number[], of = cells) =>
      createDoseLedger(visits(hours, of), london, settings);
    expect(chosen({ dose: dose([-5, -8, -11]) })).not.toBeNull();
    expect(chosen({ dose: dose([-5, -8, -11, -13.5]) })).toBeNull();
    expect(chosen({ dose: dose([3.2]) })).not.toBeNull();
    // A visit that ends less than two hours before, or begins less than two hours after.
    expect(chosen({ dose: dose([-2]) })).toBeNull();
    expect(chosen({ dose: dose([2.9]) })).toBeNull();
    const sinceMonday = Array.from({ length: 16 }, (_, at) => -16 - 2 * at);
    expect(chosen({ dose: dose(sinceMonday) })).toBeNull();
    expect(chosen({ dose: dose(sinceMonday.slice(1)) })).not.toBeNull();
    // One place that has its visits is left out, and only that one.
    const rest = chosen({ dose: dose([-2], cells.slice(0, 1)) })?.stops.map(({ cell }) => cell);
    expect(rest).not.toContain(cells[0]);
    expect(rest).toHaveLength(3);
  });

  test("a window over midnight asks both days", () => {
    const start = shift.start + 9.5 * hourMs;
    const morning = Array.from({ length: 4 }, (_, at) => shift.start + (12.5 + 2.5 * at) * hourMs);
    const visits = cells.flatMap((cell) =>
      morning.map((arrive) => ({ cell, arrive, depart: arrive + 15 * minuteMs })),
    );
    const choose = createStopChooser(
      cells,
      "foot",
      contextOf({ dose: createDoseLedger(visits, london, settings) }),
    );
    expect(choose(start, start + 60 * minuteMs)).toBeNull();
    // Ending at midnight it is the day before alone.
    expect(choose(start - 30 * minuteMs, start + 30 * minuteMs)).not.toBeNull();
  });
});

describe("the windows of a zone", () => {
  const shifts = [{ shift, modes: ["foot"] as const }];
  const minutesIn = (over: Partial<CandidateContext> = {}, of = shifts) =>
    zoneCandidates(zone, cells, of, contextOf(over)).candidates.map(({ start, end }) => [
      (start - shift.start) / minuteMs,
      (end - shift.start) / minuteMs,
    ]);

  test("begin near every half hour in three lengths, and none is the same as another cut short", () => {
    const found = minutesIn();
    const blocks = Array.from({ length: 16 }, (_, at) => at * 30).flatMap((from) => {
      const left = 480 - from;
      return [...new Set([75, 105, 135].map((length) => Math.min(length, left)))]
        .filter((length) => length >= 60)
        .map((length) => [from, from + length]);
    });
    expect(found).toHaveLength(blocks.length);
    found.forEach(([start = 0, end = 0], at) => {
      const [from = 0, to = 0] = blocks[at] ?? [];
      expect(start).toBeGreaterThanOrEqual(from);
      expect(start).toBeLessThanOrEqual(from + 15);
      expect(end).toBeLessThanOrEqual(to);
      expect(end).toBeGreaterThanOrEqual(to - 30);
    });
  });

  test("begin no earlier and end no later than is given", () => {
    const [from, to] = [shift.start + 120 * minuteMs, shift.start + 300 * minuteMs];
    const found = minutesIn({ earliest: from, latest: to });
    expect(Math.min(...found.map(([start = 0]) => start))).toBeGreaterThanOrEqual(120);
    expect(Math.max(...found.map(([, end = 0]) => end))).toBeLessThanOrEqual(300);
    const all = minutesIn({ latest: to });
    expect(all.filter(([start = 0]) => start >= 120)).toEqual(found);
    const [exact = 0] = all[3] ?? [];
    const earliest = shift.start + exact * minuteMs;
    expect(minutesIn({ latest: to, earliest })[0]).toEqual(all.find(([start]) => start === exact));
  });

  test("are drawn from the seed and the zone", () => {
    expect(minutesIn()).toEqual(minutesIn());
    expect(minutesIn({ seed: 4 })).not.toEqual(minutesIn());
  });

  test("that are not worth it are told by their shift, and are none", () => {
    const night = { ...shift, start: shift.end, end: shift.end + 4 * hourMs };
    const both = [...shifts, { shift: night, modes: ["foot", "vehicle"] as const }];
    const floor = { passes: ({ start }: { start: number }) => start < shift.end };
    const found = zoneCandidates(zone, cells, both, contextOf({ floor }));
    expect([...found.belowFloor]).toEqual([night.start]);
    expect(found.candidates.every((one) => one.shift === shift && one.mode === "foot")).toBe(true);
    const all = zoneCandidates(zone, cells, both, contextOf());
    expect(all.belowFloor.size).toBe(0);
    const modes = all.candidates.filter((one) => one.shift === night).map(({ mode }) => mode);
    expect(new Set(modes)).toEqual(new Set(["foot", "vehicle"]));
    expect(all.candidates.every((one) => one.zone === zone && one.value > 0)).toBe(true);
  });

  test("there are none where nothing may be chosen, and that is not for want of worth", () => {
    const closed = createClosedTime([{ cells, from: shift.start, to: shift.end }]);
    const found = zoneCandidates(zone, cells, shifts, contextOf({ closed }));
    expect(found.candidates).toEqual([]);
    expect(found.belowFloor.size).toBe(0);
  });
});
