import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import {
  halfHourOf,
  halfHoursDuring,
  halfHoursOfTexts,
} from "#core/patrols/arrival-times/half-hours.ts";
import {
  arrivalScore,
  bestWeighedEntropy,
  mostWeighedEntropy,
  placeScore,
  weighedEntropy,
} from "#core/patrols/arrival-times/unpredictability.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const place = cellAt([-0.0693, 51.5941], 10);
const other = cellAt([-0.0607, 51.6243], 10);
const at = (text: string) => zone.toInstant(Date.parse(`${text}Z`), "earlier");
const arrival = (cell: H3Cell, text: string) => ({ cell, arrive: at(text) });

describe("one place", () => {
  test.each([
    ["always the same half-hour", [5, 0, 0, 0], 4, 0],
    ["each in another", [1, 1, 1, 0], 4, 1],
    ["as even as whole numbers can be", [2, 1, 1, 1], 4, 1],
    ["all half-hours alike", [3, 3, 3, 3], 4, 1],
    // ln 4 - (3 ln 3) / 4 = 0.5623, over ln 4 = 1.3863.
    ["three of four at one time", [3, 1, 0, 0], 8, 0.4056],
    // Four visits in two half-hours: ln 2, and no more can be had.
    ["two and two, where there are two", [2, 2], 2, 1],
    // The same where there are many: ln 2 over ln 4.
    ["two and two, where there are many", [2, 2], 24, 0.5],
    ["where there is one half-hour, whoever knows the shift knows the time", [2], 1, 0],
  ])("%s", (_, counts, permitted, score) => {
    expect(placeScore(counts, permitted)).toBeCloseTo(score, 4);
  });

  test("a single visit, or none, says nothing", () => {
    expect(placeScore([1, 0], 4)).toBeNull();
    expect(placeScore([], 4)).toBeNull();
  });

  test("the most that can be is what trying every spread finds, and nothing where there is nothing", () => {
    const spreads = (left: number, slots: number): number[][] =>
      slots === 1
        ? [[left]]
        : Array.from({ length: left + 1 }, (_, first) =>
            spreads(left - first, slots - 1).map((rest) => [first, ...rest]),
          ).flat();
    for (const [arrivals, halfHours] of [
      [1, 3],
      [5, 2],
      [7, 3],
      [4, 5],
    ] as const) {
      const most = Math.max(...spreads(arrivals, halfHours).map(weighedEntropy));
      expect(mostWeighedEntropy(arrivals, halfHours)).toBeCloseTo(most, 9);
    }
    expect(mostWeighedEntropy(0, 3)).toBe(0);
    expect(mostWeighedEntropy(3, 0)).toBe(0);
  });

  test("the best that so many more visits can do fills the half-hours with fewest", () => {
    expect(bestWeighedEntropy([3, 0, 1], 3, [1, 2])).toBeCloseTo(weighedEntropy([3, 2, 2]), 9);
    expect(bestWeighedEntropy([3, 0, 1], 0, [1])).toBeCloseTo(weighedEntropy([3, 0, 1]), 9);
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
    const permitted = halfHoursOfTexts(["14:00-22:00"]);
    const score = (places: readonly H3Cell[]) =>
      arrivalScore(arrivals, new Set(places), permitted, zone);
    expect(score([place, other])).toEqual({ score: 2 / 5, places: 2, arrivals: 5 });
    expect(score([other])).toEqual({ score: 1, places: 1, arrivals: 2 });
    expect(score([])).toEqual({ score: null, places: 0, arrivals: 0 });
    expect(arrivalScore(arrivals.slice(0, 1), new Set([place]), permitted, zone).score).toBeNull();
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
