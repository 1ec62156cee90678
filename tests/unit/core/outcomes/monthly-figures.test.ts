import { describe, expect, test } from "vitest";
import { createMonthlyFigures, monthsOver } from "#core/outcomes/monthly-figures.ts";
import { monthlyFiguresCsv } from "#core/outcomes/outcomes-csv.ts";
import type { DayCount } from "#core/outcomes/periods.ts";
import { monthOf } from "#tests/support/monthly-figures.ts";
import { whole } from "#tests/support/tallies.ts";

const october = { from: "2021-10-01", to: "2021-10-31" };
const given = monthOf({ visits: 186, delivered: 38, hotspots: 14, visited: 9 });
const exact = { ...given, isExact: true };
const lineOf = (reply: ReturnType<typeof createMonthlyFigures>, id: string) =>
  reply.lines.find((line) => line.id === id);

/** Records from September to November, with so many arrests on 5 October. */
const recorded = (arrests: number): DayCount[] => [
  { kind: "arrest", day: "2021-09-01", count: 1 },
  { kind: "arrest", day: "2021-10-05", count: arrests },
  { kind: "arrest", day: "2021-11-20", count: 1 },
];

test("where wardens patrolled too, hours and visits are told by kind; shared all kinds or none", () => {
  const of = (police: number, wardens: number, isExact: boolean) => {
    const { patrols } = given;
    const byKind = [
      { kind: "police" as const, visits: police * 4, minutes: police * 60 },
      { kind: "wardens" as const, visits: wardens * 4, minutes: wardens * 60 },
    ];
    const month = {
      ...given,
      isExact,
      patrols: { ...patrols, logged: { ...patrols.logged, byKind } },
    };
    return createMonthlyFigures(month)
      .lines.filter(({ id }) => /^(hours|visits)_/.test(id))
      .map(({ label, words }) => `${label}: ${words}`);
  };
  expect(of(24, 31.5, true)).toEqual([
    "Patrol hours by police: 24",
    "Visits by police: 96",
    "Patrol hours by wardens: 31.5",
    "Visits by wardens: 126",
  ]);
  expect(of(24, 31, false)).toEqual([
    "Patrol hours by police: about 25",
    "Visits by police: about 95",
    "Patrol hours by wardens: about 30",
    "Visits by wardens: about 125",
  ]);
  for (const line of of(24, 7, false)) expect(line).toMatch(/: fewer than 10, or withheld$/);
  const alone = createMonthlyFigures(given).lines.map(({ id }) => id);
  expect(alone).not.toContain("hours_police");
});

describe("on the screen of police", () => {
  test("hours and visits stand beside what was planned, and each hotspot has its own", () => {
    const reply = createMonthlyFigures(exact);
    expect(reply.sentence).toBe(
      "Oct 2021: 46.5 patrol hours in 186 visits. 9 of 14 hotspots patrolled.",
    );
    expect(lineOf(reply, "hours")).toMatchObject({ count: 46.5, beside: "Planned: 46.5 hours." });
    expect(lineOf(reply, "patrols")).toMatchObject({ count: 38, beside: "Approved: 38." });
    expect(reply.hotspots).toHaveLength(14);
    expect(reply.hotspots?.[8]).toMatchObject({
      place: "Place I",
      visits: 1,
      hours: 0.3,
      reports: 20,
    });
    expect(reply.hotspots?.[9]).toMatchObject({ visits: 0, hours: 0 });
  });

  test("patrols that nobody debriefed are told, and so is a month without any", () => {
    const words = (patrols: number, withoutDebrief: number) =>
      createMonthlyFigures({ ...exact, patrols: { ...exact.patrols, patrols, withoutDebrief } })
        .incomplete;
    expect(words(40, 12)).toBe(
      "12 of 40 patrols have no debrief yet. Hours and visits are not complete until then.",
    );
    expect(words(40, 1)).toMatch(/^1 of 40 patrols has no debrief yet/);
    expect(words(40, 0)).toBeNull();
    expect(words(0, 0)).toBe(
      "No patrol was approved for this month. Hours and visits come from imported patrol lists.",
    );
    const empty = monthOf({ visits: 0, hotspots: 0, visited: 0 });
    const none = createMonthlyFigures({ ...empty, isExact: true });
    expect(none.incomplete).toBe("No patrol was approved for this month, and no visit was logged.");
    expect(none.sentence).toBe("Oct 2021: 0 patrol hours in 0 visits. No hotspot in this month.");
  });

  test("stops and arrests are counted, outcomes typed for exactly this month, and what partners told is left out", () => {
    const tallies = [
      whole("cautions", 12, october),
      whole("cautions", 40),
      whole("protection_notices", 4),
      whole("harm_reported_to_partners", 14, october),
    ];
    const reply = createMonthlyFigures({ ...exact, tallies, days: recorded(17) });
    const figures = reply.lines
      .filter(({ section }) => section !== "patrols")
      .map(({ id, words }) => [id, words]);
    expect(figures).toEqual([
      ["arrests", "17"],
      ["stop_searches", "records do not go back that far"],
      ["cautions", "12"],
    ]);
  });

  test("is never made a file", () => {
    expect(() => monthlyFiguresCsv(createMonthlyFigures(exact), null)).toThrow(RangeError);
  });
});

describe("rounded for sharing", () => {
  test("says totals in fives, and neither what was planned nor any place", () => {
    const reply = createMonthlyFigures(given);
    expect(reply.sentence).toBe("Oct 2021: about 45 patrol hours in about 185 visits.");
    expect(reply.hotspots).toBeNull();
    expect(reply.lines.map(({ beside }) => beside)).toEqual(reply.lines.map(() => null));
    const csv = monthlyFiguresCsv(reply, "MADE-UP DATA");
    expect(csv).toContain(`MADE-UP DATA\r\n"Monthly figures, Oct 2021"`);
    expect(csv).toContain("Hotspot patrols,Patrol hours,2021-10-01,2021-10-31,45,hours,about 45,");
    expect(csv).not.toMatch(/Place [A-Z]|[Pp]lanned:/);
  });

  test("says that debriefs are missing without how many", () => {
    const reply = createMonthlyFigures({
      ...given,
      patrols: { ...given.patrols, withoutDebrief: 3 },
    });
    expect(reply.incomplete).toMatch(/^Some patrols .* no debrief yet/);
    expect(reply.incomplete).not.toMatch(/\d/);
  });

  test("arrests leave where Outcomes would let them: with a total typed for the month, and none before over it", () => {
    const arrests = (...tallies: ReturnType<typeof whole>[]) =>
      lineOf(createMonthlyFigures({ ...given, tallies, days: recorded(17) }), "arrests")?.words;
    expect(arrests()).toBe("not shared for that period");
    expect(arrests(whole("cautions", 12, october))).toBe("about 15");
    expect(arrests(whole("cautions", 12, october), whole("cautions", 40))).toBe("about 15");
    expect(arrests(whole("cautions", 40), whole("cautions", 12, october))).toBe(
      "not shared for that period",
    );
  });
});

test("months to choose from are over, the latest first", () => {
  expect(monthsOver("2022-02-28", 3)).toEqual(["2022-01", "2021-12", "2021-11"]);
  expect(monthsOver("2022-03-01", 1)).toEqual(["2022-02"]);
});
