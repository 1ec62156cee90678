import ical, { type VEvent } from "node-ical";
import { expect, test } from "vitest";
import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { readCalendar, readWholeCalendar } from "#core/protected-time/read-calendar.ts";
import { createRandom, type Random } from "#core/random.ts";
import { dayMs, formatLocal } from "#core/time/zone.ts";
import { at, london } from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");

function fileOf(lines: readonly string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

function entry(lines: readonly string[], uid = "one@example.org"): string[] {
  return ["BEGIN:VEVENT", `UID:${uid}`, "SUMMARY:Evening round", ...lines, "END:VEVENT"];
}

function read(lines: readonly string[]) {
  const result = readWholeCalendar({ zone: london, now, text: fileOf(lines) });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

function sessionsOf(lines: readonly string[]) {
  return read(lines).entries.flatMap((one) => one.parts.flatMap((part) => part.sessions));
}

/** When the first of them is closed, as London's clock shows it. */
function closedBy(lines: readonly string[]): string[] {
  const reach = { from: now - 60 * dayMs, to: now + 400 * dayMs };
  return sessionsOf(lines)
    .flatMap(({ rule, except }) => {
      const exceptions = except.map((date) => ({ date, toldAt: null }));
      return occurrencesBetween(london, { rule, exceptions, endedAt: null }, reach);
    })
    .map(({ startsAt, endsAt }) =>
      [startsAt, endsAt].map((one) => formatLocal(london.toLocal(one))).join(" "),
    )
    .sort();
}

test("an all-day entry is the whole day; one of several days follows without a gap", () => {
  const day = read(entry(["DTSTART;VALUE=DATE:20211203"]));
  expect(day.entries).toMatchObject([{ isAllDay: true, occurrences: 1 }]);
  expect(closedBy(entry(["DTSTART;VALUE=DATE:20211203"]))).toEqual([
    "2021-12-03T00:00 2021-12-04T00:00",
  ]);
  const week = entry(["DTSTART;VALUE=DATE:20211206", "DTEND;VALUE=DATE:20211213"]);
  expect(closedBy(week)).toHaveLength(7);
  expect(closedBy(week).at(-1)).toBe("2021-12-12T00:00 2021-12-13T00:00");
  expect(read(week).entries[0]?.occurrences).toBe(1);
});

test("a session over the whole week, by times, ends when it ends", () => {
  const lines = [
    "DTSTART;TZID=Europe/London:20211206T180000",
    "DTEND;TZID=Europe/London:20211213T1",
  ];
  const week = entry([lines[0] ?? "", `${lines[1]}00000`]);
  const closed = closedBy(week);
  expect(closed).toHaveLength(7);
  expect(closed[0]).toBe("2021-12-06T18:00 2021-12-07T18:00");
  expect(closed.at(-1)).toBe("2021-12-12T18:00 2021-12-13T10:00");
  // Every second week from Friday to Sunday: each piece in the week in which it lies.
  const weekend = entry([
    "DTSTART;TZID=Europe/London:20211105T200000",
    "DTEND;TZID=Europe/London:20211107T080000",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU",
    "EXDATE;TZID=Europe/London:20211107T200000",
  ]);
  const starts = closedBy(weekend).map((one) => one.slice(0, 10));
  expect(starts.slice(0, 6)).toEqual([
    "2021-11-05",
    "2021-11-06",
    "2021-11-19",
    "2021-11-20",
    "2021-11-21",
    "2021-11-22",
  ]);
});

test("RDATE adds visits, by time, by date and with an end of its own", () => {
  const lines = [
    "DTSTART;TZID=Europe/London:20211201T200000",
    "DTEND;TZID=Europe/London:20211201T220000",
    "RDATE;TZID=Europe/London:20211202T210000,20211205T200000",
    "RDATE;VALUE=DATE:20211208",
    "RDATE;VALUE=PERIOD:20211210T200000Z/PT4H",
    "EXDATE;TZID=Europe/London:20211205T200000",
  ];
  expect(closedBy(entry(lines))).toEqual([
    "2021-12-01T20:00 2021-12-01T22:00",
    "2021-12-02T21:00 2021-12-02T23:00",
    "2021-12-08T20:00 2021-12-08T22:00",
    "2021-12-10T20:00 2021-12-11T00:00",
  ]);
});

test("one of two visits on a day is changed, and the other stays", () => {
  const lines = [
    ...entry([
      "DTSTART;TZID=Europe/London:20211201T100000",
      "DURATION:PT1H",
      "RRULE:FREQ=DAILY;BYHOUR=10,20;COUNT=4",
    ]),
    ...entry([
      "RECURRENCE-ID;TZID=Europe/London:20211201T200000",
      "DTSTART;TZID=Europe/London:20211201T210000",
      "DURATION:PT1H",
    ]),
  ];
  expect(closedBy(lines)).toEqual([
    "2021-12-01T10:00 2021-12-01T11:00",
    "2021-12-01T21:00 2021-12-01T22:00",
    "2021-12-02T10:00 2021-12-02T11:00",
    "2021-12-02T20:00 2021-12-02T21:00",
  ]);
});

const harbour = [
  "BEGIN:VTIMEZONE",
  "TZID:Harbour time",
  "BEGIN:STANDARD",
  "DTSTART:16010101T030000",
  "TZOFFSETFROM:+0300",
  "TZOFFSETTO:+0200",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:16010101T020000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0300",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
];

test("a zone that only the file knows is taken from its VTIMEZONE; without one it is refused", () => {
  const lines = entry(["DTSTART;TZID=Harbour time:20211201T200000", "DURATION:PT1H"]);
  expect(closedBy([...harbour, ...lines])).toEqual(["2021-12-01T18:00 2021-12-01T19:00"]);
  const summer = entry(["DTSTART;TZID=Harbour time:20220701T200000", "DURATION:PT1H"]);
  expect(closedBy([...harbour, ...summer])).toEqual(["2022-07-01T18:00 2022-07-01T19:00"]);
  expect(read(lines).rejected).toMatchObject([
    { title: "Evening round", reason: "Its time zone is not known: use Europe/London." },
  ]);
});

test("other programs' names of London are London, with and without rules in the file", () => {
  for (const name of ["GMT Standard Time", "/mozilla.org/20050126_1/Europe/London", "GB"]) {
    const lines = [
      `DTSTART;TZID=${name}:20211020T200000`,
      "DURATION:PT2H",
      "RRULE:FREQ=WEEKLY;UNTIL=20211103T200000Z",
    ];
    expect(sessionsOf(entry(lines)), name).toMatchObject([
      { rule: { repeats: "weekly", start: "20:00", until: "2021-11-03" } },
    ]);
  }
});

test("the doubled and the missing hour: both readings are closed, by rule and by single entry", () => {
  const doubled = entry(["DTSTART;TZID=Europe/London:20211031T011500", "DURATION:PT30M"]);
  expect(closedBy(doubled)).toEqual(["2021-10-31T01:15 2021-10-31T01:45"]);
  const [{ rule }] = sessionsOf(doubled) as [ReturnType<typeof sessionsOf>[number]];
  const [visit] = occurrencesBetween(
    london,
    { rule, exceptions: [], endedAt: null },
    { from: now - 60 * dayMs, to: now },
  );
  // From the first quarter past one to the second quarter to two.
  expect((visit?.endsAt ?? 0) - (visit?.startsAt ?? 0)).toBe(90 * 60_000);
  const missing = entry(["DTSTART;TZID=Europe/London:20220327T013000", "DURATION:PT1H"]);
  expect(closedBy(missing)).toHaveLength(1);
  // By time passed it ends at half past three.
  const spring = entry(["DTSTART;TZID=Europe/London:20220327T003000", "DURATION:PT2H"]);
  expect(closedBy(spring)).toEqual(["2022-03-27T00:30 2022-03-27T03:30"]);
});

test("the reading says how far it is and can be left in the middle", () => {
  const text = fileOf(
    Array.from({ length: 5 }, (_, index) =>
      entry(["DTSTART:20211201T200000", "DURATION:PT1H"], `${index}`),
    ).flat(),
  );
  const reading = readCalendar({ zone: london, now, text });
  const steps = [reading.next(), reading.next()];
  expect(steps.map((step) => step.value)).toEqual([
    { done: 1, of: 10 },
    { done: 2, of: 10 },
  ]);
});

test("a title is for its reader: it is plain text of bounded length", () => {
  const lines = [
    "BEGIN:VEVENT",
    "UID:t",
    `SUMMARY:Van\\, by the gate\\n${"x".repeat(400)}`,
    "LOCATION:Behind the shop",
    "DTSTART:20211201T200000",
    "DURATION:PT1H",
    "END:VEVENT",
  ];
  const [first] = read(lines).entries;
  expect(first?.title).toMatch(/^Van, by the gate x+$/);
  expect(first?.title).toHaveLength(120);
  expect(first?.location).toBe("Behind the shop");
});

/** Another reading of the same file: node-ical's, by instants. */
function byAnother(lines: readonly string[], from: number, to: number): string[] {
  const events = Object.values(ical.sync.parseICS(fileOf(lines)));
  return events
    .filter((one): one is VEvent => one?.type === "VEVENT")
    .flatMap((event) => {
      const out = new Set(
        Object.values(event.exdate ?? {}).map((one) => new Date(one as Date).getTime()),
      );
      const visits = event.rrule?.between(new Date(from), new Date(to), true) ?? [event.start];
      return visits.map((one) => new Date(one).getTime()).filter((one) => !out.has(one));
    })
    .map((one) => formatLocal(london.toLocal(one)))
    .sort();
}

test("60 random rules give the visits that another library finds, over both clock changes", () => {
  const random = createRandom(6);
  const [from, to] = [at("2021-10-18T00:00"), at("2022-05-20T00:00")];
  for (let index = 0; index < 60; index += 1) {
    const lines = entry([
      "DTSTART;TZID=Europe/London:20211018T200000",
      "DTEND;TZID=Europe/London:20211018T213000",
      `RRULE:${randomRule(random)}`,
      ...(random.next() < 0.5 ? ["EXDATE;TZID=Europe/London:20211025T200000,20211101T200000"] : []),
    ]);
    const mine = closedBy(lines)
      .map((one) => one.slice(0, 16))
      .filter((one) => one >= "2021-10-18T00:01" && one < "2022-05-20");
    const first = lines.some((line) => line.includes("BYDAY") || line.includes("BYMONTHDAY"));
    const theirs = byAnother(lines, from, to);
    // The start is a visit even where its own rule passes it over; node-ical leaves it out.
    const wanted = first ? [...new Set(["2021-10-18T20:00", ...theirs])] : theirs;
    expect(mine, lines.join(" ")).toEqual(wanted);
  }
});

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

function randomRule(random: Random): string {
  const some = () => weekdays.filter(() => random.next() < 0.4).join() || "MO";
  const interval = 1 + random.integer(4);
  const end = ["", ";COUNT=12", ";UNTIL=20220310T200000Z", ";UNTIL=20220310"][random.integer(4)];
  const rules = [
    `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${some()}`,
    `FREQ=WEEKLY;INTERVAL=${interval}`,
    `FREQ=DAILY;INTERVAL=${interval}`,
    `FREQ=MONTHLY;BYDAY=${1 + random.integer(4)}${weekdays[random.integer(7)]}`,
    `FREQ=MONTHLY;BYMONTHDAY=${1 + random.integer(28)},-1`,
  ];
  return `${rules[random.integer(rules.length)]}${end}`;
}
