import { expect, test } from "vitest";
import { refusedMonth } from "#client/releases/panel/step.ts";
import {
  areaSentence,
  classWords,
  highestSentence,
} from "#core/releases/presentation/figure-slides.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { drawPanel } from "#core/releases/presentation/shapes.ts";
import {
  classesOf,
  classOf,
  commandFigure,
  figureOf,
  figuresOf,
  monthsOf,
  partsName,
} from "#core/releases/presentation/view.ts";
import type { PanelReply } from "#core/releases/wire/release.ts";

const value = (area: string, month: string, count: number | null) => ({
  area,
  month,
  measure: "resident_complaints" as const,
  count,
});
const reply: PanelReply = {
  id: "panel-2021-09",
  threshold: 10,
  base: 5,
  months: ["2021-08", "2021-09"],
  areas: [
    { id: "command", kind: "command", name: "Enfield and Haringey", parent: null },
    { id: "E", kind: "borough", name: "Enfield", parent: "command" },
    { id: "E-1", kind: "neighbourhood", name: "Ponders End", parent: "E" },
    { id: "E-2", kind: "neighbourhood", name: "Angel Edmonton", parent: "E" },
    { id: "E-3", kind: "neighbourhood", name: "Bush Hill Park", parent: "E" },
  ],
  values: [
    value("command", "2021-09", 95),
    value("E", "2021-09", 95),
    value("E-1", "2021-09", null),
    value("E-2", "2021-09", 40),
    value("E-3", "2021-09", null),
    value("command", "2021-08", null),
  ],
  notes: [],
  outlines: [
    {
      area: "E-2",
      polygons: [
        [
          [
            [0, 51],
            [0.1, 51],
            [0.1, 51.1],
            [0, 51.1],
            [0, 51],
          ],
        ],
      ],
    },
  ],
  madeUp: true,
};

test("areas stand by their figure, withheld ones last and by name", () => {
  const figures = figuresOf(reply, "2021-09", "part");
  expect(figures.map(({ area, count }) => [area.name, count])).toEqual([
    ["Angel Edmonton", 40],
    ["Bush Hill Park", null],
    ["Ponders End", null],
  ]);
  expect(figuresOf(reply, "2021-09", "borough").map(({ area }) => area.name)).toEqual(["Enfield"]);
});

test("a month without a figure is withheld, before the first figure anywhere unknown, never nought", () => {
  expect(monthsOf(reply, "E-1").map(({ count, state }) => [count, state])).toEqual([
    [null, "before"],
    [null, "withheld"],
  ]);
  const later = { ...reply, values: [...reply.values, value("E", "2021-08", 10)] };
  expect(monthsOf(later, "E-1").map(({ state }) => state)).toEqual(["withheld", "withheld"]);
  expect(monthsOf(reply, "command")).toEqual([
    { month: "2021-08", count: null, state: "before" },
    { month: "2021-09", count: 95, state: "shown" },
  ]);
  expect(commandFigure(reply, "2021-08")?.count).toBeNull();
  const seen = { area: "command", month: "2021-08", measure: "sightings", count: 15 } as const;
  const sighted = { ...reply, values: [...reply.values, seen] };
  expect(monthsOf(sighted, "command", "sightings").map(({ state }) => state)).toEqual([
    "shown",
    "withheld",
  ]);
  // Records reach back to where any figure is.
  expect(monthsOf(sighted, "command")[0]?.state).toBe("withheld");
});

test("the sentence says the month's figure, and never none where it is withheld", () => {
  const sentence = (area: string, month: string) => {
    const found = reply.areas.find(({ name }) => name === area);
    if (!found) throw new Error(area);
    return areaSentence(figureOf(reply, found, month), month, inEnglish);
  };
  expect(sentence("Enfield and Haringey", "2021-09")).toBe(
    "Residents made about 95 complaints in Enfield and Haringey in September 2021.",
  );
  expect(sentence("Enfield and Haringey", "2021-08")).toBe(
    "Enfield and Haringey, August 2021: the number of complaints is not shown.",
  );
  expect(sentence("Bush Hill Park", "2021-09")).toBe(
    "Bush Hill Park, September 2021: the number of complaints is not shown.",
  );
});

test.each([
  ["2021-11", /^November 2021 cannot be shown yet: .* month, September 2021, is shown instead\.$/],
  ["2019-02", /^February 2019 is before the first month, August 2021\. September 2021 is shown/],
  ["2021-13", /^The link has no month\. September 2021 is shown instead\.$/],
  ["nonsense", /^The link has no month/],
])("an address with %s is told why it is not shown", (asked, words) => {
  expect(refusedMonth(asked, reply.months, "2021-09")).toMatch(words);
});

test("areas that share the highest figure are all named, or none where they are many", () => {
  const figure = (name: string, count: number | null) => ({
    area: { id: name, kind: "neighbourhood" as const, name, parent: "E" },
    count,
  });
  const tied = ["A", "B", "C"].map((name) => figure(name, 15));
  expect(highestSentence(figuresOf(reply, "2021-09", "part"), inEnglish)).toBe(
    "Of the figures shown, the highest is in Angel Edmonton, about 40.",
  );
  expect(highestSentence(tied, inEnglish)).toBe(
    "Of the figures shown, the highest are in A, B and C, about 15 each.",
  );
  expect(highestSentence([...tied, figure("D", 15)], inEnglish)).toBeNull();
  expect(highestSentence([figure("A", null), figure("B", null)], inEnglish)).toBeNull();
});

test("classes are fixed, with a look of its own for what is withheld", () => {
  expect([null, 10, 20, 25, 60, 500].map((count) => classOf(count, "part"))).toEqual([
    0, 1, 2, 3, 5, 5,
  ]);
  expect(classWords(classesOf("part", 5), inEnglish)).toEqual([
    "10",
    "15 to 20",
    "25 to 35",
    "40 to 55",
    "60 or more",
  ]);
});

test("neighbourhoods are not called wards", () => {
  expect(partsName(reply, "Wards")).toBe("Neighbourhoods");
});

test("a shape keeps its proportions and its name stands in its middle", () => {
  const { width, height, shapes } = drawPanel(reply.outlines);
  expect(height).toBe(1000);
  expect(width).toBeCloseTo(1000 * Math.cos((51.05 * Math.PI) / 180), 0);
  expect(shapes[0]?.label[0]).toBeCloseTo(width / 2, 3);
  expect(shapes[0]?.label[1]).toBeCloseTo(500, 3);
  expect(drawPanel([]).shapes).toEqual([]);
});
