import { expect, test } from "vitest";
import { partnerTime, partnerTimeSeenFrom, timeOfDay } from "#server/protected-time/words.ts";
import { at, london } from "#tests/support/outreach.ts";

test("partners read times as on their own page, police as on a desk screen", () => {
  const time = (text: string) => partnerTime(london, at(text));
  expect(time("2021-11-26T19:02")).toBe("7:02pm");
  expect(time("2021-11-26T19:00")).toBe("7pm");
  expect(time("2021-11-26T12:00")).toBe("midday");
  expect(time("2021-11-26T00:05")).toBe("12:05am");
  expect(timeOfDay(london, at("2021-11-26T19:02"))).toBe("19:02");
});

test("a day stands before its time, with the year where it is another one", () => {
  const now = at("2021-11-26T12:00");
  expect(partnerTimeSeenFrom(london, at("2021-11-25T09:10"), now)).toBe(
    "Thursday 25 November, 9:10am",
  );
  expect(partnerTimeSeenFrom(london, at("2020-12-29T21:00"), now)).toBe(
    "Tuesday 29 December 2020, 9pm",
  );
});
