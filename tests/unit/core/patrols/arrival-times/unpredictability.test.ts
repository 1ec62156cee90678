import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import {
  type Arrival,
  arrivalScore,
  guessedVisits,
  halfHourOf,
  halfHoursDuring,
  halfHoursOfTexts,
  leastGuessed,
  visitsByPlace,
} from "#core/patrols/arrival-times/unpredictability.ts";
import { createRandom } from "#core/random.ts";
import { addDays, createZone, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const place = cellAt([-0.0693, 51.5941], 10);
const other = cellAt([-0.0607, 51.6243], 10);
const at = (text: string) => zone.toInstant(Date.parse(`${text}Z`), "earlier");
const arrival = (cell: H3Cell, text: string) => ({ cell, arrive: at(text) });

/** One visit a day from Mon 4 Oct 2021, at these half-hours; null: none that day. */
function daily(halfHours: readonly (number | null)[]): Arrival[] {
  return halfHours.flatMap((halfHour, day) => {
    if (halfHour === null) return [];
    const clock = `${Math.floor(halfHour / 2)}`.padStart(2, "0");
    const date = addDays("2021-10-04", day);
    return [arrival(place, `${date}T${clock}:${halfHour % 2 === 0 ? "10" : "50"}`)];
  });
}

const weeks = (week: readonly (number | null)[]) => Array.from({ length: 8 }, () => week).flat();
const evening = halfHoursOfTexts(["14:00-22:00"]);
const judged = (arrivals: readonly Arrival[]) =>
  arrivalScore(arrivals, new Set([place]), evening, zone);

describe("an observer of one place", () => {
  test.each([
    ["always the same half-hour", weeks([40, null, 40, null, 40, null, null]), 1],
    // Of 24 visits the first of each weekday is not known yet.
    ["a fixed weekly rota", weeks([40, null, 32, null, 36, null, null]), 21 / 23],
    ["half an hour later each visit", [28, 29, 30, 31, 32, 33, 34, 35, 36, 37], 8 / 9],
    ["there and back", [30, 41, 30, 41, 30, 41, 30, 41], 5 / 7],
    ["a round of three", [30, 41, 35, 30, 41, 35, 30, 41, 35], 5 / 8],
    [
      "a rota whose Mondays are later and Wednesdays earlier each week",
      Array.from({ length: 8 }, (_, week) => [
        28 + week,
        null,
        43 - week,
        null,
        40,
        null,
        null,
      ]).flat(),
      // Two of each weekday are needed to know its step.
      18 / 23,
    ],
    ["three of four at one time", [40, 40, 40, 33], 2 / 3],
    ["each at another time, by another step", [28, 31, 29, 40, 34, 43, 30], 1 / 16],
    ["two at different times", [30, 35], 1 / 16],
  ])("guesses %s", (_, halfHours, guessed) => {
    const found = judged(daily(halfHours));
    expect(found.guessed).toBeCloseTo(guessed, 9);
    expect(found.score).toBeCloseTo((1 - guessed) / (1 - 1 / 16), 9);
  });

  test("knows what moves by half an hour and what a rota says, and hardly what is drawn", () => {
    const random = createRandom(7);
    const drawn = Array.from({ length: 40 }, () =>
      judged(daily(Array.from({ length: 24 }, () => 28 + random.integer(16)))),
    );
    const mean = drawn.reduce((sum, { score }) => sum + (score ?? 0), 0) / drawn.length;
    expect(mean).toBeGreaterThan(0.8);
    expect(judged(daily([28, 29, 30, 31, 32, 33, 34, 35])).score).toBeLessThan(0.2);
    expect(judged(daily(weeks([40, null, 32, null, 36, null, null]))).score).toBeLessThan(0.2);
  });

  test("of a single visit, or none, says nothing", () => {
    expect(judged(daily([40])).score).toBeNull();
    expect(judged([])).toEqual({ score: null, guessed: null, places: 0, arrivals: 0 });
  });

  test("guesses where there is one half-hour alone", () => {
    const one = arrivalScore(daily([40, 40]), new Set([place]), [40], zone);
    expect(one).toMatchObject({ score: 0, guessed: 1 });
  });

  test("reads visits in the order of time, however they are listed", () => {
    const arrivals = daily([28, 29, 30, 31, 32, 33]);
    expect(judged(arrivals.toReversed())).toEqual(judged(arrivals));
  });

  test("is left no less to guess by whatever visits are added", () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round += 1) {
      const days = Array.from({ length: 28 }, () =>
        random.next() < 0.5 ? 30 + random.integer(4) : null,
      );
      const visits = visitsByPlace(daily(days), zone).get(place) ?? [];
      const fewer = visits.filter(() => random.next() < 0.6);
      expect(guessedVisits(visits)).toBeGreaterThanOrEqual(leastGuessed(fewer));
    }
  });
});

describe("several places", () => {
  test("each weighs as much as it is visited; single visits and places of other weeks count nowhere", () => {
    const arrivals = [
      // Three at one time, in three weeks: 0.
      arrival(place, "2021-11-02T21:05"),
      arrival(place, "2021-11-09T21:20"),
      arrival(place, "2021-11-16T21:29"),
      // Two at two times: 1.
      arrival(other, "2021-11-02T15:00"),
      arrival(other, "2021-11-09T16:00"),
    ];
    const score = (places: readonly H3Cell[]) =>
      arrivalScore(arrivals, new Set(places), evening, zone);
    const both = score([place, other]);
    expect(both).toMatchObject({ places: 2, arrivals: 5 });
    expect(both.score).toBeCloseTo(2 / 5, 12);
    expect(both.guessed).toBeCloseTo((3 + 2 / 16) / 5, 12);
    expect(score([other])).toEqual({ score: 1, guessed: 1 / 16, places: 1, arrivals: 2 });
    expect(score([])).toEqual({ score: null, guessed: null, places: 0, arrivals: 0 });
  });

  test("a half-hour outside the shifts of now counts as permitted where somebody planned it", () => {
    const arrivals = [arrival(place, "2021-11-02T03:00"), arrival(place, "2021-11-09T15:00")];
    const { score } = arrivalScore(arrivals, new Set([place]), [30], zone);
    expect(score).toBe(1);
  });
});

describe("half-hours", () => {
  test("are those of the wall clock, summer and winter", () => {
    expect(halfHourOf(zone, at("2021-07-05T00:00"))).toBe(0);
    expect(halfHourOf(zone, at("2021-07-05T20:29"))).toBe(40);
    expect(halfHourOf(zone, at("2021-12-05T20:30"))).toBe(41);
    expect(halfHourOf(zone, at("2021-12-05T23:59"))).toBe(47);
  });

  test("of shifts are all that they reach into, over midnight too", () => {
    expect(halfHoursOfTexts(["22:00-02:00"])).toEqual([0, 1, 2, 3, 44, 45, 46, 47]);
    expect(halfHoursOfTexts(["14:15-15:10"])).toEqual([28, 29, 30]);
    expect(halfHoursOfTexts(["late"])).toEqual([]);
    const shift = { start: at("2021-12-05T22:00"), end: at("2021-12-06T02:00") };
    expect(halfHoursDuring(zone, [shift, shift])).toEqual(halfHoursOfTexts(["22:00-02:00"]));
    const odd = { start: at("2021-12-05T14:15"), end: at("2021-12-05T14:15") + 55 * minuteMs };
    expect(halfHoursDuring(zone, [odd])).toEqual([28, 29, 30]);
  });
});
