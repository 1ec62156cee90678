import { describe, expect, test } from "vitest";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { routeCells } from "#core/patrols/ground/leg.ts";
import { sortLocked } from "#core/patrols/plan/change.ts";
import { lpText } from "#core/patrols/solve/packing.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { candidateAt, london, places, shift } from "#tests/support/plan-options.ts";

type Cell = (typeof places)[number];
const [here, beside, , , , far] = places as readonly [Cell, Cell, Cell, Cell, Cell, Cell];
const windowAt = (from: number, unit = 1, cell: Cell = here) => ({
  ...candidateAt({ cell, from }),
  unit,
  shiftStart: shift.start,
});
const open = createClosedTime([]);
const given = {
  zone: london,
  closed: open,
  standing: [],
  staffing: null,
  span: { from: shift.start, to: shift.end },
};
const reasons = (found: ReturnType<typeof sortLocked>) => found.lost.map(({ reason }) => reason);
const lost = "a locked patrol could not be kept:";

describe("windows that are locked", () => {
  test("stay as they are where everything allows it, and outside the span nobody asks", () => {
    const windows = [windowAt(0), windowAt(140), windowAt(-1), windowAt(421)];
    const { kept, lost } = sortLocked(windows, given);
    expect(kept).toEqual([windows[0], windows[1]]);
    expect(lost).toEqual([]);
    const edges = [windowAt(0), windowAt(420)];
    expect(sortLocked(edges, given).kept).toEqual(edges);
  });

  test("go where their way is closed now, with no word why", () => {
    const walk = { ...windowAt(0), stops: [...windowAt(0).stops] };
    const end = {
      cell: far,
      arrive: shift.start + 40 * minuteMs,
      depart: shift.start + 55 * minuteMs,
    };
    walk.stops.push(end);
    const between = routeCells([here, far])[3] as Cell;
    const closedAt = (cell: Cell, from: number, to: number) =>
      createClosedTime([
        { cells: [cell], from: shift.start + from * minuteMs, to: shift.start + to * minuteMs },
      ]);
    const closed = closedAt(between, 59, 90);
    expect(reasons(sortLocked([walk], { ...given, closed }))).toEqual([
      `${lost} Not available at that time.`,
    ]);
    expect(sortLocked([walk], { ...given, closed: closedAt(between, 60, 90) }).kept).toEqual([
      walk,
    ]);
  });

  test("go where their unit is not on duty on a staffed date, or out elsewhere", () => {
    const duty = {
      date: shift.date,
      unit: 1,
      mode: "foot" as const,
      from: shift.start,
      to: shift.end,
    };
    const free = [{ from: shift.start, to: shift.start + hourMs }];
    const staffing: PlanStaffing = { dates: [shift.date], duties: [{ ...duty, free }] };
    const found = sortLocked([windowAt(0), windowAt(120), windowAt(0, 2, beside)], {
      ...given,
      staffing,
    });
    expect(found.kept).toEqual([windowAt(0)]);
    expect(reasons(found)).toEqual([
      `${lost} Unit 1 has another task then.`,
      `${lost} Unit 2 is not on duty then.`,
    ]);
    expect(found.lost[0]).toMatchObject({ start: windowAt(120).start, end: windowAt(120).end });
    // The date of the shift counts, and on any other one nobody said who is there.
    const other = { ...staffing, dates: ["2021-12-02"] };
    expect(sortLocked([windowAt(120)], { ...given, staffing: other }).kept).toHaveLength(1);
    const standing = [windowAt(30, 2, far)];
    expect(reasons(sortLocked([windowAt(0, 2)], { ...given, standing }))).toEqual([
      `${lost} Unit 2 is already on patrol or travelling.`,
    ]);
  });

  test("do not stand in each other's way either: the first is kept", () => {
    const { kept, lost } = sortLocked([windowAt(0), windowAt(30)], given);
    expect([kept.length, lost.length]).toEqual([1, 1]);
    expect(kept).toEqual([windowAt(0)]);
  });
});

test("a packing as text: values, rows with what they may buy, bounds of both", () => {
  const packing = {
    values: Float64Array.from([0.5, 1.25, 2]),
    rows: [
      { limit: 1, members: [0, 2], steps: [0.1, 0.3] },
      { limit: 2, members: [0, 1, 2] },
      { limit: 0, members: [1], steps: [0.0000004] },
    ],
  };
  expect(lpText(packing)).toBe(
    [
      "Maximize",
      " value:",
      " + 0.500000 x0 + 1.250000 x1 + 2.000000 x2 - 0.100000 s0 - 0.300000 s1 - 0.000000 s2",
      "Subject To",
      " r0:",
      " + x0 + x2 - s0 - s1",
      " <= 1",
      " r1:",
      " + x0 + x1 + x2",
      " <= 2",
      " r2:",
      " + x1 - s2",
      " <= 0",
      "Bounds",
      " x0 <= 1",
      " x1 <= 1",
      " x2 <= 1",
      " s0 <= 1",
      " s1 <= 1",
      " s2 <= 1",
      "End",
      "",
    ].join("\n"),
  );
  const long = { values: new Float64Array(40).fill(1), rows: [] };
  const lines = lpText(long).split("\n");
  expect(lines.slice(2, 5).map((line) => line.match(/x\d+/g)?.length)).toEqual([16, 16, 8]);
});
