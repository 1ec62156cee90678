import { expect, test } from "vitest";
import { addMonths, dayByKey, weeksOfMonth } from "#client/protected-time/calendar/month-days.ts";

test("a month is its weeks from Monday to Sunday, also where it begins or ends on their edges", () => {
  const weeks = weeksOfMonth("2021-12-15");
  expect(weeks.map((week) => week[0])).toEqual([
    "2021-11-29",
    "2021-12-06",
    "2021-12-13",
    "2021-12-20",
    "2021-12-27",
  ]);
  // February 2021: four weeks exactly.
  expect(weeksOfMonth("2021-02-10")).toHaveLength(4);
  expect(weeksOfMonth("2021-05-31")).toHaveLength(6);
});

test("keys lead over the ends of months and years", () => {
  expect(dayByKey("2021-12-31", "ArrowRight")).toBe("2022-01-01");
  expect(dayByKey("2022-01-03", "ArrowUp")).toBe("2021-12-27");
  expect(dayByKey("2021-12-02", "Home")).toBe("2021-11-29");
  expect(dayByKey("2021-12-02", "End")).toBe("2021-12-05");
  expect(dayByKey("2022-01-31", "PageDown")).toBe("2022-02-28");
  expect(dayByKey("2022-01-31", "PageUp")).toBe("2021-12-31");
  expect(dayByKey("2022-01-31", "Enter")).toBeNull();
  expect(addMonths("2021-12-31", 2)).toBe("2022-02-28");
});
