import { expect, test } from "vitest";
import {
  filterBetween,
  hourOfWeekAt,
  moveSquare,
  toggleRow,
} from "#client/hotspots/clock/clock-grid.ts";
import { maskOf } from "#client/hotspots/state/filters.ts";
import { wholeWeek } from "#client/hotspots/state/view.ts";
import { describeWeek } from "#client/hotspots/state/words.ts";

test("every hour of the week has one square", () => {
  const hours = new Set<number>();
  for (let row = 0; row < 7; row += 1) {
    for (let column = 0; column < 24; column += 1) hours.add(hourOfWeekAt({ row, column }));
  }
  expect(hours.size).toBe(168);
});

test("whatever rectangle is drawn, exactly its squares are chosen", () => {
  for (let row = 0; row < 7; row += 1) {
    for (let left = 0; left < 24; left += 1) {
      for (let right = left; right < 24; right += 1) {
        const bottom = Math.min(6, row + (left % 3));
        const time = filterBetween({ row, column: right }, { row: bottom, column: left });
        const mask = maskOf(time);
        const expected = new Uint8Array(168);
        for (let each = row; each <= bottom; each += 1) {
          for (let column = left; column <= right; column += 1) {
            expected[hourOfWeekAt({ row: each, column })] = 1;
          }
        }
        expect(mask?.join()).toBe(expected.join());
      }
    }
  }
});

test("a night over midnight is one piece and starts on the day of its evening", () => {
  const time = filterBetween({ row: 4, column: 14 }, { row: 5, column: 19 });
  expect(time).toEqual({ days: [4, 5], hours: { from: 20, to: 2 } });
  expect(describeWeek(time)).toBe("Fri and Sat 20:00-02:00");
});

test("hours after midnight in Sunday's row belong to Monday", () => {
  expect(filterBetween({ row: 6, column: 20 }, { row: 6, column: 21 })).toEqual({
    days: [0],
    hours: { from: 2, to: 4 },
  });
});

test("a day's name chooses its row, adds to it, and the last one let go brings the week back", () => {
  const friday = toggleRow(wholeWeek, 4);
  expect(friday).toEqual({ days: [4], hours: { from: 6, to: 6 } });
  const both = toggleRow(friday, 5);
  expect(both.days).toEqual([4, 5]);
  expect(toggleRow(toggleRow(both, 4), 5).days).toHaveLength(7);
});

test("arrow keys move within the clock and do not wrap", () => {
  expect(moveSquare({ row: 0, column: 0 }, "ArrowUp")).toEqual({ row: 0, column: 0 });
  expect(moveSquare({ row: 0, column: 0 }, "ArrowRight")).toEqual({ row: 0, column: 1 });
  expect(moveSquare({ row: 6, column: 23 }, "ArrowDown")).toEqual({ row: 6, column: 23 });
  expect(moveSquare({ row: 6, column: 23 }, "x")).toBeNull();
});

test("days are named as people name them", () => {
  expect(describeWeek(wholeWeek)).toBe("All week, all hours");
  expect(describeWeek({ days: [0, 1, 2, 3, 4], hours: null })).toBe("Mon to Fri");
  expect(describeWeek({ days: [0, 2, 6], hours: { from: 7, to: 9 } })).toBe(
    "Mon, Wed and Sun 07:00-09:00",
  );
});
