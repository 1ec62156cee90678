import { expect, test } from "vitest";
import {
  addDays,
  createZone,
  dayMs,
  formatInstant,
  formatLocal,
  hourMs,
  localHourOfWeek,
  minuteMs,
  parseLocal,
  parseLocalDate,
} from "#core/time/zone.ts";

const london = createZone("Europe/London");
const utc = (text: string) => Date.parse(`${text}Z`);

test("London changes its clocks at 01:00 UTC on the last Sundays of March and October", () => {
  const of2021 = london.changes.filter(({ at }) => new Date(at).getUTCFullYear() === 2021);
  expect(of2021).toEqual([
    { at: utc("2021-03-28T01:00"), before: 0, after: hourMs },
    { at: utc("2021-10-31T01:00"), before: hourMs, after: 0 },
  ]);
});

test("every change of London from 1996 to 2099 is on the last Sunday of March or October", () => {
  for (const { at } of london.changes.filter((change) => change.at >= utc("1996-01-01T00:00"))) {
    const date = new Date(at);
    expect([2, 9]).toContain(date.getUTCMonth());
    expect(date.getUTCDay()).toBe(0);
    expect(date.getUTCDate()).toBeGreaterThan(24);
    expect(formatLocal(at).slice(11)).toBe("01:00");
  }
  expect(london.changes.filter(({ at }) => at >= utc("1996-01-01T00:00"))).toHaveLength(2 * 104);
  // British Standard Time: summer time all year from 1968 to 31 October 1971, 02:00 UTC.
  expect(london.offsetAt(utc("1971-01-15T12:00"))).toBe(hourMs);
  expect(london.changes[0]).toEqual({ at: utc("1971-10-31T02:00"), before: hourMs, after: 0 });
});

test("the offset changes at the very millisecond", () => {
  const change = utc("2021-03-28T01:00");
  expect(london.offsetAt(change - 1)).toBe(0);
  expect(london.offsetAt(change)).toBe(hourMs);
  expect(london.offsetAt(utc("1970-01-01T00:00"))).toBe(hourMs);
  expect(london.offsetAt(utc("2099-07-01T00:00"))).toBe(hourMs);
});

test("the offset agrees with Intl at 20,000 instants in three zones", () => {
  for (const name of ["Europe/London", "America/New_York", "Australia/Lord_Howe"]) {
    const zone = createZone(name);
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: name,
      dateStyle: "short",
      timeStyle: "medium",
    });
    let at = utc("1980-01-01T00:00");
    for (let step = 0; step < 20_000; step += 1) {
      at += 47 * hourMs + 13 * minuteMs;
      const shown = Date.parse(`${format.format(at).replace(" ", "T")}Z`);
      if (zone.toLocal(at) !== shown) expect.fail(`${name} at ${new Date(at).toISOString()}`);
    }
  }
});

test("a wall-clock time has one instant, none in the missing hour, two in the doubled one", () => {
  const instants = (text: string) => london.instantsOf(parseLocal(text));
  expect(instants("2021-07-01T12:00")).toEqual([utc("2021-07-01T11:00")]);
  expect(instants("2021-03-28T00:59")).toEqual([utc("2021-03-28T00:59")]);
  expect(instants("2021-03-28T01:00")).toEqual([]);
  expect(instants("2021-03-28T01:59")).toEqual([]);
  expect(instants("2021-03-28T02:00")).toEqual([utc("2021-03-28T01:00")]);
  expect(instants("2021-10-31T00:59")).toEqual([utc("2021-10-30T23:59")]);
  expect(instants("2021-10-31T01:00")).toEqual([utc("2021-10-31T00:00"), utc("2021-10-31T01:00")]);
  expect(instants("2021-10-31T01:59")).toEqual([utc("2021-10-31T00:59"), utc("2021-10-31T01:59")]);
  expect(instants("2021-10-31T02:00")).toEqual([utc("2021-10-31T02:00")]);
});

test("one instant: a missing time moves over the gap, a doubled one follows the preference", () => {
  const missing = parseLocal("2021-03-28T01:30");
  expect(london.toInstant(missing, "earlier")).toBe(utc("2021-03-28T01:30"));
  expect(london.toInstant(missing, "later")).toBe(utc("2021-03-28T01:30"));
  const doubled = parseLocal("2021-10-31T01:30");
  expect(london.toInstant(doubled, "earlier")).toBe(utc("2021-10-31T00:30"));
  expect(london.toInstant(doubled, "later")).toBe(utc("2021-10-31T01:30"));
});

test("dates begin at their first instant, also where midnight is skipped", () => {
  expect(london.startOfDate("2021-06-01")).toBe(utc("2021-05-31T23:00"));
  expect(london.startOfDate("2021-10-31")).toBe(utc("2021-10-30T23:00"));
  expect(london.startOfDate("2021-11-01") - london.startOfDate("2021-10-31")).toBe(25 * hourMs);
  expect(london.startOfDate("2021-03-29") - london.startOfDate("2021-03-28")).toBe(23 * hourMs);
  // Clocks in Beirut went from 00:00 to 01:00 on 28 March 2021.
  const beirut = createZone("Asia/Beirut");
  expect(beirut.startOfDate("2021-03-28")).toBe(utc("2021-03-27T22:00"));
  expect(beirut.dateOf(beirut.startOfDate("2021-03-28"))).toBe("2021-03-28");
  expect(beirut.dateOf(beirut.startOfDate("2021-03-28") - 1)).toBe("2021-03-27");
});

test("a date is the local one", () => {
  expect(london.dateOf(utc("2021-06-30T23:30"))).toBe("2021-07-01");
  expect(london.dateOf(utc("2021-12-31T23:30"))).toBe("2021-12-31");
});

test("hours of the week run from Monday 00:00 = 0 to Sunday 23:00 = 167", () => {
  expect(london.hourOfWeek(utc("2021-11-22T00:00"))).toBe(0);
  expect(london.hourOfWeek(utc("2021-11-28T23:59"))).toBe(167);
  expect(london.hourOfWeek(utc("2021-07-04T23:30"))).toBe(0);
  expect(localHourOfWeek(parseLocal("1969-12-29T00:00"))).toBe(0);
});

test("what is not a date or time of the calendar is refused with the value", () => {
  for (const text of [
    "2021-02-29T00:00",
    "2021-02-31T00:00",
    "2021-13-01T00:00",
    "2021-00-10T00:00",
    "2021-01-01T24:00",
    "2021-01-01T12:60",
    "2021-1-1T00:00",
    "2021-01-01 00:00",
    "20210101T0000",
    "2021-01-01T00:00Z",
    "٢٠٢١-01-01T00:00",
    "",
  ]) {
    expect(() => parseLocal(text), text).toThrow(RangeError);
    expect(() => parseLocal(text)).toThrow(`"${text}"`);
  }
  expect(parseLocal("2020-02-29T23:59")).toBe(utc("2020-02-29T23:59"));
  expect(() => parseLocalDate("2021-02-29")).toThrow(RangeError);
});

test("a year below 100 is refused and not taken for one of the last century", () => {
  expect(() => parseLocal("0050-01-01T00:00")).toThrow(RangeError);
});

test("days are added on the calendar", () => {
  expect(addDays("2021-03-27", 1)).toBe("2021-03-28");
  expect(addDays("2021-03-28", 1)).toBe("2021-03-29");
  expect(addDays("2021-10-31", 1)).toBe("2021-11-01");
  expect(addDays("2020-03-01", -1)).toBe("2020-02-29");
  expect(addDays("2021-12-31", 1)).toBe("2022-01-01");
});

test("instants are written with the zone's offset and read back equal", () => {
  expect(formatInstant(london, utc("2021-11-26T20:00"))).toBe("2021-11-26T20:00:00+00:00");
  expect(formatInstant(london, utc("2021-07-26T20:00"))).toBe("2021-07-26T21:00:00+01:00");
  const newYork = createZone("America/New_York");
  expect(formatInstant(newYork, utc("2021-07-26T02:00"))).toBe("2021-07-25T22:00:00-04:00");
  const kathmandu = createZone("Asia/Kathmandu");
  expect(formatInstant(kathmandu, utc("2021-07-26T02:00"))).toBe("2021-07-26T07:45:00+05:45");
  for (let at = utc("2021-10-30T20:00"); at < utc("2021-10-31T06:00"); at += 10 * minuteMs) {
    expect(Date.parse(formatInstant(london, at))).toBe(at);
  }
});

test("every half hour of a year goes to the wall clock and back", () => {
  for (let at = utc("2021-01-01T00:00"); at < utc("2022-01-01T00:00"); at += 30 * minuteMs) {
    const found = london.instantsOf(london.toLocal(at));
    if (!found.includes(at)) expect.fail(new Date(at).toISOString());
  }
});

test("a zone without changes and one with a half-hour change work", () => {
  const reykjavik = createZone("Atlantic/Reykjavik");
  expect(reykjavik.changes).toEqual([]);
  expect(reykjavik.toLocal(utc("2021-07-01T12:00"))).toBe(utc("2021-07-01T12:00"));
  const lordHowe = createZone("Australia/Lord_Howe");
  const doubled = parseLocal("2021-04-04T01:45");
  const found = lordHowe.instantsOf(doubled);
  expect(found).toHaveLength(2);
  expect((found[1] ?? 0) - (found[0] ?? 0)).toBe(30 * minuteMs);
  expect(() => createZone("Mars/Olympus")).toThrow(RangeError);
});

test("days of a year in which both changes lie add up to 365 times 24 hours", () => {
  let sum = 0;
  for (let date = "2021-01-01"; date < "2022-01-01"; date = addDays(date, 1)) {
    sum += london.startOfDate(addDays(date, 1)) - london.startOfDate(date);
  }
  expect(sum).toBe(365 * dayMs);
});
