import { describe, expect, test } from "vitest";
import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { cellAt, disk, type H3Cell, outlineOf } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/command.ts";
import { publicAreas } from "#core/places/public-areas.ts";
import type { Area } from "#core/places/wire/places.ts";
import { panelNotes } from "#core/releases/build.ts";
import { type AreaCount, monthlyFigures } from "#core/releases/panel/monthly-figures.ts";
import { compareText } from "#core/text/text-order.ts";
import { endOfMonths, monthName, publicMonths } from "#core/time/months.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";

const { areas, gazetteer } = readBundledPlaces();
const study = bundledStudy();
const fixed = publicAreas(areas, gazetteer.neighbourhoods);

describe("months", () => {
  test.each([
    ["2021-11-26", "2021-09"],
    ["2021-11-30", "2021-09"],
    ["2021-12-01", "2021-10"],
    ["2021-10-31", "2021-08"],
    ["2022-01-15", "2021-11"],
    ["2022-02-28", "2021-12"],
    ["2024-03-01", "2024-01"],
  ])("as at %s the last public month is %s", (asAt, last) => {
    const months = publicMonths(asAt);
    expect(months.at(-1)).toBe(last);
    expect(months.length).toBe(13);
    expect(new Set(months).size).toBe(13);
    expect(months.toSorted(compareText)).toEqual(months);
  });

  test("a year and its first month again", () => {
    expect(publicMonths("2021-11-26")[0]).toBe("2020-09");
    expect(endOfMonths(["2020-11", "2020-12"])).toBe("2021-01-01");
    expect(monthName("2021-09")).toBe("September 2021");
    expect(() => monthName("2021-13")).toThrow("Not a month");
  });
});

describe("areas", () => {
  test("every study cell lies in one smallest area, and every one of those in one borough", () => {
    const tree = createAreaTree(fixed.areas);
    const boroughs = fixed.areas.filter((area) => area.kind === "borough");
    expect(boroughs.map((area) => area.name)).toEqual(["Enfield", "Haringey"]);
    const cellsOf = new Map<string, number>();
    for (const borough of areas.filter((area) => area.inCommand)) {
      for (const cell of cellsInside([borough], 10)) {
        const id = fixed.areaOf(cell, null) ?? "none";
        cellsOf.set(id, (cellsOf.get(id) ?? 0) + 1);
        expect(fixed.areas.find((area) => area.id === id)?.parent).toBe(borough.code);
      }
    }
    expect(Array.from(cellsOf.values()).reduce((a, b) => a + b)).toBe(study.cells.length);
    const smallest = tree.ids.filter((_, index) => tree.children[index]?.length === 0);
    expect(new Set(cellsOf.keys())).toEqual(new Set(smallest));
    for (const count of cellsOf.values()) expect(count).toBeGreaterThanOrEqual(40);
  });

  test("every area but the command has an outline with at most 5 decimals", () => {
    const drawn = fixed.outlines.map((outline) => outline.area);
    const given = fixed.areas.map((area) => area.id).filter((id) => id !== "command");
    expect(new Set(drawn)).toEqual(new Set(given));
    expect(drawn.length).toBe(given.length);
    for (const degrees of fixed.outlines.flatMap((outline) => outline.polygons.flat(3))) {
      expect(Math.abs(degrees * 1e5 - Math.round(degrees * 1e5))).toBeLessThan(1e-5);
    }
  });

  test("outside the command there is no area", () => {
    expect(fixed.areaOf(cellAt([-1.5, 53.5], 10), null)).toBeUndefined();
    expect(fixed.areaOf(cellAt([-1.5, 53.5], 10), "E05000196")).toBeUndefined();
  });

  describe("with wards in one borough", () => {
    const centre = cellAt([-0.0631, 51.6179], 10);
    const ward = wardOf("W1", "Upper Edmonton", disk(centre, 6));
    const abroad = wardOf("W2", "Elsewhere", disk(cellAt([-1.5, 53.5], 10), 6));
    const withWards = publicAreas([...areas, ward, abroad], gazetteer.neighbourhoods);
    const enfield = areas.find((area) => area.name === "Enfield")?.code ?? "";

    test("that borough is made of wards and a rest, the other stays by neighbourhood", () => {
      const parts = withWards.areas.filter((area) => area.parent === enfield);
      expect(parts.map(({ id, kind, name }) => ({ id, kind, name }))).toEqual([
        { id: "W1", kind: "ward", name: "Upper Edmonton" },
        { id: `${enfield}-rest`, kind: "rest", name: "Elsewhere in Enfield" },
      ]);
      const others = withWards.areas.filter(
        (area) => !["command", enfield].includes(area.parent ?? ""),
      );
      expect(new Set(others.slice(1).map((area) => area.kind))).toEqual(new Set(["neighbourhood"]));
      for (const cell of study.cells) expect(withWards.areaOf(cell, null)).toBeDefined();
    });

    test("the ward stored with an event goes before its cell; an unknown one does not", () => {
      const far = cellAt([-0.1, 51.66], 10);
      expect(withWards.areaOf(far, null)).toBe(`${enfield}-rest`);
      expect(withWards.areaOf(far, "W1")).toBe("W1");
      expect(withWards.areaOf(far, "W2")).toBe(`${enfield}-rest`);
      expect(withWards.areaOf(centre, null)).toBe("W1");
    });
  });

  test("without a single place name a borough is its own smallest area", () => {
    const bare = publicAreas(areas, []);
    expect(bare.areas.map((area) => area.kind)).toEqual(["command", "borough", "borough"]);
    expect(bare.outlines.length).toBe(2);
    const ids = new Set(study.cells.map((cell) => bare.areaOf(cell, null)));
    expect(ids).toEqual(new Set(bare.areas.slice(1).map((area) => area.id)));
  });
});

describe("the panel", () => {
  const [first, second] = fixed.areas.filter((area) => area.kind === "neighbourhood");
  const counts: AreaCount[] = [
    { area: first?.id ?? "", month: "2021-09", count: 31 },
    { area: second?.id ?? "", month: "2021-09", count: 14 },
    { area: second?.id ?? "", month: "2021-09", count: 9 },
    { area: first?.id ?? "", month: "2021-10", count: 99 },
  ];
  const months = publicMonths("2021-11-26");
  const figures = (given = counts) =>
    monthlyFigures({ areas: fixed.areas, months, counts: given, rule: tenFiveRule });
  const figure = (area: string, month: string) =>
    figures().get(month)?.[fixed.areas.findIndex(({ id }) => id === area)];

  test("has every area in every public month, and no other month", () => {
    expect([...figures().keys()]).toEqual(months);
    for (const row of figures().values()) expect(row).toHaveLength(fixed.areas.length);
    expect(figures(counts.slice(0, 3))).toEqual(figures());
  });

  test("adds counts up, rounds them to 5, and leaves everything else blank", () => {
    // 54 in all, nothing elsewhere: the smaller of the two would be given away with eight zeros.
    expect(figure(first?.id ?? "", "2021-09")).toBe(30);
    expect(figure(second?.id ?? "", "2021-09")).toBeNull();
    expect(figure(first?.parent ?? "", "2021-09")).toBe(55);
    expect([...figures([]).values()].flat().every((count) => count === null)).toBe(true);
  });

  test("a count for an area that is not public is refused", () => {
    expect(() => figures([{ area: "nowhere", month: "2021-09", count: 1 }])).toThrow(
      '"nowhere", which is no public area',
    );
  });

  test("the notes say what a blank is, how old a month must be, and what the areas are", () => {
    const { areas: own } = fixed;
    const notes = panelNotes({ asAtDate: "2021-11-26", months, areas: own, rule: tenFiveRule });
    expect(notes.join()).toContain("means 0 to 9, the same everywhere");
    expect(notes.join()).toContain("As at 26 November 2021 the latest is September 2021");
    expect(notes.join()).toContain("They are not wards");
    expect(notes.join()).not.toMatch(/outreach|blackout|patrol|keep clear/i);
  });
});

function wardOf(code: string, name: string, cells: readonly H3Cell[]): Area {
  const polygons = outlineOf(cells).map((rings) =>
    rings.map((ring) => ring.map(([lng, lat]) => [lng, lat] as [number, number])),
  );
  return { code, name, kind: "ward", inCommand: false, polygons };
}
