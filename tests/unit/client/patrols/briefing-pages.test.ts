import { expect, test } from "vitest";
import {
  layoutOf,
  pagesOf,
  type Sheet,
  type SheetWindow,
} from "#client/patrols/briefing/briefing-layout.ts";

const window = (id: string, unit: number) => ({ id, unit }) as unknown as SheetWindow;
const sheet = (start: string, windows: readonly SheetWindow[]) =>
  ({ start, windows }) as unknown as Sheet;
const many = (count: number, unit: number) =>
  Array.from({ length: count }, (_, index) => window(`w${unit}-${index}`, unit));
const unitsOf = (...windows: readonly SheetWindow[]) =>
  pagesOf({ sheets: [sheet("a", windows)] }).map((page) =>
    page.windows.map(({ unit }) => unit).join(""),
  );

test("three patrols of a unit are two pages, each with a map that can be read", () => {
  const pages = pagesOf({ sheets: [sheet("a", many(3, 1))] });
  expect(pages.map(({ part }) => part)).toEqual(["page 1 of 2", "page 2 of 2"]);
  for (const { windows } of pages) {
    const { width, height } = layoutOf(windows).map;
    // 9 x 8 cm, in tenths of a millimetre.
    expect(width).toBeGreaterThanOrEqual(900);
    expect(height).toBeGreaterThanOrEqual(800);
  }
});

test("each unit has a paper of its own, in order; no window is lost or doubled", () => {
  expect(unitsOf(...many(1, 1), ...many(2, 2), ...many(1, 3))).toEqual(["1", "22", "3"]);
  expect(unitsOf(...many(1, 2), ...many(1, 1))).toEqual(["1", "2"]);
  const windows = [...many(5, 1), ...many(4, 2)];
  expect(unitsOf(...windows)).toEqual(["11", "11", "1", "22", "22"]);
  const placed = pagesOf({ sheets: [sheet("a", windows)] }).flatMap((page) => page.windows);
  expect(placed.map(({ id }) => id)).toEqual(windows.map(({ id }) => id));
});

test("alone on its page a map takes the width of it", () => {
  expect(layoutOf(many(1, 1))).toEqual({ name: "alone", map: { width: 1900, height: 1250 } });
});
