import { expect, test } from "vitest";
import { carriedDuties } from "#core/patrols/duty/staffing.ts";
import type { Duty } from "#core/patrols/wire/staffing.ts";

const duty = (date: string, unit = 1): Duty => ({ date, unit, hours: "14:00-22:00", mode: "foot" });

test("last week's duties come seven days on, over the change of month and year, unit and hours kept", () => {
  const last = [duty("2021-11-28", 2), duty("2021-12-27")];
  expect(carriedDuties(last, [], { from: "2021-12-05", days: 1 })).toEqual([duty("2021-12-05", 2)]);
  expect(carriedDuties(last, [], { from: "2022-01-03", days: 7 })).toEqual([duty("2022-01-03")]);
});

test("a day that somebody has staffed stays as it is, and none is carried beyond the days", () => {
  const last = ["2021-11-22", "2021-11-23", "2021-11-25"].map((date) => duty(date));
  const own = [duty("2021-11-30", 3)];
  expect(carriedDuties(last, own, { from: "2021-11-29", days: 3 })).toEqual([duty("2021-11-29")]);
});
