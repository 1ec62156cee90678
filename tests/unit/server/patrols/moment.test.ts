import { describe, expect, test } from "vitest";
import { cellAt, parentCell } from "#core/geo/cell.ts";
import { createZone, formatInstant, parseLocal } from "#core/time/zone.ts";
import { planMoment } from "#server/patrols/ask.ts";
import { lightAt } from "#server/patrols/judged-window.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(parseLocal(local), "earlier");

function moment(asked: string | undefined, demo: boolean) {
  const now = at("2021-11-26T10:30");
  const asAt = {
    now: () => now,
    date: () => "2021-11-26",
    demo,
    clock: () => Date.now(),
    refresh: async () => undefined,
  };
  const { asAt: date, reportsBefore, now: knowing, earliest } = planMoment({ asAt, zone }, asked);
  return [
    date,
    ...[reportsBefore, knowing, earliest].map((instant) => formatInstant(zone, instant)),
  ];
}

describe("what a plan may know", () => {
  test("today it knows the reports of whole days, and starts from now", () => {
    for (const demo of [true, false]) {
      expect(moment(undefined, demo)).toEqual([
        "2021-11-26",
        "2021-11-26T00:00:00+00:00",
        "2021-11-26T10:30:00+00:00",
        "2021-11-26T10:30:00+00:00",
      ]);
      expect(moment("2021-11-26", demo)).toEqual(moment(undefined, demo));
    }
  });

  test("another day's calendars are judged by the real clock, but in the demonstration by that day's", () => {
    const days = (demo: boolean) => moment("2021-10-31", demo);
    expect(days(false)[2]).toBe("2021-11-26T10:30:00+00:00");
    expect(days(true)[2]).toBe("2021-10-31T11:00:00+00:00");
    expect(days(false)[1]).toBe("2021-10-31T00:00:00+01:00");
    expect(days(false)[3]).toBe("2021-10-31T00:00:00+01:00");
  });

  test("a day that has not come is refused", () => {
    expect(() => moment("2021-11-27", true)).toThrow(/2021-11-27 has not come yet/);
  });
});

describe("light", () => {
  const cell = parentCell(cellAt([-0.0644, 51.6147], 10), 9);
  const light = (start: string, end: string) => lightAt(cell, at(start), at(end));

  test("follows the sun: on 21 December it sets at 15:53 and civil dusk ends at 16:33", () => {
    expect(light("2021-12-21T14:00", "2021-12-21T15:45")).toBe("light");
    expect(light("2021-12-21T15:30", "2021-12-21T16:10")).toBe("partly dark");
    expect(light("2021-12-21T16:10", "2021-12-21T17:30")).toBe("partly dark");
    expect(light("2021-12-21T16:40", "2021-12-21T18:00")).toBe("dark");
    expect(light("2021-12-22T06:00", "2021-12-22T07:15")).toBe("dark");
  });

  test("is light late in June", () => {
    expect(light("2021-06-21T20:00", "2021-06-21T21:15")).toBe("light");
    expect(light("2021-06-21T23:00", "2021-06-22T01:00")).toBe("dark");
  });
});
