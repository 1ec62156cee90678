import { expect, test } from "vitest";
import { filterBetween, toggleRow } from "#client/hotspots/clock/clock-grid.ts";
import { maskOf } from "#client/hotspots/state/filters.ts";
import { allDays, isWholeWeek, wholeWeek } from "#client/hotspots/state/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/state/view-address.ts";
import { describeWeek } from "#client/hotspots/state/words.ts";
import { usualView as usual } from "#tests/support/hotspots-view.ts";

test("a row of the clock is 24 hours over midnight, and a link to it means the same", () => {
  const time = toggleRow(wholeWeek, 4);
  expect(describeWeek(time)).toBe("Fri 06:00-06:00");
  const mask = maskOf(time);
  expect(mask?.reduce((sum, on) => sum + on, 0)).toBe(24);
  // Friday 06:00 to Saturday 05:00.
  expect([mask?.[4 * 24 + 5], mask?.[4 * 24 + 6], mask?.[5 * 24 + 5], mask?.[5 * 24 + 6]]).toEqual([
    0, 1, 1, 0,
  ]);
  const link = paramsFromView({ ...usual, time }, usual);
  expect(viewFromParams(link, usual).time).toEqual(time);
});

test("the whole clock is all 168 hours, and leaves no unknown hour out", () => {
  const time = filterBetween({ row: 0, column: 0 }, { row: 6, column: 23 });
  expect(time).toEqual({ days: allDays, hours: { from: 6, to: 6 } });
  expect(isWholeWeek(time)).toBe(true);
  expect(maskOf(time)).toBeNull();
});
