import { describe, expect, test } from "vitest";
import { parseShift, shiftOccurrences } from "#core/patrols/ground/shift.ts";
import { createZone, formatInstant, hourMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");

function shifts(...texts: string[]) {
  return texts.map((text) => {
    const shift = parseShift(text);
    if (!shift.ok) throw new Error(shift.reason);
    return shift.value;
  });
}

function occurrences(from: string, days: number, ...texts: string[]) {
  return shiftOccurrences(zone, { from, days }, shifts(...texts));
}

describe("shifts", () => {
  test("an end at or before the start lies on the next day; 24:00 is the end of this one", () => {
    const [late] = occurrences("2021-11-26", 1, "22:00-02:00");
    expect(late && formatInstant(zone, late.end)).toBe("2021-11-27T02:00:00+00:00");
    const [whole] = occurrences("2021-11-26", 1, "00:00-24:00");
    expect(whole && (whole.end - whole.start) / hourMs).toBe(24);
  });

  test("a shift belongs to the date on which it starts, and all are in order of time", () => {
    const found = occurrences("2021-11-26", 2, "22:00-02:00", "14:00-22:00");
    expect(found.map(({ date, start }) => `${date} ${formatInstant(zone, start)}`)).toEqual([
      "2021-11-26 2021-11-26T14:00:00+00:00",
      "2021-11-26 2021-11-26T22:00:00+00:00",
      "2021-11-27 2021-11-27T14:00:00+00:00",
      "2021-11-27 2021-11-27T22:00:00+00:00",
    ]);
  });
});

describe("shifts on the nights of the clock changes", () => {
  const length = (from: string, text: string) =>
    occurrences(from, 1, text).map(({ start, end }) => (end - start) / hourMs);

  test("the same shift is five hours long in autumn and three in spring", () => {
    expect(length("2021-10-30", "22:00-02:00")).toEqual([5]);
    expect(length("2021-03-27", "22:00-02:00")).toEqual([3]);
    expect(length("2021-10-31", "22:00-02:00")).toEqual([4]);
  });

  test("in the doubled hour a shift starts with the first reading and ends with the second", () => {
    expect(length("2021-10-31", "01:15-03:00")).toEqual([2.75]);
    expect(length("2021-10-30", "22:00-01:30")).toEqual([4.5]);
  });

  test("a shift that lies wholly in the missing hour does not happen", () => {
    expect(length("2021-03-28", "01:00-02:00")).toEqual([]);
  });
});

describe("at the edges of a shift", () => {
  const london = createZone("Europe/London");

  test.each([
    ["23:00-23:59", { startMinute: 1380, endMinute: 1439 }],
    [" 14:59-24:00 ", { startMinute: 899, endMinute: 1440 }],
    ["00:00-00:01", { startMinute: 0, endMinute: 1 }],
  ])("%s is read", (text, value) => {
    expect(parseShift(text)).toEqual({ ok: true, value });
  });

  test.each([
    "14-22",
    "",
    "24:00-23:00",
    "24:00-02:00",
    "14:60-22:00",
    "14:00-22:60",
    "x14:00-22:00",
    "14:00-22:00x",
    "14:00",
    "14:00-24:01",
  ])("%s is none", (text) => {
    expect(parseShift(text)).toEqual({
      ok: false,
      reason: `Write a shift as 14:00-22:00, not "${text}"`,
    });
  });

  test("of two that start together the shorter comes first, and the end is the second of a doubled hour", () => {
    const span = { from: "2021-10-30", days: 1 };
    const found = shiftOccurrences(london, span, [
      { startMinute: 22 * 60, endMinute: 90 },
      { startMinute: 22 * 60, endMinute: 23 * 60 },
      { startMinute: 14 * 60, endMinute: 22 * 60 },
    ]).map(({ start, end }) => [start, end].map((at) => new Date(at).toISOString().slice(11, 16)));
    expect(found).toEqual([
      ["13:00", "21:00"],
      ["21:00", "22:00"],
      ["21:00", "01:30"],
    ]);
  });
});
