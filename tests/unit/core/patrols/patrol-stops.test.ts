import { cellToChildren } from "h3-js";
import { beforeAll, describe, expect, test } from "vitest";
import { cellAt, type H3Cell, neighboursOf, parentCell } from "#core/geo/cell.ts";
import { createStopChooser } from "#core/patrols/candidates/candidate.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { legCells, legMinutes, routeCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { createZoneWalks, stopOrders, type ZoneWalks } from "#core/patrols/walk/stop-order.ts";
import { arrivalMinutes } from "#core/patrols/walk/timing.ts";
import { createZone, minuteMs, parseLocal } from "#core/time/zone.ts";

const foot = { kmh: 4.8, setUpMinutes: 0 };
const zone = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
const cells = (cellToChildren(zone, 10) as H3Cell[]).sort((a, b) => (a < b ? -1 : 1));
let walks: ZoneWalks;
beforeAll(() => {
  walks = createZoneWalks(cells, foot);
});
const all = (1 << cells.length) - 1;

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

function minutesOf(order: readonly number[]): number {
  return order
    .slice(1)
    .reduce(
      (total, cell, index) =>
        total + legMinutes(cells[order[index] ?? 0] as H3Cell, cells[cell] as H3Cell, foot),
      0,
    );
}

function membersOf(subset: number): number[] {
  return cells.map((_, index) => index).filter((index) => subset & (1 << index));
}

describe("the order of stops", () => {
  test("a zone has seven cells and each subset of them the shortest open walk", () => {
    expect(cells).toHaveLength(7);
    const orders = stopOrders(walks, all);
    expect(orders).toHaveLength(127);
    for (const { subset, order, walkMinutes } of orders) {
      const members = membersOf(subset);
      expect([...order].sort((a, b) => a - b)).toEqual(members);
      if (members.length > 6) continue;
      expect(walkMinutes).toBe(Math.min(...permutations(members).map(minutesOf)));
      expect(walkMinutes).toBe(minutesOf(order));
    }
  });

  test("no order stops at or walks through a cell that is not open", () => {
    const centre = cells.findIndex(
      (cell) => neighboursOf(cell).filter((near) => cells.includes(near)).length === 6,
    );
    const open = all & ~(1 << centre);
    for (const { order } of stopOrders(walks, open)) {
      const route = routeCells(order.map((index) => cells[index] as H3Cell));
      expect(route).not.toContain(cells[centre]);
    }
    const ring = membersOf(open);
    const opposite = ring.find(
      (index) =>
        legCells(cells[ring[0] ?? 0] as H3Cell, cells[index] as H3Cell)[1] === cells[centre],
    );
    expect(opposite).toBeDefined();
    const pair = (1 << (ring[0] ?? 0)) | (1 << (opposite ?? 0));
    expect(stopOrders(walks, open).some(({ subset }) => subset === pair)).toBe(false);
    expect(stopOrders(walks, open).some(({ subset }) => subset === open)).toBe(true);
  });

  test("two open cells without a way between them are never one walk", () => {
    const areNear = (a: number, b: number) =>
      neighboursOf(cells[a] as H3Cell).includes(cells[b] as H3Cell);
    const first =
      membersOf(all).find((a) => membersOf(all).some((b) => a !== b && !areNear(a, b))) ?? 0;
    const other = membersOf(all).find((b) => b !== first && !areNear(first, b)) ?? 0;
    const orders = stopOrders(walks, (1 << first) | (1 << other));
    expect(orders.map(({ order }) => order.length)).toEqual([1, 1]);
  });
});

describe("the times of stops", () => {
  test("walks come before stops, stops take their dwell, and what is left is spread", () => {
    expect(arrivalMinutes(60, [0, 2, 3], { dwellMinutes: 15 })).toEqual([0, 20, 41]);
    expect(arrivalMinutes(50, [0, 2, 3], { dwellMinutes: 15 })).toEqual([0, 17, 35]);
  });

  test("what does not fit has no times", () => {
    expect(arrivalMinutes(49, [0, 2, 3], { dwellMinutes: 15 })).toBeNull();
  });

  test("4.8 km/h is 80 metres a minute, begun minutes counted", () => {
    const neighbour = neighboursOf(cells[0] as H3Cell)[0] as H3Cell;
    const from = cells[0] as H3Cell;
    expect(legMinutes(from, neighbour, foot)).toBe(2);
    expect(legMinutes(from, neighbour, { kmh: 2.4, setUpMinutes: 0 })).toBe(4);
    expect(legMinutes(from, from, foot)).toBe(0);
    // Parking takes its time for each way, and none where there is no way.
    expect(legMinutes(from, neighbour, { kmh: 20, setUpMinutes: 3 })).toBe(4);
    expect(legMinutes(from, from, { kmh: 20, setUpMinutes: 3 })).toBe(0);
  });
});

describe("the choice of stops", () => {
  const london = createZone("Europe/London");
  const start = london.toInstant(parseLocal("2021-11-29T18:00"), "earlier");
  const end = start + 90 * minuteMs;
  /** Worth as much everywhere and at any time: what is closed alone decides. */
  const credit = { reachedFrom: () => 1, expectedIn: () => 1 };
  const dose = createDoseLedger([], london, patrolDefaults);
  const routeBeside = (from: number, to: number) => {
    const closed = createClosedTime([{ from, to, cells: [cells[3] as H3Cell] }]);
    const context = { zone: london, closed, credit, dose, settings: patrolDefaults };
    const choice = createStopChooser(cells, "foot", context)(start, end);
    if (choice === null) throw new Error("Nothing was chosen");
    return { stops: choice.stops.length, route: routeCells(choice.stops.map(({ cell }) => cell)) };
  };

  test("a cell that is closed for one minute of the window is not entered, and touching is free", () => {
    const open = routeBeside(start - minuteMs, start);
    expect(open.route).toContain(cells[3]);
    expect(routeBeside(end, end + minuteMs)).toEqual(open);
    for (const from of [start, start + 40 * minuteMs, end - minuteMs]) {
      const { route, stops } = routeBeside(from, from + minuteMs);
      expect(stops).toBeGreaterThan(1);
      expect(route).not.toContain(cells[3]);
    }
    const before = routeBeside(start - 60 * minuteMs, end + 60 * minuteMs);
    expect(before.route).not.toContain(cells[3]);
  });
});
