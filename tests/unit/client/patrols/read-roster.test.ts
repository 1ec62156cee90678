import { describe, expect, test } from "vitest";
import { crewsOf } from "#client/patrols/staffing/crews.ts";
import { readRoster } from "#client/patrols/staffing/read-roster.ts";

const dates = [
  "2021-11-29",
  "2021-11-30",
  "2021-12-01",
  "2021-12-02",
  "2021-12-03",
  "2021-12-04",
  "2021-12-05",
];
const noCodes = new Map<string, string>();

function read(text: string, codes = noCodes) {
  const roster = readRoster(text, dates, codes);
  if (!roster.ok) throw new Error(roster.reason);
  return roster.value;
}

const grid = [
  "Rank\tName\tMon 29/11\tTue 30/11\tWed 1/12\tSun 28/11",
  "PC\tOne\t14-22\tRD\t1400-2200 bike\t14-22",
  "PC\tTwo\t14:00-22:00\tL\t1400-2200 bike\t14-22",
  "PC\tThree\t2200-0200\tL\tsee DI\t",
].join("\n");

describe("a roster with a column a day", () => {
  test("is read with its hours in any writing, its rest days and how a crew moves", () => {
    const { duties, rests } = read(grid);
    expect(duties.map(({ name, date, hours, mode }) => [name, date, hours, mode])).toEqual([
      ["PC One", "2021-11-29", "14:00-22:00", null],
      ["PC One", "2021-12-01", "14:00-22:00", "cycle"],
      ["PC Two", "2021-11-29", "14:00-22:00", null],
      ["PC Two", "2021-12-01", "14:00-22:00", "cycle"],
      ["PC Three", "2021-11-29", "22:00-02:00", null],
    ]);
    expect(rests).toBe(1);
  });

  test("asks for the hours of a code, and names what it cannot read by row and column", () => {
    const { codes, faults } = read(grid);
    expect(codes).toEqual(["L"]);
    expect(faults).toEqual([
      {
        row: 4,
        column: 5,
        value: "see DI",
        reason: 'is neither hours, such as "14-22", nor a rest day',
      },
    ]);
    const known = read(grid, new Map([["L", "15-23"]]));
    expect(
      known.duties.filter(({ date }) => date === "2021-11-30").map(({ hours }) => hours),
    ).toEqual(["15:00-23:00", "15:00-23:00"]);
    expect(read(grid, new Map([["L", "late"]])).faults.map(({ reason }) => reason)).toContain(
      'is neither hours, such as "14-22", nor a rest day',
    );
  });

  test("of another week is not taken for this one", () => {
    const other = read("Name\tMon 22/11\tTue 23/11\nOne\t14-22\t14-22");
    expect(other.duties).toEqual([]);
    expect(read("Name,Mon,Tue\nOne,14-22,RD").duties).toEqual([
      expect.objectContaining({ date: "2021-11-29", hours: "14:00-22:00" }),
    ]);
  });
});

test("a list with date and hours is read, with callsigns", () => {
  const { duties, faults } = read(
    [
      "Date;Officer;Start;End;Callsign;Mode",
      "29/11/2021;PC One;14:00;22:00;YE21;Foot",
      "29 Nov;PC Two;14:00;22:00;YE21;Foot",
      "31/13/2021;PC Two;14:00;22:00;YE21;Foot",
      "2021-11-30;PC Two;14:00;14:00;YE22;van",
      "2021-11-30;PC Two;18:00;25:00;YE22;van",
    ].join("\r\n"),
  );
  expect(duties).toEqual([
    { name: "PC One", date: "2021-11-29", hours: "14:00-22:00", callsign: "YE21", mode: "foot" },
    { name: "PC Two", date: "2021-11-29", hours: "14:00-22:00", callsign: "YE21", mode: "foot" },
  ]);
  expect(faults.map(({ row, reason }) => [row, reason])).toEqual([
    [4, "is no day"],
    [5, "starts and ends at the same time"],
    [6, "has no time of day"],
  ]);
});

test("what is no roster is refused in words that say what to paste", () => {
  for (const text of ["", "  \n ", "Dear all, please see below", "a\tb\tc\n1\t2\t3"]) {
    expect(readRoster(text, dates, noCodes)).toMatchObject({ ok: false });
  }
  const many = `Name\tMon\n${"One\t14-22\n".repeat(401)}`;
  expect(readRoster(many, dates, noCodes)).toEqual({
    ok: false,
    reason: "There are 402 rows; paste at most 400 at a time.",
  });
});

describe("units from officers", () => {
  const duty = (name: string, over: object = {}) => ({
    name,
    date: "2021-11-29",
    hours: "14:00-22:00",
    callsign: null,
    mode: null,
    ...over,
  });

  test("two to a unit in the order of the roster; a third joins the last; one alone is named", () => {
    const { crews, left } = crewsOf(
      [..."abcde"].map((name) => duty(name)).concat(duty("f", { hours: "22:00-02:00" })),
      { officersPerUnit: 2, usualMode: "foot" },
    );
    expect(crews.map(({ unit, names }) => [unit, names])).toEqual([
      [1, ["a", "b"]],
      [2, ["c", "d", "e"]],
    ]);
    expect(left).toEqual([
      { name: "f", date: "2021-11-29", reason: "alone at 22:00-02:00: a unit has 2 officers" },
    ]);
  });

  test("no number is out twice at a time, not even over midnight; hours that touch share it", () => {
    const { crews } = crewsOf(
      [
        duty("a"),
        duty("b", { hours: "18:00-02:00" }),
        duty("c", { hours: "22:00-02:00" }),
        duty("d", { date: "2021-11-30", hours: "01:00-08:00" }),
        duty("e", { date: "2021-11-30" }),
      ],
      { officersPerUnit: 1, usualMode: "vehicle" },
    );
    expect(crews.map(({ date, hours, unit }) => `${date.slice(8)} ${hours} ${unit}`)).toEqual([
      "29 14:00-22:00 1",
      "29 18:00-02:00 2",
      "29 22:00-02:00 1",
      "30 01:00-08:00 3",
      "30 14:00-22:00 1",
    ]);
    expect(crews.every(({ mode }) => mode === "vehicle")).toBe(true);
  });

  test("a callsign is a unit whatever its size; the thirteenth unit is named and left out", () => {
    const many = Array.from({ length: 13 }, (_, at) => duty(`p${at}`, { callsign: `Y${at}` }));
    const { crews, left } = crewsOf(many, { officersPerUnit: 2, usualMode: "foot" });
    expect(crews.length).toBe(12);
    expect(left.map(({ reason }) => reason)).toEqual(["more than 12 units at 14:00-22:00"]);
  });
});
