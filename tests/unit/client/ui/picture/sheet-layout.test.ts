import { expect, test } from "vitest";
import { roundLength } from "#client/ui/picture/scale.ts";
import {
  layOutSheet,
  type MapSheet,
  type SheetMark,
  wrap,
} from "#client/ui/picture/sheet-layout.ts";

const measure = (text: string) => text.length * 7;

const panel = {
  caption: "",
  widthPx: 800,
  heightPx: 500,
  metresAcross: 8_400,
  legend: {
    title: "Reports per cell, 320 m across",
    entries: [
      { swatch: { kind: "fill", colour: "rgb(1, 2, 3)" }, label: "0.5 to 2" },
      {
        swatch: { kind: "outline", colour: "rgb(9, 9, 9)", widthPx: 2 },
        label: "Hotspot (with neighbouring cells)",
      },
    ],
    notes: ["2 Oct to 26 Nov 2021", "Enfield and Haringey. Exact binomial test"],
  },
} as const;

const sheet: MapSheet = {
  sentence: "276 reports in 8 weeks; 20 hotspots, most on Saturday 20:00 to midnight.",
  mark: "MADE-UP DATA",
  panels: [panel],
  foot: ["Contains National Statistics data", "Boxster, Hotspots, as at 26 Nov 2021."],
};

function textsOf(marks: readonly SheetMark[]): string {
  return marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : [])).join(" ");
}

test("everything that must stand beside a map is on its sheet", () => {
  const { marks } = layOutSheet(sheet, measure);
  const words = textsOf(marks);
  for (const needed of [
    sheet.sentence,
    panel.legend.title,
    ...panel.legend.entries.map(({ label }) => label),
    ...panel.legend.notes,
    ...sheet.foot,
  ]) {
    expect(words).toContain(needed);
  }
  expect(marks.filter(({ kind }) => kind === "swatch")).toHaveLength(2);
  expect(marks).toContainEqual(expect.objectContaining({ kind: "badge", text: "MADE-UP DATA" }));
});

test("nothing leaves the sheet, and no words lie on the map but the scale", () => {
  const { widthPx, heightPx, marks } = layOutSheet(sheet, measure);
  const map = marks.find((mark) => mark.kind === "map");
  const [top, bottom] = [map?.y ?? 0, (map?.y ?? 0) + panel.heightPx];
  for (const mark of marks) {
    expect(mark.x).toBeGreaterThanOrEqual(0);
    expect(mark.y).toBeLessThan(heightPx);
    if (mark.kind !== "text") continue;
    expect(mark.x + measure(mark.text)).toBeLessThanOrEqual(widthPx);
    const isOnMap = mark.y > top && mark.y < bottom;
    expect(isOnMap).toBe(mark.text.endsWith("north is up"));
  }
});

test("two maps stand beside each other, each over its own legend", () => {
  const other = {
    ...panel,
    caption: "Before: 2 Oct to 26 Nov 2020",
    legend: { ...panel.legend, notes: ["Compared with 2019"] },
  };
  const { widthPx, marks } = layOutSheet({ ...sheet, panels: [panel, other] }, measure);
  const maps = marks.filter((mark) => mark.kind === "map");
  expect(maps.map(({ x }) => x)).toEqual([16, 16 + 800 + 12]);
  expect(widthPx).toBe(2 * 800 + 12 + 32);
  for (const words of [other.caption, "Compared with 2019"]) {
    const placed = marks.find((mark) => mark.kind === "text" && mark.text === words);
    expect(placed?.x, words).toBeGreaterThan(16 + 800);
  }
});

test("words longer than their scale bar stay on the map", () => {
  const narrow = { ...panel, widthPx: 330, metresAcross: 1_300 };
  const { marks } = layOutSheet({ ...sheet, panels: [narrow] }, measure);
  const map = marks.find((mark) => mark.kind === "map");
  const bar = marks.find((mark) => mark.kind === "scale");
  if (bar?.kind !== "scale" || !map) throw new Error("There is a map with its scale.");
  expect(measure(bar.words)).toBeGreaterThan(bar.length);
  expect(bar.x + measure(bar.words)).toBeLessThanOrEqual(map.x + 330);
});

test("the scale bar is a round length, true to the map", () => {
  const { marks } = layOutSheet(sheet, measure);
  const bar = marks.find((mark) => mark.kind === "scale");
  expect(bar).toMatchObject({ words: "2 km, north is up" });
  expect(bar?.kind === "scale" ? bar.length : 0).toBeCloseTo((2_000 / 8_400) * 800, 6);
  expect([0.4, 1, 3, 7, 49, 50, 180, 2_600].map(roundLength)).toEqual([
    null,
    1,
    2,
    5,
    20,
    50,
    100,
    2_000,
  ]);
  expect([Number.NaN, Number.POSITIVE_INFINITY, 0, -5].map(roundLength)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("real records carry no mark, and a map without legend or notes is still a sheet", () => {
  const bare = { ...panel, legend: { title: "", entries: [], notes: [] } };
  const { marks, heightPx } = layOutSheet({ ...sheet, mark: null, panels: [bare] }, measure);
  expect(marks.some(({ kind }) => kind === "badge")).toBe(false);
  expect(heightPx).toBeGreaterThan(500);
});

test("lines break between words; a word that is too long has a line of its own", () => {
  const fits = (text: string) => text.length <= 10;
  expect(wrap("one two three", fits)).toEqual(["one two", "three"]);
  expect(wrap("a incomprehensibility b", fits)).toEqual(["a", "incomprehensibility", "b"]);
  expect(wrap("", fits)).toEqual([]);
});
