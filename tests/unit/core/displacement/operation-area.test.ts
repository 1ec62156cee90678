import { describe, expect, test } from "vitest";
import {
  areaWords,
  cellsAlong,
  cellsInDrawn,
  cutAtCommand,
  streetArea,
} from "#core/displacement/operation-area.ts";
import {
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  neighboursOf,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { circleAround } from "#core/places/drawn-area.ts";

const middle: Position = [-0.0631, 51.6179];
const line: readonly Position[] = [
  [-0.07, 51.61],
  [-0.06, 51.615],
  [-0.058, 51.625],
];

function cells(found: ReturnType<typeof cellsAlong>): readonly H3Cell[] {
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

describe("a corridor", () => {
  test("holds every cell whose centre is so near the line, and none that neither is near nor crossed", () => {
    const plane = createPlane(line[0] ?? middle);
    const flat = line.map(plane.toPlane);
    const far = (cell: H3Cell) => locateOnLine(plane.toPlane(cellCentre(cell)), flat).distance;
    const found = new Set(cells(cellsAlong([line], 200)));
    const around = new Set([...found].flatMap((cell) => disk(cell, 4)));
    for (const cell of around) {
      if (far(cell) <= 200) expect(found.has(cell)).toBe(true);
      // Half of a cell's width is 76 m: what the line crosses has its centre within that.
      if (far(cell) > 200) expect(found.has(cell)).toBe(false);
    }
  });

  test("has no gap, however narrow", () => {
    const found = new Set(cells(cellsAlong([line], 10)));
    const [first] = found;
    const reached = new Set<H3Cell>(first ? [first] : []);
    for (const cell of reached) {
      for (const near of neighboursOf(cell)) if (found.has(near)) reached.add(near);
    }
    expect(reached.size).toBe(found.size);
    for (const at of line) expect(found.has(cellAt(at, 10))).toBe(true);
  });

  test.each([0, -5, 501, Number.NaN, Number.POSITIVE_INFINITY])(
    "of %d metres is refused in words",
    (width) => {
      expect(cellsAlong([line], width)).toEqual({
        ok: false,
        reason: "Enter a width of 10 to 500 metres on either side.",
      });
    },
  );

  test("of one point, or across the country, is refused", () => {
    expect(cellsAlong([[middle]], 100)).toMatchObject({ ok: false });
    expect(cellsAlong([[middle, [-3, 55]]], 100)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("more than 40 km") as string,
    });
  });
});

describe("a drawn area", () => {
  test("is the cells whose middle lies inside, also beyond the command", () => {
    const found = cells(cellsInDrawn(circleAround(middle, 400)));
    expect(found.length).toBeGreaterThan(25);
    expect(found).toContain(cellAt(middle, 10));
  });

  test("too small to hold the middle of a cell, or as large as a county, is refused", () => {
    const corner = cellCentre(cellAt(middle, 10));
    const tiny = circleAround([corner[0] + 0.0006, corner[1] + 0.0003], 5);
    expect(cellsInDrawn(tiny)).toMatchObject({ ok: false });
    expect(cellsInDrawn(circleAround(middle, 60_000))).toMatchObject({ ok: false });
  });
});

test("what lies beyond the command is counted and left out, each cell once", () => {
  const all = disk(cellAt(middle, 10), 1);
  const inside = all.slice(0, 4);
  const command = { indexOf: new Map(inside.map((cell, index) => [cell, index] as const)) };
  const cut = cutAtCommand([...all, ...all], command);
  expect(new Set(cut.inside)).toEqual(new Set(inside));
  expect(cut.outside).toBe(3);
});

test("a street is all of its pieces, whatever the case; one without a line says what to do", () => {
  const gazetteer = {
    roads: [
      { name: "Fore Street", line: line.slice(0, 2) as [number, number][] },
      { name: "Fore Street", line: line.slice(1) as [number, number][] },
    ],
    streets: [{ name: "Brettenham Road", at: [-0.06, 51.61] as [number, number] }],
  };
  const found = streetArea(gazetteer, " fore street ", 100);
  const whole = cellsAlong([line], 100);
  if (!found.ok || !whole.ok) throw new Error("a street was expected");
  expect(found.value.name).toBe("Along Fore Street, 100 m on either side");
  expect(new Set(found.value.cells)).toEqual(new Set(whole.value));
  expect(streetArea(gazetteer, "Brettenham Road", 100)).toMatchObject({
    reason: expect.stringContaining("Only the midpoint of") as string,
  });
  expect(streetArea(gazetteer, "Forty Hill", 100)).toMatchObject({
    reason: expect.stringContaining("Streets that start with this: Fore Street") as string,
  });
  expect(streetArea(gazetteer, "", 100)).toMatchObject({ reason: "Enter a street." });
});

test("an area is called by its name, or by how it was said", () => {
  expect(areaWords({ by: "named", name: "Edmonton Green" })).toBe("Edmonton Green");
  expect(areaWords({ by: "picked", name: null })).toBe("Chosen cell by cell");
});
