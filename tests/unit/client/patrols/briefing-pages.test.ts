import { expect, test } from "vitest";
import {
  layoutOf,
  pagesOf,
  type Sheet,
  type SheetWindow,
} from "#client/patrols/briefing/briefing-layout.ts";

const stopsOf = (count: number, place: string) => Array.from({ length: count }, () => ({ place }));
const window = (id: string, unit: number, place = "Fore Street by Park Avenue") =>
  ({
    id,
    unit,
    stops: stopsOf(7, place),
    whyHere: "10 reports at these stops in the last 8 weeks.",
    whyNow: "After dark.",
  }) as unknown as SheetWindow;
const sheet = (start: string, windows: readonly SheetWindow[]) =>
  ({ start, windows }) as unknown as Sheet;
const many = (count: number, unit: number, place?: string) =>
  Array.from({ length: count }, (_, index) => window(`w${unit}-${index}`, unit, place));
/** As no place of the gazetteer is called. */
const wordy = "Fore Street (west side), 150 m north-east of the corner of Sebastopol Road";

test("a shift is one page, its windows by unit: up to six, three units with two each", () => {
  const pages = pagesOf({
    sheets: [
      sheet("a", [...many(1, 2), ...many(1, 1)]),
      sheet("b", [...many(2, 3), ...many(2, 1), ...many(2, 2)]),
    ],
  });
  expect(
    pages.map(({ part, windows }) => [part, windows.map(({ unit }) => unit).join("")]),
  ).toEqual([
    ["", "12"],
    ["", "112233"],
  ]);
});

test("more take further pages: no unit is torn that fits on one, no window lost or doubled", () => {
  const windows = [...many(5, 1), ...many(4, 2), ...many(2, 3), ...many(13, 4)];
  const pages = pagesOf({ sheets: [sheet("a", windows)] });
  expect(pages.map(({ part }) => part)).toEqual([1, 2, 3, 4, 5].map((page) => `page ${page} of 5`));
  expect(pages.map((page) => page.windows.map(({ unit }) => unit).join(""))).toEqual([
    "11111",
    "222233",
    "44444",
    "44444",
    "444",
  ]);
  expect(pages.flatMap((page) => page.windows.map(({ id }) => id))).toEqual(
    windows.map(({ id }) => id),
  );
});

test("where stops take many words, a page holds four rather than words over words", () => {
  const pages = pagesOf({ sheets: [sheet("a", [...many(2, 1, wordy), ...many(3, 2)])] });
  expect(pages.map(({ windows }) => windows.length)).toEqual([2, 3]);
});

test("the fewer windows, the larger the map and the more is said; words take room from it", () => {
  const layouts = [1, 2, 4, 6].map((count) => layoutOf(many(count, 1)));
  expect(layouts.map(({ name }) => name)).toEqual(["alone", "two", "four", "six"]);
  expect(layouts.map(({ finds }) => finds)).toEqual(["each", "each", "first", "none"]);
  const areas = layouts.map(({ map }) => map.width * map.height);
  expect(areas).toEqual([...areas].sort((a, b) => b - a));
  expect(layoutOf(many(4, 1, wordy)).map.height).toBeLessThan(layouts[2]?.map.height ?? 0);
});

test("four on a page say the ways by street where their maps stay large enough, else the first stop alone", () => {
  const walking = (words: string, place = "Fore Street", stops = 3) =>
    many(4, 1, place).map((one) => ({
      ...one,
      stops: stopsOf(stops, place),
      legs: Array.from({ length: stops - 1 }, () => ({ line: null, words })),
    }));
  const silent = layoutOf(many(4, 1, "Fore Street"));
  expect(silent.finds).toBe("first");
  const told = layoutOf(walking("north on Fore Street, left into Sebastopol Road"));
  expect(told.finds).toBe("each");
  expect(told.map.height).toBeGreaterThanOrEqual(380);
  const long = "north on Fore Street, left into Sebastopol Road, ".repeat(3);
  const tooMuch = layoutOf(walking(long, "Fore Street by Park Avenue", 7));
  expect(tooMuch.finds).toBe("first");
  // A way by street and five as the crow flies, of which it would be said what lies near.
  const mixed = walking("", "Fore Street by Park Avenue", 7).map((one) => ({
    ...one,
    legs: one.legs.map((leg, at) => (at === 0 ? { ...leg, words: "north on Fore Street" } : leg)),
  }));
  expect(layoutOf(mixed).finds).toBe("first and ways");
  expect(layoutOf(walking("")).finds).toBe("first");
});

test("six on a page say the ways by street; where those take too many words, four share a page and its maps", () => {
  const walking = (words: string) =>
    many(6, 1).map((one) => ({
      ...one,
      stops: stopsOf(3, "Fore Street"),
      legs: [
        { line: null, words },
        { line: null, words: "" },
      ],
    })) as unknown as readonly SheetWindow[];
  expect(layoutOf(many(6, 1)).finds).toBe("none");
  const short = walking("north on Fore Street, left into Sebastopol Road");
  expect(layoutOf(short).finds).toBe("ways");
  expect(pagesOf({ sheets: [sheet("a", short)] })).toHaveLength(1);
  const long = walking("north on Fore Street, left into Sebastopol Road, ".repeat(9));
  const pages = pagesOf({ sheets: [sheet("a", long)] });
  expect(pages.map(({ windows }) => windows.length)).toEqual([3, 3]);
});
