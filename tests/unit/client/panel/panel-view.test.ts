import { expect, test } from "vitest";
import { labelsThatFit } from "#client/panel/map-labels.ts";
import { drawPanel } from "#client/panel/panel-shapes.ts";
import {
  classLabels,
  classOf,
  commandFigure,
  figuresOf,
  monthsOf,
  partsName,
} from "#client/panel/panel-view.ts";
import { panelSentence } from "#client/panel/panel-words.ts";
import { readSlide, slides, stepWithin } from "#client/panel/slides.ts";
import type { PanelReply } from "#core/wire/panel.ts";

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

test("a month without a figure is withheld, not nought", () => {
  expect(monthsOf(reply, "command")).toEqual([
    { month: "2021-08", count: null },
    { month: "2021-09", count: 95 },
  ]);
  expect(commandFigure(reply, "2021-08")?.count).toBeNull();
});

test("the sentence says the month's figure, and never none where it is withheld", () => {
  const figures = figuresOf(reply, "2021-09", "part");
  expect(panelSentence(commandFigure(reply, "2021-09"), figures, "2021-09")).toBe(
    "Residents made about 95 complaints in Enfield and Haringey in September 2021. The highest figure is in Angel Edmonton, about 40.",
  );
  expect(panelSentence(commandFigure(reply, "2021-08"), [], "2021-08")).toBe(
    "Enfield and Haringey, August 2021: the number of complaints is not shown.",
  );
});

test("areas that share the highest figure are all named, or none where they are many", () => {
  const figure = (name: string, count: number) => ({
    area: { id: name, kind: "neighbourhood" as const, name, parent: "E" },
    count,
  });
  const command = commandFigure(reply, "2021-09");
  const tied = ["A", "B", "C"].map((name) => figure(name, 15));
  expect(panelSentence(command, tied, "2021-09")).toContain("in A, B and C, about 15 each.");
  expect(panelSentence(command, [...tied, figure("D", 15)], "2021-09")).not.toContain("highest");
});

test("a name is written only where it covers no other, figures before names alone", () => {
  const shape = (area: string, x: number, y: number) =>
    [area, { area, path: "", label: [x, y] as const }] as const;
  const shapes = new Map([shape("E-2", 500, 500), shape("E-3", 520, 520), shape("E-1", 200, 900)]);
  const labels = labelsThatFit(figuresOf(reply, "2021-09", "part"), shapes);
  expect(labels.map(({ areaId, lines, count }) => [areaId, lines.length, count])).toEqual([
    ["E-2", 2, "40"],
    ["E-1", 2, ""],
  ]);
});

test("classes are fixed, with a look of its own for what is withheld", () => {
  expect([null, 10, 20, 25, 60, 500].map((count) => classOf(count, "part"))).toEqual([
    0, 1, 2, 3, 5, 5,
  ]);
  expect(classLabels("part", 5)).toEqual(["10", "15 to 20", "25 to 35", "40 to 55", "60 or more"]);
});

test("neighbourhoods are not called wards", () => {
  expect(partsName(reply)).toBe("Neighbourhoods");
});

test("a shape keeps its proportions and its name stands in its middle", () => {
  const { width, height, shapes } = drawPanel(reply.outlines);
  expect(height).toBe(1000);
  expect(width).toBeCloseTo(1000 * Math.cos((51.05 * Math.PI) / 180), 0);
  expect(shapes[0]?.label[0]).toBeCloseTo(width / 2, 3);
  expect(shapes[0]?.label[1]).toBeCloseTo(500, 3);
  expect(drawPanel([]).shapes).toEqual([]);
});

test("stepping through slides stays within them", () => {
  expect(readSlide("x")).toBe("map");
  expect(stepWithin(slides, "map", -1)).toBe("map");
  expect(stepWithin(slides, "map", 1)).toBe("table");
  expect(stepWithin(slides, "notes", 1)).toBe("notes");
});
