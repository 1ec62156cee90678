import { expect, test } from "vitest";
import { readTimes, wallTime } from "#client/patrols/window/window-times.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const at = (text: string) => Date.parse(text);
const evening = { start: at("2021-11-29T23:30Z"), end: at("2021-11-30T00:45Z") };

test("a time after midnight typed for an evening window is that night's", () => {
  expect(readTimes(zone, evening, { start: "01:00", end: "02:00" })).toEqual({
    start: at("2021-11-30T01:00Z"),
    end: at("2021-11-30T02:00Z"),
  });
});

test("an end at or before the start is on the next day", () => {
  expect(readTimes(zone, evening, { start: "22:00", end: "00:15" })).toEqual({
    start: at("2021-11-29T22:00Z"),
    end: at("2021-11-30T00:15Z"),
  });
});

test("what is not a time is not read", () => {
  for (const start of ["", "25:00", "12:60", "noon"]) {
    expect(readTimes(zone, evening, { start, end: "23:00" })).toBeNull();
  }
});

test("an untouched time in autumn's doubled hour keeps its instant", () => {
  const second = { start: at("2021-10-31T01:15Z"), end: at("2021-10-31T02:30Z") };
  expect(wallTime(zone, second.start)).toBe("01:15");
  expect(readTimes(zone, second, { start: "01:15", end: "03:00" })).toEqual({
    start: second.start,
    end: at("2021-10-31T03:00Z"),
  });
});

test("an end typed before the start stays before it, to be refused as that", () => {
  const afternoon = { start: at("2021-11-29T20:00Z"), end: at("2021-11-29T21:15Z") };
  expect(readTimes(zone, afternoon, { start: "20:00", end: "19:30" })).toEqual({
    start: at("2021-11-29T20:00Z"),
    end: at("2021-11-29T19:30Z"),
  });
});
