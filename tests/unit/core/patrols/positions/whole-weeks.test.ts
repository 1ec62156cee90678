import { expect, test } from "vitest";
import { datesOfWeeks, weeksToTell, wholeWeeks } from "#core/patrols/positions/whole-weeks.ts";
import { addDays } from "#core/time/zone.ts";

const asAt = "2021-11-26";

test("weeks within the days alone, from Monday to Sunday, once they are over", () => {
  const weeks = (from: string, days: number) => wholeWeeks({ from, days, asAt });
  expect(weeks("2021-11-15", 7)).toEqual(["2021-11-15"]);
  expect(weeks("2021-11-15", 6)).toEqual([]);
  expect(weeks("2021-11-16", 12)).toEqual([]);
  expect(weeks("2021-11-02", 31)).toEqual(["2021-11-08", "2021-11-15"]);
  expect(wholeWeeks({ from: "2021-11-15", days: 7, asAt: "2021-11-21" })).toEqual([]);
  expect(wholeWeeks({ from: "2021-11-15", days: 7, asAt: "2021-11-22" })).toHaveLength(1);
});

test("SAFEGUARDS 5: no difference of two spans is less than a week", () => {
  const sums = new Set<string>();
  for (let back = 0; back < 40; back += 1) {
    for (let days = 1; days <= 31; days += 1) {
      sums.add(wholeWeeks({ from: addDays(asAt, -back), days, asAt }).join());
    }
  }
  const spans = [...sums].map((sum) => new Set(datesOfWeeks(sum === "" ? [] : sum.split(","))));
  for (const one of spans) {
    for (const other of spans) {
      // What one sum less the other leaves over.
      const left = [...one].filter((date) => !other.has(date));
      expect(left.length % 7, `${[...one][0]} less ${[...other][0]}`).toBe(0);
    }
  }
  expect(sums.size).toBeGreaterThan(5);
});

test("SAFEGUARDS 5: a week is not told once its first day is erased, nor with a day or two alone", () => {
  const monday = "2020-11-23";
  const of = (today: string) => wholeWeeks({ from: monday, days: 7, asAt: today });
  expect(of(addDays(monday, 366))).toEqual([monday]);
  expect(of(addDays(monday, 367))).toEqual([]);
  const days = [0, 2, 6].map((day) => addDays(monday, day));
  expect(weeksToTell([monday], days)).toEqual([monday]);
  expect(weeksToTell([monday], [...days.slice(1), addDays(monday, 7)])).toEqual([]);
});
