import { describe, expect, test } from "vitest";
import {
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  metresBetween,
  parentCell,
} from "#core/geo/cell.ts";
import { createCrews, type PlanStaffing } from "#core/patrols/duty/crew.ts";
import { readStaffing } from "#core/patrols/duty/staffing.ts";
import { countedVisits, spentVisits } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { shiftOccurrences } from "#core/patrols/ground/shift.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { createTravel } from "#core/patrols/walk/travel.ts";
import { createZone, hourMs, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const date = "2021-12-01";
const at = (clock: string, on = date) => zone.toInstant(Date.parse(`${on}T${clock}Z`), "earlier");
const here = cellAt([-0.0644, 51.6147], 10);
const far = disk(here, 20).at(-1) as H3Cell;
const window = (start: number, minutes: number, cell: H3Cell, unit = 1): PatrolWindow => ({
  zone: parentCell(cell, 9),
  unit,
  start,
  end: start + minutes * minuteMs,
  stops: [{ cell, arrive: start, depart: start + 15 * minuteMs }],
});

describe("the way between two windows", () => {
  const travel = createTravel(patrolDefaults);
  const metres = metresBetween(cellCentre(here), cellCentre(far));

  test.each([
    ["foot", 80, 0],
    ["cycle", 200, 1],
    ["vehicle", 20_000 / 60, 3],
  ] as const)("on or by %s it goes by the real distance", (mode, metresPerMinute, setUp) => {
    const minutes = Math.ceil((metres * 1.3) / metresPerMinute) + setUp;
    expect(travel.minutes(here, far, mode)).toBe(minutes);
    expect(travel.minutes(here, here, mode)).toBe(0);
    const first = window(0, 60, here);
    const least = (60 + 10 + minutes) * minuteMs;
    expect(travel.mayFollow(first, window(least, 60, far), mode)).toBe(true);
    expect(travel.mayFollow(first, window(least - 1, 60, far), mode)).toBe(false);
    expect(travel.mayShare(window(least, 60, far), first, mode)).toBe(true);
    expect(travel.mayShare(window(least - 1, 60, far), first, mode)).toBe(false);
  });

  test("in one place the rest alone lies between", () => {
    expect(travel.mayFollow(window(0, 60, here), window(70 * minuteMs, 60, here), "foot")).toBe(
      true,
    );
    expect(travel.mayFollow(window(0, 60, here), window(69 * minuteMs, 60, here), "foot")).toBe(
      false,
    );
  });
});

describe("crews", () => {
  const shifts = shiftOccurrences(zone, { from: date, days: 1 }, [
    { startMinute: 14 * 60, endMinute: 22 * 60 },
    { startMinute: 22 * 60, endMinute: 2 * 60 },
  ]);
  const crewsOf = (over: Partial<Parameters<typeof createCrews>[0]>) =>
    createCrews({ shifts, agreed: [], units: 3, staffing: null, ...over }, patrolDefaults).map(
      ({ units, mode, from, to, busy }) => ({ units, mode, from, to, busy: busy.length }),
    );
  const whole = { from: at("14:00"), to: at("02:00", "2021-12-02") };

  test("without staffing units are alike, on foot, and go on over the change of shift", () => {
    expect(crewsOf({})).toEqual([{ units: [1, 2, 3], mode: "foot", ...whole, busy: 0 }]);
  });

  test("a unit with an agreed window is by itself, and one beyond the number takes another's place", () => {
    const agreed = [window(at("16:00"), 60, here, 2)];
    expect(crewsOf({ agreed })).toEqual([
      { units: [1, 3], mode: "foot", ...whole, busy: 0 },
      { units: [2], mode: "foot", ...whole, busy: 1 },
    ]);
    expect(crewsOf({ agreed: [window(at("16:00"), 60, here, 7)] })[0]?.units).toEqual([1, 2]);
    const many = [1, 2, 3, 4].map((unit) => window(at("16:00"), 60, here, unit));
    // Four are out in the evening: the night has its three, the evening nobody more.
    expect(crewsOf({ agreed: many }).every(({ from }) => from === at("22:00"))).toBe(true);
  });

  test("staffed dates go by duty and mode, without what is taken and the way to it", () => {
    const { duties } = readStaffing(zone, {
      duties: [
        { date, unit: 1, hours: "14:00-22:00", mode: "foot" },
        { date, unit: 2, hours: "14:00-02:00", mode: "vehicle" },
        { date, unit: 5, hours: "14:00-22:00", mode: "foot" },
      ],
      tasks: [{ date, unit: 2, hours: "17:00-18:00", kind: "court" }],
      interviews: [],
      coreHours: "20:00-02:00",
    });
    const staffing: PlanStaffing = { dates: [date], duties };
    expect(crewsOf({ staffing })).toEqual([
      { units: [1, 5], mode: "foot", from: at("14:00"), to: at("22:00"), busy: 0 },
      { units: [2], mode: "vehicle", from: at("14:00"), to: at("16:45"), busy: 0 },
      { units: [2], mode: "vehicle", from: at("18:15"), to: at("02:00", "2021-12-02"), busy: 0 },
    ]);
    expect(crewsOf({ staffing: { dates: [date], duties: [] } })).toEqual([]);
  });
});

describe("visits that count", () => {
  const stop = (minutes: number, cell = here) => ({
    cell,
    arrive: at("20:00") + minutes * minuteMs,
    depart: at("20:00") + (minutes + 15) * minuteMs,
  });

  test("a logged stay is the planned stop that it is near, once, and counts by itself otherwise", () => {
    expect(countedVisits([stop(0)], [stop(20)])).toEqual([stop(0)]);
    expect(countedVisits([stop(0)], [stop(60)])).toEqual([stop(0), stop(60)]);
    expect(countedVisits([stop(0)], [stop(10), stop(30)])).toEqual([stop(0), stop(30)]);
    expect(countedVisits([stop(0)], [stop(10, far)])).toEqual([stop(0), stop(10, far)]);
    expect(countedVisits([stop(0), stop(150)], [stop(5), stop(155)])).toHaveLength(2);
    expect(countedVisits([], [stop(0), stop(hourMs / minuteMs)])).toHaveLength(2);
  });

  test("of a window that was called off, what it had begun counts", () => {
    const window = { end: at("20:00") + 60 * minuteMs, stops: [stop(0), stop(30), stop(60)] };
    expect(spentVisits([window])).toEqual([stop(0), stop(30)]);
    expect(spentVisits([{ ...window, end: at("20:00") }])).toEqual([]);
    expect(spentVisits([window, { ...window, end: window.end + 1 }])).toHaveLength(5);
  });

  test("the nearest planned stop is the one that was made, stays taken in the order of the evening", () => {
    const two = [stop(0), stop(70)];
    expect(countedVisits(two, [stop(65)])).toEqual(two);
    // The later stay was logged first; each still finds its own.
    expect(countedVisits(two, [stop(100), stop(30)])).toEqual(two);
    // 40 is nearer to 70 and takes it; what comes at 75 is then a visit of its own.
    expect(countedVisits(two, [stop(75), stop(40)])).toEqual([...two, stop(75)]);
    // Midway the first planned is taken for it.
    expect(countedVisits(two, [stop(35), stop(72)])).toEqual(two);
  });
});

describe("crews at the edges", () => {
  const evening = shiftOccurrences(zone, { from: date, days: 1 }, [
    { startMinute: 14 * 60, endMinute: 22 * 60 },
  ]);
  const duties = (hours: readonly string[], tasks: readonly string[] = []) =>
    readStaffing(zone, {
      duties: hours.map((one, index) => ({ date, unit: index + 1, hours: one, mode: "foot" })),
      tasks: tasks.map((one) => ({ date, unit: 1, hours: one, kind: "court" })),
      interviews: [],
      coreHours: "20:00-02:00",
    }).duties;
  const staffedCrews = (hours: readonly string[], tasks: readonly string[] = []) =>
    createCrews(
      {
        shifts: evening,
        agreed: [],
        units: 9,
        staffing: { dates: [date], duties: duties(hours, tasks) },
      },
      patrolDefaults,
    ).map(({ units, from, to }) => [units, zone.toLocal(from), zone.toLocal(to)]);
  const clock = (time: string) => Date.parse(`${date}T${time}Z`);

  test("what is left between two tasks is used where a window fits into it", () => {
    expect(staffedCrews(["14:00-22:00"], ["16:00-17:00", "18:30-22:00"])).toEqual([
      [[1], clock("14:00"), clock("15:45")],
      [[1], clock("17:15"), clock("18:15")],
    ]);
    expect(staffedCrews(["14:00-22:00"], ["16:00-17:00", "18:29-22:00"])).toEqual([
      [[1], clock("14:00"), clock("15:45")],
    ]);
    expect(staffedCrews(["14:00-15:00", "14:00-14:59"])).toEqual([
      [[1], clock("14:00"), clock("15:00")],
    ]);
  });

  test("duties that are alike are one crew, its numbers ascending, crews by start and number", () => {
    expect(staffedCrews(["15:00-22:00", "14:00-22:00", "15:00-22:00", "12:00-22:00"])).toEqual([
      [[2, 4], clock("14:00"), clock("22:00")],
      [[1, 3], clock("15:00"), clock("22:00")],
    ]);
  });

  test("who has no number any more is not given a window, and as many units are left as can be", () => {
    const crewsOf = (agreed: readonly PatrolWindow[], units: number) =>
      createCrews({ shifts: evening, agreed, units, staffing: null }, patrolDefaults)
        .map(({ units: own, busy }) => `${own.join("+")}:${busy.length}`)
        .sort((a, b) => (a < b ? -1 : 1));
    const out = (unit: number) => window(at("16:00"), 60, here, unit);
    expect(crewsOf([out(2), out(3)], 2)).toEqual(["2:1"]);
    expect(crewsOf([out(2)], 2)).toEqual(["1:0", "2:1"]);
    expect(crewsOf([out(1), out(2)], 2)).toEqual(["1:1", "2:1"]);
    expect(crewsOf([out(1), out(2), out(3)], 2)).toEqual([]);
    // A window of another evening takes nobody.
    expect(crewsOf([window(at("16:00", "2021-12-03"), 60, here, 2)], 2)).toEqual(["1+2:0"]);
    // Before or after the shift by up to four hours it matters for the way.
    expect(crewsOf([window(at("12:30"), 60, here, 2)], 2)).toEqual(["1:0", "2:1"]);
    expect(crewsOf([window(at("22:30"), 60, here, 2)], 2)).toEqual(["1:0", "2:1"]);
    expect(crewsOf([window(at("08:30"), 60, here, 2)], 2)).toEqual(["1+2:0"]);
  });

  test("shifts that follow within the way are one time, and those farther apart are two", () => {
    const shiftsAt = (start: number) => [
      ...evening,
      { date, start: at("22:00") + start * minuteMs, end: at("23:59") },
    ];
    const times = (start: number) =>
      createCrews({ shifts: shiftsAt(start), agreed: [], units: 1, staffing: null }, patrolDefaults)
        .length;
    expect([0, 14, 15, 30].map(times)).toEqual([1, 1, 2, 2]);
    const reversed = createCrews(
      { shifts: [...shiftsAt(0)].reverse(), agreed: [], units: 1, staffing: null },
      patrolDefaults,
    );
    expect(reversed).toHaveLength(1);
    expect(reversed[0]).toMatchObject({ from: at("14:00"), to: at("23:59") });
  });
});
