import { expect, test } from "vitest";
import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import {
  checkRule,
  datesOf,
  daysOf,
  lengthMinutes,
  ruleFaults,
  type Session,
  type SessionRule,
  startingOnItsDays,
} from "#core/protected-time/session.ts";
import { hourMs } from "#core/time/zone.ts";
import { at, london, single, weekly } from "#tests/support/outreach.ts";

const utc = (text: string) => Date.parse(`${text}Z`);

function closed(rule: SessionRule, date = rule.firstDate): string {
  const { closedFrom, closedTo } = occurrenceOn(london, rule, date);
  const text = (instant: number) => new Date(instant).toISOString().slice(8, 16);
  return `${text(closedFrom)} ${text(closedTo)}`;
}

test("half an hour is added on each side and rounded outward to half hours", () => {
  expect(closed(single("2021-11-30", "20:00", "22:00"))).toBe("30T19:30 30T22:30");
  expect(closed(single("2021-11-30", "20:01", "21:59"))).toBe("30T19:30 30T22:30");
  expect(closed(single("2021-11-30", "20:29", "21:31"))).toBe("30T19:30 30T22:30");
  expect(closed(single("2021-11-30", "20:30", "21:30"))).toBe("30T20:00 30T22:00");
});

test("a session may cross midnight, and so may its margin", () => {
  expect(closed(single("2021-11-30", "23:00", "02:00"))).toBe("30T22:30 01T02:30");
  expect(closed(single("2021-11-30", "00:10", "01:00"))).toBe("29T23:30 30T01:30");
  expect(closed(single("2021-11-30", "22:00", "23:45"))).toBe("30T21:30 01T00:30");
});

test("in summer the wall clock is an hour ahead of UTC", () => {
  expect(closed(single("2021-07-01", "20:00", "22:00"))).toBe("01T18:30 01T21:30");
});

test("the missing hour of spring closes both of its readings", () => {
  // 01:30 on 28 March 2021 is 00:30 UTC by a clock already put forward, 01:30 UTC by the other.
  expect(closed(single("2021-03-28", "01:30", "03:00"))).toBe("28T00:00 28T02:30");
  expect(closed(single("2021-03-27", "22:00", "01:30"))).toBe("27T21:30 28T02:00");
  expect(closed(single("2021-03-28", "01:10", "01:50"))).toBe("27T23:30 28T02:30");
  expect(closed(single("2021-03-28", "00:30", "02:30"))).toBe("28T00:00 28T02:00");
});

test("the doubled hour of autumn closes from its first to its second reading", () => {
  expect(closed(single("2021-10-31", "01:00", "01:30"))).toBe("30T23:30 31T02:00");
  expect(closed(single("2021-10-30", "22:00", "01:30"))).toBe("30T20:30 31T02:00");
  // Half an hour before 02:00 is shown twice: the first counts.
  expect(closed(single("2021-10-31", "02:00", "03:00"))).toBe("31T00:30 31T03:30");
  // Half an hour after 00:45 too: the second counts.
  expect(closed(single("2021-10-30", "23:00", "00:45"))).toBe("30T21:30 31T01:30");
});

test("a weekly session keeps its wall clock through both changes of a year", () => {
  const session: Session = {
    rule: weekly("2021-03-16", "20:00", "22:00"),
    exceptions: [],
    endedAt: null,
  };
  const period = { from: at("2021-03-15T00:00"), to: at("2021-11-16T00:00") };
  const visits = occurrencesBetween(london, session, period);
  expect(visits).toHaveLength(35);
  for (const visit of visits) {
    const local = new Date(london.toLocal(visit.startsAt)).toISOString();
    expect(local).toBe(`${visit.date}T20:00:00.000Z`);
    expect(visit.closedTo - visit.closedFrom).toBe(3 * hourMs);
  }
});

test("a period takes what touches it by a moment, and leaves what ends as it begins", () => {
  const session: Session = {
    rule: single("2021-11-30", "20:00", "22:00"),
    exceptions: [],
    endedAt: null,
  };
  const count = (from: string, to: string) =>
    occurrencesBetween(london, session, { from: at(from), to: at(to) }).length;
  expect(count("2021-11-30T22:29", "2021-12-30T00:00")).toBe(1);
  expect(count("2021-11-30T22:30", "2021-12-30T00:00")).toBe(0);
  expect(count("2021-11-01T00:00", "2021-11-30T19:31")).toBe(1);
  expect(count("2021-11-01T00:00", "2021-11-30T19:30")).toBe(0);
});

test("a visit that crosses midnight into a period belongs to it", () => {
  const rule = weekly("2021-11-26", "22:00", "03:00");
  const period = { from: at("2021-12-04T03:00"), to: at("2021-12-05T00:00") };
  const visits = occurrencesBetween(london, { rule, exceptions: [], endedAt: null }, period);
  expect(visits.map((visit) => visit.date)).toEqual(["2021-12-03"]);
});

test("dates that were never to take place are open; those called off late stay closed", () => {
  const rule = weekly("2021-11-02", "20:00", "22:00");
  const told = (date: string, toldAt: number | null): Session => ({
    rule,
    exceptions: [{ date, toldAt }],
    endedAt: null,
  });
  const period = { from: at("2021-11-16T00:00"), to: at("2021-11-17T00:00") };
  const state = (session: Session) =>
    occurrencesBetween(london, session, period).map((visit) => visit.state);
  expect(state(told("2021-11-16", null))).toEqual([]);
  expect(state(told("2021-11-16", utc("2021-11-15T19:59")))).toEqual([]);
  expect(state(told("2021-11-16", utc("2021-11-15T20:00")))).toEqual(["called_off"]);
  expect(state(told("2021-11-16", utc("2021-11-16T21:00")))).toEqual(["called_off"]);
  expect(state(told("2021-11-09", utc("2021-11-01T00:00")))).toEqual(["planned"]);
});

test("an ended session keeps its past and what starts within 24 hours of its end", () => {
  const rule = weekly("2021-11-02", "20:00", "22:00");
  const session: Session = { rule, exceptions: [], endedAt: utc("2021-11-15T21:00") };
  const period = { from: at("2021-11-01T00:00"), to: at("2022-01-01T00:00") };
  const visits = occurrencesBetween(london, session, period);
  expect(visits.map((visit) => [visit.date, visit.state])).toEqual([
    ["2021-11-02", "planned"],
    ["2021-11-09", "planned"],
    ["2021-11-16", "called_off"],
  ]);
});

test("repeats skip weeks, end on their last date and begin on their first", () => {
  const rule = { ...weekly("2021-11-02", "20:00", "22:00"), everyWeeks: 3, until: "2021-12-14" };
  expect(datesOf(rule, "2021-01-01", "2022-12-31")).toEqual([
    "2021-11-02",
    "2021-11-23",
    "2021-12-14",
  ]);
  expect(datesOf(rule, "2021-11-03", "2021-11-23")).toEqual(["2021-11-23"]);
  expect(datesOf(single("2021-11-02", "20:00", "22:00"), "2021-11-03", "2021-12-01")).toEqual([]);
});

test("a rule that cannot be meant is refused in words", () => {
  const good = weekly("2021-11-02", "20:00", "22:00");
  expect(checkRule(good)).toEqual({ ok: true, value: good });
  for (const [change, reason] of [
    [{ end: "" }, "Give a time of day"],
    [{ start: "" }, "Give a time of day, such as 19:30."],
    [{ firstDate: "" }, "Give the first date."],
    [{ firstDate: "2100-01-01" }, "between 2000 and 2099"],
    [{ days: [1, 8] }, "numbers from 1"],
    [{ days: [2, 0] }, "numbers from 1"],
    [{ everyWeeks: 9 }, "every 1 to 8 weeks"],
    [{ days: [2, 2] }, "each once"],
    [{ days: [1, 3] }, "must fall on one of the days"],
    [{ repeats: "once", days: [2] }, "one day"],
    [{ start: "24:00" }, "not a time of day"],
    [{ start: "7:30" }, "not a time of day"],
    [{ firstDate: "2021-02-29" }, "is not a date"],
    [{ firstDate: "1999-01-01" }, "between 2000 and 2099"],
    [{ firstDate: "9999-01-01" }, "between 2000 and 2099"],
    [{ until: "2021-11-01" }, "before the first one"],
    [{ until: "soon" }, "is not a date"],
    [{ everyWeeks: 0 }, "every 1 to 8 weeks"],
    [{ everyWeeks: 1.5 }, "every 1 to 8 weeks"],
    [{ repeats: "once", until: "2021-12-01" }, "no last date"],
    [{ repeats: "once", everyWeeks: 2 }, "no repeat"],
  ] as const) {
    const checked = checkRule({ ...good, ...change } as SessionRule);
    expect(checked.ok ? "" : checked.reason, JSON.stringify(change)).toContain(reason);
  }
});

test("the words of a fault name what is wrong, and cut what is too long", () => {
  const good = weekly("2021-11-02", "20:00", "22:00");
  const faultOf = (change: Partial<SessionRule>) => ruleFaults({ ...good, ...change })[0];
  const long = "2021-11-26 and much more of it";
  const only = { everyWeeks: 8, until: null, days: [7, 2] } as const;
  expect(ruleFaults({ ...good, ...only })).toEqual([]);
  for (const [change, field, reason] of [
    [
      { firstDate: long },
      "firstDate",
      'The first date "2021-11-26 and much " is not a date: write it as 2021-11-26.',
    ],
    [{ until: "" }, "until", "Give the last date."],
    [
      { start: "half past seven in the evening" },
      "start",
      '"half past seven in t" is not a time of day: write it as 19:30.',
    ],
    [
      { days: [2, 1.5] },
      "days",
      "The days of the week are numbers from 1 (Monday) to 7 (Sunday), each once.",
    ],
  ] as const) {
    expect(faultOf(change as Partial<SessionRule>)).toEqual({ field, reason });
  }
  for (const edge of ["2000-01-01", "2099-12-31"]) {
    expect(ruleFaults({ ...good, firstDate: edge })).toEqual([]);
  }
  expect(ruleFaults({ ...good, until: good.firstDate })).toEqual([]);
  // With a first date that is none its weekday is not asked about.
  expect(ruleFaults({ ...good, firstDate: "", days: [1] }).map(({ field }) => field)).toEqual([
    "firstDate",
  ]);
});

test("the days of the week come in their order, and a rule may begin on the next of them", () => {
  const mixed = { ...weekly("2021-11-02", "20:00", "22:00"), days: [7, 2, 4] };
  expect(daysOf(mixed)).toEqual([2, 4, 7]);
  expect(datesOf(mixed, "2021-11-01", "2021-11-08")).toEqual([
    "2021-11-02",
    "2021-11-04",
    "2021-11-07",
  ]);
  expect(startingOnItsDays({ ...mixed, firstDate: "2021-11-05" }).firstDate).toBe("2021-11-07");
  expect(startingOnItsDays({ ...mixed, firstDate: "2021-11-04" }).firstDate).toBe("2021-11-04");
  const plain = weekly("2021-11-05", "20:00", "22:00");
  expect(startingOnItsDays(plain)).toEqual(plain);
  expect(daysOf(plain)).toEqual([5]);
});

test("each fault of a rule stands at its own field; a length runs over midnight", () => {
  const rule = { ...weekly("", "19:00", ""), until: "2021-01-01" };
  expect(ruleFaults(rule).map(({ field }) => field)).toEqual(["firstDate", "end"]);
  const late = { ...weekly("2021-11-26", "19:00", "24:00"), until: "2021-11-25" };
  expect(ruleFaults(late).map(({ field }) => field)).toEqual(["end", "until"]);
  expect(lengthMinutes({ start: "19:00", end: "18:30" })).toBe(23 * 60 + 30);
  expect(lengthMinutes({ start: "19:00", end: "22:00" })).toBe(180);
  expect(lengthMinutes({ start: "19:00", end: "19:00" })).toBe(24 * 60);
});

test("several days of the week, every other week, in weeks that begin on Monday", () => {
  // 26 November 2021 is a Friday.
  const rule = { ...weekly("2021-11-26", "20:00", "22:00"), everyWeeks: 2, days: [1, 5, 7] };
  expect(datesOf(rule, "2021-11-01", "2021-12-27")).toEqual([
    "2021-11-26",
    "2021-11-28",
    "2021-12-06",
    "2021-12-10",
    "2021-12-12",
    "2021-12-20",
    "2021-12-24",
    "2021-12-26",
  ]);
  expect(datesOf(rule, "2021-12-10", "2021-12-11")).toEqual(["2021-12-10"]);
  expect(datesOf({ ...rule, until: "2021-11-28" }, "2021-11-27", "2022-12-01")).toEqual([
    "2021-11-28",
  ]);
  const typed = { ...weekly("2021-11-27", "20:00", "22:00"), everyWeeks: 2, days: [2, 4] };
  expect(startingOnItsDays(typed).firstDate).toBe("2021-11-30");
  expect(startingOnItsDays(rule)).toEqual(rule);
});

test("two sessions that touch, and one of the whole week, close without a gap or an overlap", () => {
  const reach = { from: at("2021-12-06T00:00"), to: at("2021-12-13T00:00") };
  const closedBy = (rule: SessionRule) =>
    occurrencesBetween(london, { rule, exceptions: [], endedAt: null }, reach);
  const [first] = closedBy(single("2021-12-06", "18:00", "20:00"));
  const [second] = closedBy(single("2021-12-06", "20:00", "22:00"));
  expect(first?.endsAt).toBe(second?.startsAt);
  expect(first?.closedTo).toBeGreaterThan(second?.closedFrom ?? 0);
  const week = closedBy({
    ...weekly("2021-12-01", "09:00", "09:00"),
    days: [1, 2, 3, 4, 5, 6, 7],
  });
  for (const [index, visit] of week.entries()) {
    const next = week[index + 1];
    if (next) expect(visit.endsAt).toBe(next.startsAt);
  }
  expect(week[0]?.closedFrom).toBeLessThanOrEqual(reach.from);
  expect(week.at(-1)?.closedTo).toBeGreaterThanOrEqual(reach.to);
});

test("a session of 24 hours over each clock change is closed for 25 and for 23 hours", () => {
  for (const [date, hours] of [
    ["2021-10-30", 25],
    ["2022-03-26", 23],
  ] as const) {
    const visit = occurrenceOn(london, single(date, "20:00", "20:00"), date);
    expect((visit.endsAt - visit.startsAt) / 3_600_000).toBe(hours);
  }
});
