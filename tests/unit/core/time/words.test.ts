import { expect, test } from "vitest";
import { clockWords, dateName } from "#core/time/words.ts";

test.each([
  ["09:00", "9am"],
  ["07:30", "7:30am"],
  ["12:00", "midday"],
  ["12:30", "12:30pm"],
  ["19:05", "7:05pm"],
])("partners and residents read %s as %s", (time, words) => {
  expect(clockWords(time)).toBe(words);
});

test("a date is named without a leading nought", () => {
  expect(dateName("2021-11-06")).toBe("6 November 2021");
});
