import { describe, expect, test } from "vitest";
import {
  type BoardDesk,
  judgeDraft,
  openDesk,
  otherUnitFor,
  totalsWith,
} from "#client/patrols/board-desk.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { cellAt, disk, type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { WorthReply } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import { createZone, formatInstant, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(Date.parse(`${local}:00Z`), "earlier");
const middle = cellAt([-0.0634, 51.6255], 10);
const inZone = parentCell(middle, zoneResolution);
const cells = disk(middle, 2).filter((cell) => parentCell(cell, zoneResolution) === inZone);

function windowAt(id: string, start: string, unit = 1, stops = cells.slice(0, 2)): WindowReply {
  const from = at(start);
  const text = (instant: number) => formatInstant(zone, instant);
  return {
    id,
    zone: inZone,
    place: "A place",
    start: text(from),
    end: text(from + 90 * minuteMs),
    unit,
    patrolPartner: null,
    stops: stops.map((cell, order) => ({
      cell,
      place: "A place",
      arrive: text(from + order * 40 * minuteMs),
      depart: text(from + (order * 40 + 15) * minuteMs),
    })),
    route: stops,
    expected: 0.1,
    range: null,
    share: 0.01,
    why: "",
    whyHere: "",
    whyNow: "",
    light: "dark",
    status: "suggested",
    locked: false,
    mode: "foot",
    purpose: "patrol",
    checked: null,
  };
}

function deskOf(
  windows: WindowReply[],
  closedAt?: { from: string; to: string } | null,
  more: Partial<WorthReply> = {},
): BoardDesk {
  const plan = {
    windows,
    from: "2021-12-03",
    days: 2,
    units: 2,
    options: null,
    shifts: ["14:00-22:00", "22:00-02:00"],
    totals: {
      windows: windows.length,
      minutes: 90 * windows.length,
      stops: 2 * windows.length,
      share: 0.02,
      dayCap: { visits: 2, cap: 4 },
      weekCap: { visits: 5, cap: 16 },
    },
  } as unknown as PlanReply;
  const view = { plan, plans: { status: "idle" } } as unknown as PlanView;
  const stretches = closedAt
    ? [{ from: at(closedAt.from), to: at(closedAt.to), cells: cells.slice(0, 1) }]
    : [];
  const keepClear = { stretches, until: at("2021-12-11T00:00"), shownUntil: null, failed: false };
  const worth = {
    total: 10,
    reachMinutes: 120,
    cells,
    rates: cells.flatMap(() => Array.from({ length: 168 }, () => 0.01)),
    logged: [],
    staffing: null,
    ...more,
  };
  const desk = openDesk(view, keepClear, zone, worth);
  if (!desk) throw new Error("There is a plan");
  return desk;
}

const moved = (window: WindowReply, start: string, over: object = {}) => ({
  window,
  start: at(start),
  end: at(start) + 90 * minuteMs,
  unit: window.unit,
  ...over,
});

describe("a window while it is dragged", () => {
  const window = windowAt("w1", "2021-12-03T18:00");

  test("fits in a free hour, with what its stops reach there", () => {
    const verdict = judgeDraft(deskOf([window]), moved(window, "2021-12-03T15:00"));
    expect(verdict).toEqual({ reason: null, expected: expect.closeTo(0.04, 6) });
  });

  test("does not fit in the hatch that is drawn, in the one sentence; touching its end is allowed", () => {
    const desk = deskOf([window], { from: "2021-12-03T16:00", to: "2021-12-03T17:00" });
    const inside = judgeDraft(desk, moved(window, "2021-12-03T15:00"));
    expect(inside).toMatchObject({ reason: "Not available at that time." });
    expect(judgeDraft(desk, moved(window, "2021-12-03T17:00")).reason).toBeNull();
    expect(judgeDraft(desk, moved(window, "2021-12-03T14:30")).reason).toBeNull();
  });

  test("goes by the ways that it has by street: their minutes count, and what closes one of them is the server's to say", () => {
    const line = [
      [-0.0634, 51.6255],
      [-0.0634, 51.6265],
    ] as [number, number][];
    const legs = (minutes: number) => [
      { line, metres: 500, minutes, words: "north on Fore Street" },
    ];
    const desk = deskOf([window], { from: "2021-12-03T16:00", to: "2021-12-03T17:00" });
    const [first, second] = cells.slice(1, 3);
    if (!first || !second) throw new Error("The zone has too few cells");
    const beside = { ...windowAt("w1", "2021-12-03T18:00", 1, [first, second]), legs: legs(10) };
    expect(judgeDraft(desk, moved(beside, "2021-12-03T15:00")).reason).toBeNull();
    const inside = { ...window, legs: legs(10) };
    expect(judgeDraft(desk, moved(inside, "2021-12-03T15:00")).reason).not.toBeNull();
    const long = { ...beside, legs: legs(61) };
    expect(judgeDraft(desk, moved(long, "2021-12-03T18:00")).reason).toMatch(
      "2 stops and travel between them take 91 minutes; the patrol has 90.",
    );
  });

  test("is told of shifts, units, visits and length in few words", () => {
    const other = windowAt("w2", "2021-12-03T15:00", 1, cells.slice(2, 4));
    const near = windowAt("w3", "2021-12-03T20:00", 2, cells.slice(0, 2));
    const desk = deskOf([window, other, near]);
    for (const [draft, words] of [
      [moved(window, "2021-12-03T21:00"), "Outside the shifts of this plan."],
      [moved(window, "2021-12-03T15:30"), "Unit 1 is already on patrol or travelling."],
      [moved(window, "2021-12-03T18:45"), /within 2 hours/],
      [moved(window, "2021-12-03T16:45", { unit: 3 }), "This plan has 2 units."],
      [moved(window, "2021-12-03T16:45", { end: at("2021-12-03T17:00") }), /lasts 60 to 120/],
    ] as const) {
      expect(judgeDraft(desk, draft).reason).toMatch(words);
    }
  });

  test("knows who is on duty and who has another task, on the dates that are staffed alone", () => {
    const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
    const staffing = {
      dates: ["2021-12-03"],
      duties: [
        {
          unit: 1,
          patrolPartner: null,
          mode: "foot" as const,
          ...span("2021-12-03T14:00", "2021-12-03T20:00"),
          free: [span("2021-12-03T14:00", "2021-12-03T17:00")],
        },
      ],
    };
    const desk = deskOf([window], null, { staffing });
    const reasonAt = (start: string, over?: object) =>
      judgeDraft(desk, moved(window, start, over)).reason;
    expect(reasonAt("2021-12-03T15:00")).toBeNull();
    expect(reasonAt("2021-12-03T17:30")).toBe("Unit 1 has another task then.");
    expect(reasonAt("2021-12-03T20:15")).toBe("Unit 1 is not on duty then.");
    expect(reasonAt("2021-12-03T15:00", { unit: 2 })).toBe("Unit 2 is not on duty then.");
    expect(reasonAt("2021-12-04T20:15")).toBeNull();
  });

  test("names another unit that could go where its own cannot, the first that is free", () => {
    const all = { from: at("2021-12-03T14:00"), to: at("2021-12-03T22:00") };
    const duty = (unit: number, free = [all]) => ({ unit, mode: "foot" as const, ...all, free });
    const otherOf = (duties: readonly ReturnType<typeof duty>[]) =>
      otherUnitFor(
        deskOf([window], null, { staffing: { dates: ["2021-12-03"], duties: [...duties] } }),
        window,
      );
    expect(otherOf([duty(3, []), duty(2)])).toBe(2);
    expect(otherOf([duty(2, [])])).toBeNull();
  });

  test("goes as the unit that gets it moves, not as the one that had it", () => {
    const day = { from: at("2021-12-03T14:00"), to: at("2021-12-03T22:00") };
    const duty = (unit: number, mode: "foot" | "vehicle") => ({ unit, mode, ...day, free: [day] });
    const staffing = { dates: ["2021-12-03"], duties: [duty(1, "vehicle"), duty(2, "foot")] };
    const driven = { ...windowAt("w1", "2021-12-03T18:00"), mode: "vehicle" as const };
    const farCell = cellAt([-0.0634, 51.6405], 10);
    const far = (unit: number) => ({
      ...windowAt(`far ${unit}`, "2021-12-03T14:30", unit, [farCell]),
      zone: parentCell(farCell, zoneResolution),
    });
    // From there it is a good mile: some 9 minutes by vehicle and 27 on foot, and 10 of rest.
    const desk = deskOf([driven, far(1), far(2)], null, { staffing });
    const verdict = (start: string, unit: number) =>
      judgeDraft(desk, moved(driven, start, { unit })).reason;
    expect(verdict("2021-12-03T16:25", 1)).toBeNull();
    expect(verdict("2021-12-03T16:25", 2)).toBe("Unit 2 is already on patrol or travelling.");
    expect(verdict("2021-12-03T16:55", 2)).toBeNull();
  });

  test("counts logged visits as planned ones: towards the day's limit and between two of one place", () => {
    const stay = (cell: H3Cell, time: string) => {
      const arrive = at(`2021-12-03T${time}`);
      return { cell, arrive, depart: arrive + 15 * minuteMs };
    };
    const cell = cells[0] as H3Cell;
    const times = ["05:00", "07:30", "10:00", "12:15"];
    const full = deskOf([window], null, { logged: times.map((time) => stay(cell, time)) });
    expect(judgeDraft(full, moved(window, "2021-12-03T16:00")).reason).toBe(
      "One of its stops has its 4 visits for that day already.",
    );
    expect(judgeDraft(full, moved(window, "2021-12-04T16:00")).reason).toBeNull();
    const near = deskOf([window], null, { logged: [stay(cell, "15:00")] });
    expect(judgeDraft(near, moved(window, "2021-12-03T16:00")).reason).toMatch(/within 2 hours/);
  });

  test("changes minutes, share and visits of the plan by the difference it makes", () => {
    const desk = deskOf([window]);
    const draft = moved(window, "2021-12-03T15:00", { end: at("2021-12-03T17:00") });
    const totals = totalsWith(desk, draft, judgeDraft(desk, draft));
    expect(totals.minutes).toBe(120);
    expect(totals.share).toBeCloseTo(0.02 + (0.04 - 0.1) / 10, 6);
    expect(totals.dayCap).toEqual({ visits: 2, cap: 4 });
  });

  test("a week of 80 windows is judged within a few milliseconds, as often as a hand moves", () => {
    const many = Array.from({ length: 80 }, (_, index) =>
      windowAt(`w${index}`, `2021-12-0${3 + (index % 2)}T${14 + (index % 8)}:00`, 1 + (index % 2)),
    );
    const desk = deskOf(many, { from: "2021-12-03T16:00", to: "2021-12-03T17:00" });
    const [first] = many;
    if (!first) throw new Error("There are windows");
    const begun = process.cpuUsage().user;
    for (let minute = 0; minute < 60; minute += 1) {
      const draft = moved(first, `2021-12-03T15:${String(minute).padStart(2, "0")}`);
      totalsWith(desk, draft, judgeDraft(desk, draft));
    }
    // Of processor time, each; asked: 100 ms from hand to picture.
    expect((process.cpuUsage().user - begun) / 1000 / 60).toBeLessThan(25);
  });
});
