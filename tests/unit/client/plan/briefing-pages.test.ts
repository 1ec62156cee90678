import { expect, test } from "vitest";
import { mostWindows, pagesOf, type Sheet, type SheetWindow } from "#client/plan/briefing-pages.ts";

const window = (id: string, unit: number) => ({ id, unit }) as unknown as SheetWindow;
const sheet = (start: string, windows: readonly SheetWindow[]) =>
  ({ start, windows }) as unknown as Sheet;
const many = (count: number, unit: number) =>
  Array.from({ length: count }, (_, index) => window(`w${unit}-${index}`, unit));

test("a shift is one page, its windows by unit", () => {
  const pages = pagesOf({
    sheets: [sheet("a", [...many(1, 2), ...many(1, 1)]), sheet("b", many(1, 1))],
  });
  expect(
    pages.map(({ part, windows }) => [part, windows.map(({ unit }) => unit).join("")]),
  ).toEqual([
    ["", "12"],
    ["", "1"],
  ]);
});

test("a full shift gets a page a unit, and no window is lost or doubled", () => {
  const windows = [...many(5, 1), ...many(4, 2), ...many(13, 3)];
  const pages = pagesOf({ sheets: [sheet("a", windows)] });
  expect(pages.map(({ part }) => part)).toEqual(
    Array.from({ length: 12 }, (_, at) => `page ${at + 1} of 12`),
  );
  expect(pages.every((page) => new Set(page.windows.map(({ unit }) => unit)).size === 1)).toBe(
    true,
  );
  expect(pages.every((page) => page.windows.length <= mostWindows)).toBe(true);
  expect(pages.flatMap((page) => page.windows.map(({ id }) => id))).toEqual(
    windows.map(({ id }) => id),
  );
});
