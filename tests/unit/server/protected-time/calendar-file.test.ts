import { expect, test } from "vitest";
import {
  type ImportPlan,
  type ImportQuestion,
  planImport,
} from "#server/protected-time/calendar-file/plan-import.ts";
import { bundledGround } from "#tests/support/bundled-places.ts";
import { at, london } from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");

function plan(lines: readonly string[], question: Partial<ImportQuestion> = {}) {
  const text = ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR", ""].join("\r\n");
  return planImport({
    zone: london,
    now,
    text,
    radiusM: 150,
    places: [],
    ground: null,
    ...question,
  });
}

const geo = "GEO:51.61793;-0.06312";

/** One entry: its start on line 3 of the file. */
function entry(lines: readonly string[], uid = "one@example.org"): string[] {
  return ["BEGIN:VEVENT", `UID:${uid}`, geo, ...lines, "END:VEVENT"];
}

function planned(lines: readonly string[]): ImportPlan {
  const result = plan(lines);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

function rulesOf(result: ImportPlan) {
  return result.entries.flatMap((one) => one.sessions.map((session) => session.rule));
}

const evening = [
  "DTSTART;TZID=Europe/London:20211020T200000",
  "DTEND;TZID=Europe/London:20211020T220000",
];

test("a weekly rule becomes a weekly session in wall-clock time, endless or with its last date", () => {
  const endless = planned(entry([...evening, "RRULE:FREQ=WEEKLY"]));
  expect(rulesOf(endless)).toEqual([
    {
      repeats: "weekly",
      everyWeeks: 1,
      firstDate: "2021-10-20",
      start: "20:00",
      end: "22:00",
      until: null,
    },
  ]);
  // From 20 October to 26 weeks after 26 November.
  expect(endless.entries[0]?.occurrences).toBe(32);
  expect(endless.isCutOff).toBe(false);
  const counted = planned(entry([...evening, "RRULE:FREQ=WEEKLY;COUNT=5"]));
  expect(rulesOf(counted)).toMatchObject([{ until: "2021-11-17" }]);
  expect(counted.entries[0]?.occurrences).toBe(5);
  const far = planned(entry([...evening, "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z"]));
  expect(rulesOf(far)).toMatchObject([{ until: null }]);
});

test("several days, every other week and daily rules are weekly sessions too", () => {
  const days = planned(entry([...evening, "RRULE:FREQ=WEEKLY;BYDAY=WE,FR"]));
  expect(rulesOf(days)).toMatchObject([{ firstDate: "2021-10-20", days: [3, 5] }]);
  const fortnight = planned(entry([...evening, "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"]));
  expect(rulesOf(fortnight)).toMatchObject([
    { firstDate: "2021-10-20", everyWeeks: 2, days: [1, 3] },
  ]);
  // Weeks that begin on Sunday: two sessions, for here they begin on Monday.
  const sundays = planned(entry([...evening, "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,WE"]));
  expect(rulesOf(sundays).map((rule) => [rule.firstDate, rule.everyWeeks])).toEqual([
    ["2021-10-20", 2],
    ["2021-10-31", 2],
  ]);
  const daily = rulesOf(planned(entry([...evening, "RRULE:FREQ=DAILY"])));
  expect(daily).toMatchObject([{ days: [1, 2, 3, 4, 5, 6, 7], everyWeeks: 1 }]);
  expect(rulesOf(planned(entry([...evening, "RRULE:FREQ=DAILY;INTERVAL=2"])))).toHaveLength(7);
});

test("what weekly sessions cannot say is kept as dates to the horizon, and that is said", () => {
  const monthly = planned(entry([...evening, "RRULE:FREQ=MONTHLY;BYDAY=3WE"]));
  expect(monthly.isCutOff).toBe(true);
  expect(rulesOf(monthly).map((rule) => rule.firstDate)).toEqual([
    "2021-10-20",
    "2021-11-17",
    "2021-12-15",
    "2022-01-19",
    "2022-02-16",
    "2022-03-16",
    "2022-04-20",
    "2022-05-18",
  ]);
  const ending = planned(entry([...evening, "RRULE:FREQ=MONTHLY;BYDAY=3WE;COUNT=3"]));
  expect(ending.isCutOff).toBe(false);
  expect(rulesOf(ending)).toHaveLength(3);
});

test("a rule in universal time moves by an hour on the London clock", () => {
  const lines = ["DTSTART:20211020T190000Z", "DTEND:20211020T210000Z"];
  const rules = rulesOf(planned(entry([...lines, "RRULE:FREQ=WEEKLY;COUNT=3"])));
  expect(rules.map((rule) => `${rule.firstDate} ${rule.start}`)).toEqual([
    "2021-10-20 20:00",
    "2021-10-27 20:00",
    "2021-11-03 19:00",
  ]);
});

test("a time without a zone is London wall clock; a Windows zone name is understood", () => {
  const floating = planned(entry(["DTSTART:20220401T200000", "DURATION:PT90M"]));
  expect(rulesOf(floating)).toMatchObject([
    { repeats: "once", firstDate: "2022-04-01", start: "20:00", end: "21:30" },
  ]);
  const windows = planned(
    entry(["DTSTART;TZID=GMT Standard Time:20220401T230000", "DURATION:PT3H"]),
  );
  expect(rulesOf(windows)).toMatchObject([{ start: "23:00", end: "02:00" }]);
});

test("EXDATE takes out the visit that it names, and nothing when it names none", () => {
  const rule = [...evening, "RRULE:FREQ=WEEKLY"];
  const exceptOf = (line: string) =>
    planned(entry([...rule, line])).entries[0]?.sessions[0]?.except;
  expect(exceptOf("EXDATE;TZID=Europe/London:20211103T200000,20211110T200000")).toEqual([
    "2021-11-03",
    "2021-11-10",
  ]);
  expect(exceptOf("EXDATE:20211103T200000Z")).toEqual(["2021-11-03"]);
  expect(exceptOf("EXDATE;VALUE=DATE:20211103")).toEqual(["2021-11-03"]);
  expect(exceptOf("EXDATE:20211103T190000Z")).toEqual([]);
});

test("RECURRENCE-ID moves one visit, or calls it off", () => {
  const repeat = entry([...evening, "RRULE:FREQ=WEEKLY"]);
  const changed = (lines: string[]) =>
    entry(["RECURRENCE-ID;TZID=Europe/London:20211201T200000", ...lines]);
  const moved = planned([
    ...repeat,
    ...changed([
      "DTSTART;TZID=Europe/London:20211202T210000",
      "DTEND;TZID=Europe/London:20211202T230000",
    ]),
  ]);
  const [main, other] = moved.entries[0]?.sessions ?? [];
  expect(main?.except).toEqual(["2021-12-01"]);
  expect(other?.rule).toMatchObject({ repeats: "once", firstDate: "2021-12-02", start: "21:00" });
  expect(other?.place).toBe(main?.place);
  const off = planned([...repeat, ...changed([...evening, "STATUS:CANCELLED"])]);
  expect(off.entries[0]?.sessions).toHaveLength(1);
  expect(off.entries[0]?.sessions[0]?.except).toEqual(["2021-12-01"]);
  const alone = planned(changed(evening));
  expect(alone.rejected).toMatchObject([{ line: 3 }]);
});

test("a cancelled entry asks for no session; so does a whole file of METHOD:CANCEL", () => {
  const off = planned(entry([...evening, "STATUS:CANCELLED"]));
  expect(off).toMatchObject({ rejected: [], entries: [{ sessions: [], occurrences: 0 }] });
  const file = planned(["METHOD:CANCEL", ...entry(evening)]);
  expect(file.entries[0]?.sessions).toEqual([]);
});

const refused: readonly (readonly [string, readonly string[]])[] = [
  ["It has no start (DTSTART).", []],
  ["It has no end (DTEND or DURATION).", ["DTSTART:20211201T200000"]],
  [
    "Its start and its end are not both a date, or both a date and time.",
    ["DTSTART;VALUE=DATE:20211201", "DTEND:20211201T200000"],
  ],
  ["It ends as it begins: give it an end.", ["DTSTART:20211201T200000", "DURATION:PT0S"]],
  [
    'DURATION "for a while" is not how long something lasts, such as PT2H.',
    ["DTSTART:20211201T200000", "DURATION:for a while"],
  ],
  [
    'DTSTART "20210231T200000" is a date or time that does not exist.',
    ["DTSTART:20210231T200000", "DURATION:PT1H"],
  ],
  [
    'DTSTART "20211201T240000" is a date or time that does not exist.',
    ["DTSTART:20211201T240000", "DURATION:PT1H"],
  ],
  [
    "DTSTART lies in the year 9999: sessions are kept from 2000 to 2099.",
    ["DTSTART:99991201T200000", "DURATION:PT1H"],
  ],
  ["It ends before it has begun.", ["DTSTART:20211201T200000", "DTEND:20211201T190000"]],
  ["It lasts more than 31 days: enter it as several.", ["DTSTART:20211201T200000", "DURATION:P5W"]],
  [
    "Its time zone is not known: use Europe/London.",
    ["DTSTART;TZID=Mars/Olympus:20211201T200000", "DURATION:PT1H"],
  ],
  [
    "Its repeat rule is secondly: sessions repeat by days, weeks, months or years.",
    [...evening, "RRULE:FREQ=SECONDLY"],
  ],
  [
    "Its repeat rule gives no visit, or more than can be read.",
    [...evening, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
  ],
  [
    "Its repeat rule gives no visit at all.",
    [...evening, "RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z"],
  ],
  [
    "Its repeat rule counts more than 1000 visits: leave the count out.",
    [...evening, "RRULE:FREQ=DAILY;COUNT=20000"],
  ],
  [
    "Its repeat rule (RRULE) cannot be read: it says not how often.",
    [...evening, "RRULE:FREQ=SOMETIMES"],
  ],
  ['Its repeat rule cannot be read: "BYMONTH=13".', [...evening, "RRULE:FREQ=MONTHLY;BYMONTH=13"]],
  ['Its repeat rule cannot be read: "COUNT=ABC".', [...evening, "RRULE:FREQ=WEEKLY;COUNT=abc"]],
  ['Its repeat rule cannot be read: "INTERVAL=0".', [...evening, "RRULE:FREQ=WEEKLY;INTERVAL=0"]],
  [
    "Its repeat rule gives more than 8 visits a day: enter one session for the whole time.",
    [...evening, `RRULE:FREQ=DAILY;BYMINUTE=${Array.from({ length: 60 }, (_, at) => at).join()}`],
  ],
  [
    "RDATE lies in the year 9999: sessions are kept from 2000 to 2099.",
    [...evening, "RDATE:99991202T200000Z"],
  ],
];

test.each(refused)("an entry is refused by its line: %s", (reason, lines) => {
  const result = planned([
    ...entry(evening, "good@example.org"),
    ...entry(lines, "bad@example.org"),
  ]);
  expect(result.rejected).toEqual([{ line: 3 + 4 + evening.length, reason }]);
  expect(rulesOf(result)).toHaveLength(1);
});

test("a place that is swapped, far away or no number is refused without repeating it", () => {
  for (const line of ["GEO:-0.06312;51.61793", "GEO:91;0", "GEO:abc;def", "GEO:1e308;NaN"]) {
    const lines = ["BEGIN:VEVENT", "UID:x", line, ...evening, "END:VEVENT"];
    const read = plan(lines, { ground: bundledGround() });
    const rejected = read.ok ? read.value.rejected : [];
    expect(rejected, line).toHaveLength(1);
    expect(rejected[0]?.reason).not.toMatch(/\d\.\d/);
  }
});

test("without GEO the saved places are closed; without either the entry is refused", () => {
  const lines = ["BEGIN:VEVENT", "UID:x", ...evening, "END:VEVENT"];
  expect(planned(lines).rejected).toEqual([
    { line: 3, reason: "It has no place (GEO), and the partner has no saved place." },
  ]);
  const drawn = planned(entry(evening)).entries[0]?.sessions[0]?.place;
  if (drawn === undefined) throw new Error("no place was drawn");
  const saved = { ...drawn, id: "7" };
  const result = plan(lines, { places: [saved] });
  expect(result.ok && result.value.entries[0]?.sessions[0]?.place).toBe(saved);
});

test("one venue is one place, within a file and over imports", () => {
  const result = planned([...entry(evening, "a"), ...entry(evening, "b"), ...entry(evening, "c")]);
  const places = result.entries.flatMap((one) => one.sessions.map((session) => session.place));
  expect(new Set(places).size).toBe(1);
  const [first] = places;
  if (first === undefined) throw new Error("no place was drawn");
  const saved = { ...first, id: "7" };
  const again = plan(entry(evening), { places: [saved] });
  expect(again.ok && again.value.entries[0]?.sessions[0]?.place).toBe(saved);
});

test("nothing of titles, notes and guests is read; alarms and folded lines do no harm", () => {
  const result = planned([
    "BEGIN:VEVENT",
    "UID:__proto__",
    "SUMMARY:A name that nobody needs",
    "DESCRIPTION:first",
    "  and DTSTART:20300101T000000Z folded into it",
    geo,
    ...evening,
    "BEGIN:VALARM",
    "TRIGGER:-PT1H",
    "DURATION:PT5M",
    "END:VALARM",
    "END:VEVENT",
  ]);
  expect(rulesOf(result)).toMatchObject([{ firstDate: "2021-10-20", end: "22:00" }]);
  expect(JSON.stringify(result)).not.toContain("nobody");
});

test("what is no whole calendar is refused in words", () => {
  const read = (text: string) => {
    const result = plan([], { text });
    return result.ok ? "" : result.reason;
  };
  expect(read("")).toContain("not a calendar");
  expect(read("date,time\n1,2\n")).toContain("not a calendar");
  expect(read("\0\0\0")).toContain("not a calendar");
  expect(read("BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:x\r")).toBe(
    "The calendar is cut off: VCALENDAR, VEVENT is never closed. Export it again.",
  );
  expect(read("BEGIN:VCALENDAR\nEND:VCALENDAR\n")).toContain("no entries");
  expect(read(`BEGIN:VCALENDAR\n${"BEGIN:X\n".repeat(100_000)}`)).toContain("never closed");
  const many = Array.from({ length: 40 }, (_, index) => entry([], `bad${index}`)).flat();
  const result = plan(many);
  expect(!result.ok && result.reason).toContain("The first, line 3: It has no start");
});

test("an entry where this team plans no patrols is refused by its line, and the others are read", () => {
  const ground = bundledGround();
  const far = [
    "BEGIN:VEVENT",
    "UID:far",
    "GEO:51.5;-0.1",
    "DTSTART;TZID=Europe/London:20211201T200000",
    "DTEND;TZID=Europe/London:20211201T220000",
    "END:VEVENT",
  ];
  const near = far.map((line) =>
    line.replace("far", "near").replace("51.5;-0.1", "51.61793;-0.06312"),
  );
  const read = plan([...far, ...near], { ground });
  expect(read.ok).toBe(true);
  if (!read.ok) return;
  expect(read.value.rejected).toEqual([
    { line: 3, reason: expect.stringMatching(/^GEO: .*plans no patrols there/) },
  ]);
  expect(read.value.entries).toHaveLength(1);
  expect(JSON.stringify(read.value.rejected)).not.toMatch(/51\.5|0\.1/);
});
