import { expect, test } from "vitest";
import { recordsBegin } from "#core/records/records-begin.ts";
import { minuteMs } from "#core/time/zone.ts";
import { at, london } from "#tests/support/outreach.ts";

const before = at("2021-08-01T00:00");
const starts = (dates: readonly string[]) =>
  Int32Array.from(dates, (date) => at(`${date}T12:00`) / minuteMs);

test("a slip of a year is not where records begin, nor is what lies before a pause of a season", () => {
  const begin = (...dates: readonly string[]) => recordsBegin(london, starts(dates), before);
  expect(begin("2014-09-05", "2020-08-01", "2020-10-20", "2021-01-15", "2021-04-10")).toBe(
    "2020-08-01",
  );
  expect(begin("2020-08-01", "2020-12-20", "2021-03-01", "2021-09-01")).toBe("2020-12-20");
  expect(begin("2021-08-01")).toBeNull();
  expect(begin()).toBeNull();
});
