import { describe, expect, test } from "vitest";
import {
  interviewOffers,
  readStaffing,
  type Staffing,
  staffingConflict,
} from "#core/patrols/duty/staffing.ts";
import { createZone, formatInstant } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const date = "2021-12-01";
const at = (clock: string, on = date) => zone.toInstant(Date.parse(`${on}T${clock}Z`), "earlier");

function staffing(over: Partial<Staffing> = {}): Staffing {
  return {
    duties: [
      { date, unit: 1, hours: "14:00-22:00", mode: "foot" },
      { date, unit: 2, hours: "14:00-22:00", mode: "vehicle" },
    ],
    tasks: [],
    interviews: [],
    coreHours: "20:00-02:00",
    ...over,
  };
}

const freeOf = (over: Partial<Staffing>, unit: number) =>
  readStaffing(zone, staffing(over))
    .duties.filter((duty) => duty.unit === unit)
    .flatMap(({ free }) => free)
    .map(({ from, to }) =>
      [from, to].map((one) => formatInstant(zone, one).slice(11, 16)).join("-"),
    );

describe("what takes a unit from patrol", () => {
  test("a task of a unit takes its hours, the part outside its duty nothing", () => {
    const tasks = [{ date, unit: 1, hours: "12:00-15:30", kind: "court" } as const];
    expect(freeOf({ tasks }, 1)).toEqual(["15:30-22:00"]);
    expect(freeOf({ tasks }, 2)).toEqual(["14:00-22:00"]);
  });

  test("a task for any unit takes one that is free, after those with a name, the highest number of equals", () => {
    const any = { date, unit: null, hours: "16:00-18:00", kind: "match_day" } as const;
    expect(freeOf({ tasks: [any] }, 2)).toEqual(["14:00-16:00", "18:00-22:00"]);
    expect(freeOf({ tasks: [any] }, 1)).toEqual(["14:00-22:00"]);
    const tasks = [any, { date, unit: 2, hours: "15:00-19:00", kind: "event" } as const];
    expect(freeOf({ tasks }, 2)).toEqual(["14:00-15:00", "19:00-22:00"]);
    expect(freeOf({ tasks }, 1)).toEqual(["14:00-16:00", "18:00-22:00"]);
    const three = readStaffing(zone, staffing({ tasks: [any, any, any] }));
    expect(three.faults).toEqual([
      { field: "tasks.2", reason: "no unit is on duty and free at that time" },
    ]);
  });

  test("an interview lies outside the core hours, in one unit's free time, and takes it", () => {
    const block = (hours: string, unit: number | null = null) => ({ date, unit, hours });
    expect(freeOf({ interviews: [block("15:00-16:00")] }, 2)).toEqual([
      "14:00-15:00",
      "16:00-22:00",
    ]);
    const faults = (...interviews: Staffing["interviews"]) =>
      readStaffing(zone, staffing({ interviews })).faults.map(
        ({ field, reason }) => `${field} ${reason}`,
      );
    expect(faults(block("19:00-20:00"))).toEqual([]);
    expect(faults(block("19:30-20:30"))).toEqual([
      "interviews.0 interviews lie outside the core hours, 20:00-02:00",
    ]);
    expect(faults(block("13:30-14:30", 1))).toEqual([
      "interviews.0 unit 1 is not on duty and free for all of it",
    ]);
    expect(faults(block("15:00-16:00"), block("15:00-16:00"), block("15:30-16:30"))).toEqual([
      "interviews.2 no unit is on duty and free for all of it",
    ]);
  });

  test("the core hours of the evening before count as well", () => {
    const early = staffing({
      duties: [{ date, unit: 1, hours: "00:00-06:00", mode: "foot" }],
      interviews: [{ date, unit: 1, hours: "01:00-02:00" }],
    });
    expect(readStaffing(zone, early).faults).toHaveLength(1);
  });
});

describe("whether a unit can go", () => {
  const { duties } = readStaffing(
    zone,
    staffing({ tasks: [{ date, unit: 1, hours: "16:00-18:00", kind: "training" }] }),
  );
  test.each([
    [1, "14:00", "16:00", null],
    [1, "15:59", "16:30", "Unit 1 has another task then."],
    [1, "18:00", "20:00", null],
    [1, "13:00", "15:00", "Unit 1 is not on duty then."],
    [2, "20:30", "22:00", null],
    [2, "20:30", "22:01", "Unit 2 is not on duty then."],
    [3, "15:00", "16:00", "Unit 3 is not on duty then."],
  ])("unit %i from %s to %s: %s", (unit, start, end, answer) => {
    expect(staffingConflict({ unit, start: at(start), end: at(end) }, duties)).toBe(answer);
  });
});

describe("interview times", () => {
  const offers = (over: Partial<Staffing>) => {
    const given = staffing(over);
    const { duties } = readStaffing(zone, given);
    return interviewOffers(zone, duties, { coreHours: given.coreHours, from: date, days: 1 });
  };

  test("are farthest from the core hours, one of a unit and three of a day", () => {
    const duties = [1, 2, 3, 4].map((unit) => ({
      date,
      unit,
      hours: `${13 + unit}:00-22:00`,
      mode: "foot" as const,
    }));
    expect(offers({ duties })).toEqual([
      { date, unit: 1, hours: "14:00-15:00" },
      { date, unit: 2, hours: "15:00-16:00" },
      { date, unit: 3, hours: "16:00-17:00" },
    ]);
  });

  test("are none where duty and core hours are the same, or something else is to be done", () => {
    expect(offers({ coreHours: "14:00-22:00" })).toEqual([]);
    const tasks = [1, 2].map((unit) => ({
      date,
      unit,
      hours: "14:00-19:30",
      kind: "other" as const,
    }));
    expect(offers({ tasks })).toEqual([]);
  });
});

describe("at the edges of hours", () => {
  const refusals = (over: Partial<Staffing>) =>
    readStaffing(zone, staffing(over)).faults.map(({ field, reason }) => `${field} ${reason}`);
  const none = '"22:00-22:00" are no hours: they start and end at the same time';

  test("hours that are none are named, of a duty, a task and an interview", () => {
    const duty = { date, unit: 1, hours: "22:00-22:00", mode: "foot" as const };
    expect(refusals({ duties: [duty] })).toEqual([`duties.0 ${none}`]);
    const task = { date, unit: 1, hours: "22:00-22:00", kind: "court" as const };
    expect(refusals({ tasks: [task] })).toEqual([`tasks.0 ${none}`]);
    expect(refusals({ interviews: [{ date, unit: 1, hours: "22:00-22:00" }] })).toEqual([
      `interviews.0 ${none}`,
    ]);
    const twice = [
      { date, unit: 1, hours: "14:00-22:00", mode: "foot" as const },
      { date, unit: 1, hours: "21:00-23:00", mode: "foot" as const },
      { date, unit: 1, hours: "22:00-23:00", mode: "foot" as const },
    ];
    expect(refusals({ duties: twice })).toEqual(["duties.1 unit 1 is on duty twice at that time"]);
  });

  test("duties are by start and then by unit, whatever order they were typed in", () => {
    const duties = [
      { date, unit: 3, hours: "14:00-22:00", mode: "foot" as const },
      { date, unit: 2, hours: "16:00-22:00", mode: "foot" as const },
      { date, unit: 1, hours: "14:00-22:00", mode: "foot" as const },
      { date, unit: 4, hours: "13:00-22:00", mode: "foot" as const },
    ];
    expect(readStaffing(zone, staffing({ duties })).duties.map(({ unit }) => unit)).toEqual([
      4, 1, 3, 2,
    ]);
  });

  test("a task that only touches takes nothing, and one in the middle leaves both sides", () => {
    const task = (hours: string) => [{ date, unit: 1, hours, kind: "court" as const }];
    expect(freeOf({ tasks: task("12:00-14:00") }, 1)).toEqual(["14:00-22:00"]);
    expect(freeOf({ tasks: task("22:00-23:00") }, 1)).toEqual(["14:00-22:00"]);
    expect(freeOf({ tasks: task("16:00-17:00") }, 1)).toEqual(["14:00-16:00", "17:00-22:00"]);
    expect(freeOf({ tasks: task("13:00-23:00") }, 1)).toEqual([]);
  });

  test("a task for any unit goes to the one with the most of it free, if any has some", () => {
    const any = { date, unit: null, hours: "17:00-19:00", kind: "event" as const };
    const busy = { date, unit: 2, hours: "16:00-18:00", kind: "court" as const };
    expect(freeOf({ tasks: [busy, any] }, 1)).toEqual(["14:00-17:00", "19:00-22:00"]);
    const both = { date, unit: 1, hours: "17:30-19:00", kind: "court" as const };
    expect(freeOf({ tasks: [busy, both, any] }, 2)).toEqual(["14:00-16:00", "19:00-22:00"]);
  });

  test("an interview goes to the highest number that is free for all of it, or to who is named", () => {
    const block = (unit: number | null, hours = "15:00-16:00") => ({ date, unit, hours });
    expect(freeOf({ interviews: [block(1)] }, 1)).toEqual(["14:00-15:00", "16:00-22:00"]);
    expect(freeOf({ interviews: [block(1)] }, 2)).toEqual(["14:00-22:00"]);
    // The named one comes first, wherever it stands.
    const two = { interviews: [block(null), block(2)] };
    expect(freeOf(two, 1)).toEqual(["14:00-15:00", "16:00-22:00"]);
    expect(freeOf(two, 2)).toEqual(["14:00-15:00", "16:00-22:00"]);
    expect(freeOf({ interviews: [block(null, "14:00-15:00")] }, 2)).toEqual(["15:00-22:00"]);
    const tasks = [{ date, unit: 1, hours: "17:00-18:00", kind: "court" as const }];
    expect(freeOf({ tasks, interviews: [block(1, "19:00-20:00")] }, 1)).toEqual([
      "14:00-17:00",
      "18:00-19:00",
      "20:00-22:00",
    ]);
  });

  test("the core hours of the evening after count as well", () => {
    const night = { date, unit: 1, hours: "20:00-06:00", mode: "foot" as const };
    const early = { duties: [night], coreHours: "00:30-02:00" };
    const block = { date, unit: 1, hours: "23:00-01:00" };
    expect(refusals({ ...early, interviews: [block] })).toHaveLength(1);
    expect(refusals({ ...early, interviews: [{ ...block, hours: "23:00-00:30" }] })).toEqual([]);
  });
});

describe("interview times of several days", () => {
  const days = ["2021-12-01", "2021-12-02"];
  const offered = (duties: Staffing["duties"], coreHours = "20:00-02:00") => {
    const given = staffing({ duties, coreHours });
    return interviewOffers(zone, readStaffing(zone, given).duties, {
      coreHours,
      from: date,
      days: 2,
    }).map(({ date: on, unit, hours }) => `${on.slice(8)} ${unit} ${hours}`);
  };

  test("are by date; of two as far the earlier, then the lower number", () => {
    const duties = [...days]
      .reverse()
      .flatMap((on) =>
        [5, 3].map((unit) => ({ date: on, unit, hours: "12:00-16:00", mode: "foot" as const })),
      );
    // Noon is ten hours after two and eight before eight: 10:00 to 11:00 would be the middle.
    expect(offered(duties)).toEqual([
      "01 3 12:00-13:00",
      "01 5 12:00-13:00",
      "02 3 12:00-13:00",
      "02 5 12:00-13:00",
    ]);
  });

  test("lie in the middle between two evenings where the duty does, on half hours", () => {
    const duties = [{ date, unit: 1, hours: "08:00-16:00", mode: "foot" as const }];
    expect(offered(duties)).toEqual(["01 1 10:30-11:30"]);
    const touching = [{ date, unit: 1, hours: "19:00-23:00", mode: "foot" as const }];
    expect(offered(touching)).toEqual(["01 1 19:00-20:00"]);
  });

  test("one of a unit a day, and never in less than an hour", () => {
    const split = [
      { date, unit: 1, hours: "08:00-10:00", mode: "foot" as const },
      { date, unit: 1, hours: "12:00-14:00", mode: "foot" as const },
      { date, unit: 2, hours: "12:00-12:59", mode: "foot" as const },
    ];
    expect(offered(split)).toHaveLength(1);
  });
});
