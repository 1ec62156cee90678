import { cellToChildren } from "h3-js";
import { describe, expect, test } from "vitest";
import { cellAt, cellCentre, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { forecastDemand } from "#core/patrols/demand/demand.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { legCells, legMinutes, wayKind, windowCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { type StreetTimes, streetTimesOf } from "#core/patrols/ground/street-times.ts";
import { standingConflict, timedWindow } from "#core/patrols/plan/change.ts";
import { assignUnits, describeAssigned } from "#core/patrols/plan/finish.ts";
import { streetNeeds } from "#core/patrols/plan/needs.ts";
import { type PlanInput, planForDemand } from "#core/patrols/plan/plan.ts";
import { planGround } from "#core/patrols/plan/plan-ground.ts";
import { notAvailableWords } from "#core/patrols/plan/refusal.ts";
import { varyArrivals } from "#core/patrols/plan/vary.ts";
import { createZoneWalks } from "#core/patrols/walk/stop-order.ts";
import { createLegMaker } from "#core/patrols/walk/street-ways.ts";
import { createTravel } from "#core/patrols/walk/travel.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { streetSpeeds } from "#core/places/streets/line.ts";
import { createRouter, isStreetFault } from "#core/places/streets/route.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { london } from "#tests/support/plan-options.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { numbersOf, streetNet, waysOver } from "#tests/support/street-net.ts";
import { matrixOf } from "#tests/support/streets.ts";

const graph = buildGraph(
  streetNet({ south: 51.585, west: -0.09, north: 51.635, east: -0.04, metres: 90 }),
);
const ways = waysOver(graph);
const router = createRouter(graph, streetSpeeds);
const zone = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
const cells = (cellToChildren(zone, 10) as H3Cell[]).sort((a, b) => (a < b ? -1 : 1));
const [here, there] = [cells[0] as H3Cell, cells[5] as H3Cell];
const nowhere = cellAt([-0.3, 51.4], 10);
const foot = patrolDefaults.modes.foot;
const start = Date.parse("2021-12-01T20:00Z");
const hour = { start, end: start + hourMs };

function wayBetween(from: H3Cell, to: H3Cell) {
  const way = router.route(cellCentre(from), cellCentre(to), "foot");
  if (isStreetFault(way)) throw new Error(way.fault);
  // To a centimetre, as it is stored.
  const line = way.line.map((place) => place.map((degrees) => Math.round(degrees * 1e7) / 1e7));
  return { ...way, line };
}

describe("how long ways take", () => {
  test("rows of times are those of the matrix", () => {
    const points = disk(here, 2).map(cellCentre);
    const matrix = matrixOf(router, points, "cycle");
    const row = router.row("cycle", { withinMetres: 1_000 });
    points
      .flatMap((point) => [...row(point, points)])
      .forEach((seconds, at) => {
        const other = matrix[at] as number;
        if (other < Infinity) expect(seconds).toBeCloseTo(other, 6);
        else expect(seconds).toBe(Infinity);
      });
  });

  test("between windows a unit takes the time of the streets, and of the straight line where none lead", () => {
    const [travel, straight] = [createTravel(patrolDefaults, ways), createTravel(patrolDefaults)];
    const { seconds } = wayBetween(here, there);
    expect(travel.minutes(here, there, "foot")).toBe(Math.ceil(seconds / 60));
    const cycled = Math.ceil((seconds * 4.8) / 12 / 60) + patrolDefaults.modes.cycle.setUpMinutes;
    expect(travel.minutes(here, there, "cycle")).toBe(cycled);
    expect(travel.minutes(here, here, "cycle")).toBe(0);
    expect(travel.minutes(here, nowhere, "foot")).toBe(straight.minutes(here, nowhere, "foot"));
    // Half a kilometre beside the last street is no place on it.
    const beside = cellAt([-0.0975, 51.61], 10);
    expect(isStreetFault(router.route(cellCentre(beside), cellCentre(here), "foot"))).toBe(false);
    expect(travel.minutes(beside, here, "foot")).toBe(straight.minutes(beside, here, "foot"));
  });

  test("a unit that cannot be there in time by street is refused, though the straight line is short enough", () => {
    const slow: StreetTimes = { ...ways, between: () => 50 * 60 };
    const stop = (cell: H3Cell, at: number) => ({ cell, arrive: at, depart: at + 15 * minuteMs });
    const first = { zone, unit: 1, ...hour, stops: [stop(here, start)] };
    const later = hour.end + 30 * minuteMs;
    const next = { zone, unit: 1, start: later, end: later + hourMs, stops: [stop(there, later)] };
    const words = "Unit 1 is already on patrol or travelling.";
    expect(standingConflict(next, [first], london, patrolDefaults)).toBeNull();
    expect(standingConflict(next, [first], london, patrolDefaults, slow)).toBe(words);
  });

  test("the walks of a zone go by street; where no street leads they are what they were", () => {
    const seconds = ways.walks(cells, "foot", []);
    const walks = createZoneWalks(cells, foot, seconds);
    const at = 0 * cells.length + 5;
    expect(walks.minutes[at]).toBe(Math.ceil(wayBetween(here, there).seconds / 60));
    expect(walks.path[at]).toBe(1 | (1 << 5));
    const none = new Float64Array(cells.length ** 2).fill(Number.NaN);
    expect(createZoneWalks(cells, foot, none)).toEqual(createZoneWalks(cells, foot));
  });
});

describe("the ways of a window", () => {
  const draft = { zone, unit: 1, ...hour, cells: [here, there] };
  const everywhere = { has: () => true };

  test("are lines along streets with the cells that they cross", () => {
    const legMaker = createLegMaker(ways, createClosedTime([]));
    const timed = timedWindow(draft, everywhere, patrolDefaults, legMaker);
    if (!timed.ok) throw new Error(timed.reason);
    const way = wayBetween(here, there);
    expect(timed.value.legs).toHaveLength(1);
    expect(timed.value.legs?.[0]).toMatchObject({ line: way.line, cells: way.cells });
    expect(timed.value.legs?.[0]?.words).toMatch(/ on \d+ (Row|Lane)/);
    expect(windowCells(timed.value)).toEqual([...new Set([here, ...way.cells, there])]);
    expect(wayKind(timed.value)).toBe("streets");
    const gap = (timed.value.stops[1]?.arrive ?? 0) - (timed.value.stops[0]?.depart ?? 0);
    expect(gap).toBeGreaterThanOrEqual(Math.ceil(way.seconds / 60) * minuteMs);
  });

  test("lead round what is closed for one minute, and where nothing does the order is refused", () => {
    const pairs = cells.flatMap((from) => cells.map((to) => [from, to] as const));
    const crossing = pairs.find(([from, to]) => {
      const crossed = wayBetween(from, to).cells;
      return from !== to && crossed.some((cell) => cell !== from && cell !== to);
    });
    if (!crossing) throw new Error("No way of the zone crosses a third cell");
    const [from, to] = crossing;
    const way = wayBetween(from, to);
    const shut = way.cells.filter((cell) => cell !== from && cell !== to).slice(0, 1);
    const minute = { from: start + 5 * minuteMs, to: start + 6 * minuteMs };
    const maker = createLegMaker(ways, createClosedTime([{ ...minute, cells: shut }]));
    const legs = maker?.([from, to], "foot", hour);
    if (!legs || legs === "closed") throw new Error("There is a way round");
    expect(legs[0]?.cells).not.toContain(shut[0]);
    expect(legs[0]?.seconds).toBeGreaterThan(way.seconds);
    const after = { start: minute.to, end: minute.to + hourMs };
    expect(maker?.([from, to], "foot", after)).toMatchObject([{ line: way.line }]);
    const ring = disk(to, 5).filter((cell) => !disk(to, 1).includes(cell) && cell !== from);
    const walled = createLegMaker(
      ways,
      createClosedTime([{ ...minute, cells: [...ring, ...shut] }]),
    );
    const outside = disk(to, 6).at(-1) as H3Cell;
    expect(walled?.([outside, to], "foot", hour)).toBe("closed");
    const refused = timedWindow(
      { ...draft, cells: [from, to] },
      everywhere,
      patrolDefaults,
      createLegMaker(ways, createClosedTime([{ ...minute, cells: [...disk(to, 9)] }])),
    );
    expect(refused).toEqual({ ok: false, reason: notAvailableWords });
  });

  test("are as the crow flies where no street is near, over cells that must be open", () => {
    const far = disk(nowhere, 3).at(-1) as H3Cell;
    const maker = createLegMaker(ways, createClosedTime([]));
    const legs = maker?.([nowhere, far], "foot", hour);
    const leg = legs === "closed" ? undefined : legs?.[0];
    expect(leg).toMatchObject({ line: null, cells: legCells(nowhere, far), words: "" });
    expect(Math.ceil((leg?.seconds ?? 0) / 60)).toBe(legMinutes(nowhere, far, foot));
    const shut = createClosedTime([
      { from: start, to: start + 1, cells: [legCells(nowhere, far)[1] as H3Cell] },
    ]);
    expect(createLegMaker(ways, shut)?.([nowhere, far], "foot", hour)).toBe("closed");
    expect(wayKind({ stops: [1, 2], legs: [{ line: null }] })).toBe("crow");
  });
});

describe("a plan on streets", () => {
  function planned(input: PlanInput) {
    const demand = forecastDemand(input.columns, { ...input, zone: london });
    const ground = planGround(demand, input, london, patrolDefaults);
    const numbers = numbersOf(ways, streetNeeds(demand, input, ground, patrolDefaults));
    const times = streetTimesOf(structuredClone(numbers));
    const prepared = planForDemand(demand, input, london, patrolDefaults, {
      ground,
      streets: times,
    });
    const assigned = assignUnits(prepared, prepared.greedy);
    const { variation, travel } = prepared;
    const made = variation ? varyArrivals(assigned, variation, travel) : assigned;
    return { windows: describeAssigned(prepared, made, london).windows, numbers };
  }

  test("a leg through a footprint while it is protected is never planned: it leads round, or the stops are others", () => {
    const input = scenarioInput(london, { days: 7, units: 3 });
    const { windows: found, numbers } = planned(input);
    // Arrival times that are varied on purpose go by the same ways, and ask streets for nothing else.
    const history = { arrivals: [], halfHours: [] };
    const twoDays = scenarioInput(london, { days: 2, units: 3 });
    const { windows: varied } = planned({ ...twoDays, history });
    expect(varied.length).toBeGreaterThan(5);
    const windows = [...found, ...varied];
    const closed = createClosedTime(input.closed);
    const maker = createLegMaker(ways, closed);
    let legCount = 0;
    for (const window of windows) {
      const stops = window.stops.map(({ cell }) => cell);
      const legs = maker?.(stops, "foot", window);
      if (!legs || legs === "closed") throw new Error("A window was planned that cannot be walked");
      for (const cell of windowCells({ ...window, legs })) {
        expect(closed.isClear(cell, window.start, window.end)).toBe(true);
      }
      legs.forEach((leg, at) => {
        legCount += 1;
        const [before, next] = [window.stops[at], window.stops[at + 1]];
        const walked = ((next?.arrive ?? 0) - (before?.depart ?? 0)) / 1000;
        expect(walked).toBeGreaterThanOrEqual(leg.seconds);
      });
    }
    expect(legCount).toBeGreaterThan(40);
    // Some walks do lead round, and others have no way left.
    const changed = numbers.walks.flatMap(({ cells: own, seconds, closed: shut }) => {
      const free = ways.walks(own, "foot", []);
      const open = own.map((cell) => !shut.includes(cell));
      return [...seconds].filter((one, at) => {
        const isOpen = open[Math.floor(at / own.length)] && open[at % own.length];
        return isOpen && one > (free[at] ?? 0);
      });
    });
    expect(changed.filter((one) => one < Infinity).length).toBeGreaterThan(20);
    expect(changed.filter((one) => one === Infinity).length).toBeGreaterThan(0);
  });
});
