import { describe, expect, test } from "vitest";
import { checkTallies, type TallyGround } from "#core/outcomes/tally-check.ts";
import { readTakenFrom, readTallyValue } from "#core/outcomes/tally-value.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";

const autumn = { from: "2021-08-01", to: "2021-11-26" };
const ground: TallyGround = { stored: [], asAt: "2021-11-26", bases: [] };
const whole = (measure: TypedTally["measure"], value: number): TypedTally => ({
  measure,
  breakdown: null,
  part: null,
  ...autumn,
  value,
});
const part = (value: number, name: string): TypedTally => ({
  ...whole("sex_workers_identified", value),
  breakdown: "residence",
  part: name,
});
const reasons = (given: TypedTally[], on: Partial<TallyGround> = {}) =>
  checkTallies(given, { ...ground, ...on }).map(({ reason }) => reason);

describe("a typed total is refused in words", () => {
  test.each([
    ["-3", "cannot be negative"],
    ["−3", "cannot be negative"],
    ["1.5", "whole number"],
    ["1,200", "without points or commas"],
    ["007", "without a leading zero"],
    ["about 40", "Not a number"],
    ["", "Empty"],
    ["1e308", "Not a number"],
    ["NaN", "Not a number"],
    ["99999999", "More than a million"],
  ])("%s: %s", (text, words) => {
    const read = readTallyValue(text);
    expect(read.ok ? "taken" : read.reason).toContain(words);
  });

  test("a whole below the sum of its parts, whichever came first", () => {
    const parts = [part(40, "within_command"), part(25, "outside_london")];
    const words = "is 60, but its parts by where they live add up to 65";
    expect(reasons([whole("sex_workers_identified", 60), ...parts])[0]).toContain(words);
    expect(reasons([whole("sex_workers_identified", 60)], { stored: parts })[0]).toContain(words);
    expect(reasons(parts, { stored: [whole("sex_workers_identified", 60)] })[0]).toContain(words);
    expect(reasons([whole("sex_workers_identified", 65), ...parts])).toEqual([]);
  });

  test("one slip is told once, at the first line that has it, and another period's by itself", () => {
    const parts = [
      part(20, "within_command"),
      part(20, "elsewhere_london"),
      part(20, "outside_london"),
      part(20, "not_known"),
    ];
    const given = [whole("sex_workers_identified", 60), ...parts];
    const other = given.map((tally) => ({ ...tally, to: "2021-11-25" }));
    const faults = checkTallies([...given, ...other], ground);
    expect(faults.map(({ row }) => row)).toEqual([1, 6]);
    const stages = [whole("course_places_booked", 10), whole("course_places_attended", 12)];
    expect(checkTallies(stages, ground).map(({ row }) => row)).toEqual([1]);
    // Lines that are wrong by themselves are each to be mended.
    const late = parts.map((tally) => ({ ...tally, to: "2021-12-31" }));
    expect(checkTallies(late, ground).map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  });

  test("more places attended than booked", () => {
    const booked = whole("course_places_booked", 10);
    expect(reasons([whole("course_places_attended", 12)], { stored: [booked] })).toEqual([
      "12 attended, but only 10 booked in the same period. A stage cannot exceed the one before.",
    ]);
    expect(reasons([whole("course_places_attended", 10)], { stored: [booked] })).toEqual([]);
  });

  test("a period that ends before it begins, or after today", () => {
    const backwards = { ...whole("cautions", 3), from: "2021-11-02", to: "2021-11-01" };
    expect(reasons([backwards])[0]).toContain("before it starts");
    const tomorrow = { ...whole("cautions", 3), to: "2021-11-27" };
    expect(reasons([tomorrow])[0]).toContain("after today, 26 Nov 2021");
  });

  test("a part that the measure has not", () => {
    expect(reasons([part(3, "abroad")])[0]).toContain("The parts are within_command");
    const cautions = { ...part(3, "within_command"), measure: "cautions" as const };
    expect(reasons([cautions])[0]).toContain("It has no breakdown");
    expect(reasons([{ ...whole("cautions", 1), part: "yes" }])[0]).toContain("or neither");
  });
});

describe("nationality and drug use", () => {
  const year = { from: "2020-11-01", to: "2021-10-31" };
  const total = (value: number, name = "uk"): TypedTally => ({
    measure: "sex_workers_identified",
    breakdown: "nationality",
    part: name,
    ...year,
    value,
  });
  const bases = ["nationality"] as const;

  test("are refused without a recorded lawful basis", () => {
    expect(reasons([total(20)])[0]).toContain("no lawful basis is recorded");
    expect(reasons([{ ...total(20), breakdown: "drug_use", part: "yes" }], { bases })[0]).toContain(
      "no lawful basis",
    );
    expect(reasons([total(20)], { bases })).toEqual([]);
  });

  test("are taken as totals of a whole year of 10 or more alone", () => {
    expect(reasons([total(9)], { bases })[0]).toContain("10 or more");
    expect(reasons([{ ...total(20), to: "2021-10-30" }], { bases })[0]).toContain("to 31 Oct 2021");
    const leap = { ...total(20), from: "2020-02-29", to: "2021-02-27" };
    expect(reasons([leap], { bases })).toEqual([]);
  });

  test("leave nothing under 10 over to be worked out", () => {
    const all = { ...whole("sex_workers_identified", 60), ...year };
    expect(reasons([total(55)], { bases, stored: [all] })[0]).toContain("Remove one more part");
    expect(reasons([all], { bases, stored: [total(55)] })[0]).toContain("Remove one more part");
    expect(reasons([total(45)], { bases, stored: [all] })).toEqual([]);
    const parts = ["uk", "europe", "other", "not_known"].map((name) => total(15, name));
    expect(reasons(parts, { bases, stored: [all] })).toEqual([]);
  });

  test("may leave nothing over, with parts that are none left out", () => {
    const all = { ...whole("sex_workers_identified", 60), ...year };
    expect(reasons([total(45), total(15, "europe")], { bases, stored: [all] })).toEqual([]);
    // A part of the four is never left with a few that belong to none of them.
    const parts = ["uk", "europe", "other", "not_known"].map((name) => total(14, name));
    expect(reasons(parts, { bases, stored: [all] })[0]).toContain(
      "The parts by nationality leave a count under 10 of “People identified by police as sex workers”",
    );
  });
});

describe("where a total was taken from", () => {
  test("is a few words on a record", () => {
    expect(readTakenFrom("  Custody return,  week 47 ")).toEqual({
      ok: true,
      value: "Custody return, week 47",
    });
  });

  test.each([
    "Custody return June 2021",
    "CRIS, April to June 2021",
    "Women's safety return, October",
    "Women’s safety return, October",
    "Male custody return",
    "April return",
  ])("months and the names of returns pass: %s", (text) => {
    expect(readTakenFrom(text)).toEqual({ ok: true, value: text });
  });

  test.each([
    ["Custody return, Mr Smith", "Smith"],
    ["June Smith", "June"],
    ["April Jones, custody return", "Jones"],
    ["list of jack brown", "jack"],
    ["Mark Taylor", "Mark"],
    ["Walker", "Walker"],
    ["Return by Amelia", "Amelia"],
    ["Will's list", "Will's"],
    ["PC Khan's notebook", "Khan"],
    ["A woman's record", "woman"],
    ["The male custody record", "male"],
    ["Male, 34, custody return", "Male"],
    ["call 07700 900123", "07700 900123"],
  ])("a person is refused, and the words are said: %s", (text, piece) => {
    const read = readTakenFrom(text);
    const reason = read.ok ? "taken" : read.reason;
    expect(reason.toLowerCase()).toContain(`“${piece.toLowerCase()}`);
    expect(reason).toContain("may identify someone");
  });

  test.each([
    [
      "a thousand characters of somebody's details",
      "Seen by the shop, wears a red coat. ".repeat(30),
    ],
    ["a phone number", "call 07700 900123"],
    ["an address", "lives at 12 Fore Street"],
    ["a person", "she told us on Friday"],
    ["a vehicle", "the car AB12 CDE"],
  ])("is refused as %s", (_, text) => {
    const read = readTakenFrom(text);
    expect(read.ok).toBe(false);
    expect(read.ok ? "" : read.reason.length).toBeGreaterThan(30);
  });
});
