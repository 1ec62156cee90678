import { expect, test } from "vitest";
import { publicAreas } from "#core/places/public-areas.ts";
import { type MapName, planMap } from "#core/releases/presentation/map-names.ts";
import { drawPanel, isInside } from "#core/releases/presentation/shapes.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

const { areas, gazetteer } = readBundledPlaces();
const fixed = publicAreas(areas, gazetteer.neighbourhoods);
const drawing = drawPanel(fixed.outlines);
const plan = planMap(fixed.areas, drawing);
const nameSize = plan.letters.name;
const parts = fixed.areas.filter(({ kind }) => kind === "neighbourhood");
const shapeOf = new Map(drawing.shapes.map((shape) => [shape.area, shape]));
const nameOf = new Map(fixed.areas.map(({ id, name }) => [id, name]));

/** Room for the name, and for a figure where figures stand. */
function boxOf({ lines, anchor, x, y, leader }: MapName) {
  const longest = Math.max(...lines.map((line) => line.length)) * nameSize * 0.56;
  const width = leader ? longest + 3 * nameSize * 0.56 : longest;
  const left = anchor === "end" ? x - width : anchor === "start" ? x : x - width / 2;
  const height = lines.length * nameSize + (leader ? 0 : 54);
  return { left, right: left + width, top: y - nameSize / 2, bottom: y - nameSize / 2 + height };
}

test("every neighbourhood and every borough has its name on the map, once and whole", () => {
  expect(parts.length).toBeGreaterThanOrEqual(20);
  const written = plan.names.part.map(({ areaId, lines }) => [areaId, lines.join(" ")]);
  expect(new Map(written as [string, string][])).toEqual(
    new Map(parts.map(({ id }) => [id, nameOf.get(id)])),
  );
  expect(plan.names.part.length).toBe(parts.length);
  expect(plan.names.borough.map(({ lines }) => lines.join(" "))).toEqual(["Enfield", "Haringey"]);
});

test("no name touches another, and all lie in the picture", () => {
  const boxes = plan.names.part.map(boxOf);
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1)) {
      const apart =
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      expect(apart, `${plan.names.part[index]?.areaId}`).toBe(true);
    }
    expect(a.left).toBeGreaterThanOrEqual(plan.viewBox.left);
    expect(a.right).toBeLessThanOrEqual(plan.viewBox.right);
    expect(a.top).toBeGreaterThanOrEqual(plan.viewBox.top);
    expect(a.bottom).toBeLessThanOrEqual(plan.viewBox.bottom);
  });
});

test("a name stands inside its own area, or has a line that ends in it", () => {
  for (const name of plan.names.part) {
    const outline = shapeOf.get(name.areaId)?.outline ?? [];
    const end = name.leader ? name.leader.to : ([name.x, name.y] as const);
    expect(isInside(end, outline), name.areaId).toBe(true);
  }
  expect(plan.names.part.some(({ leader }) => leader === null)).toBe(true);
  expect(plan.names.part.some(({ leader }) => leader !== null)).toBe(true);
});

test("lines to the same side do not cross", () => {
  const lines = plan.names.part.flatMap(({ areaId, anchor, leader }) =>
    leader ? [{ areaId, anchor, ...leader }] : [],
  );
  const turn = (a: readonly number[], b: readonly number[], c: readonly number[]) =>
    Math.sign(
      ((b[0] ?? 0) - (a[0] ?? 0)) * ((c[1] ?? 0) - (a[1] ?? 0)) -
        ((b[1] ?? 0) - (a[1] ?? 0)) * ((c[0] ?? 0) - (a[0] ?? 0)),
    );
  const crossing = lines.flatMap((one, index) =>
    lines
      .slice(index + 1)
      .filter(
        (two) =>
          one.anchor === two.anchor &&
          turn(one.from, one.to, two.from) !== turn(one.from, one.to, two.to) &&
          turn(two.from, two.to, one.from) !== turn(two.from, two.to, one.to),
      )
      .map((two) => `${one.areaId} and ${two.areaId}`),
  );
  expect(crossing).toEqual([]);
});
