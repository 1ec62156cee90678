import { expect, test } from "vitest";
import { areaAt, namedArea } from "#client/place-plans/plan-area.ts";
import { cellAt, disk, type Position } from "#core/geo/cell.ts";
import type { PlanArea } from "#core/place-plans/wire/place-plans.ts";

const at: Position = [-0.0631, 51.6179];
const cell = cellAt(at, 10);
const cells = disk(cellAt([-0.0639, 51.6158], 10), 1);

test("a click puts a picked cell in or takes it out, whatever the place was said by before", () => {
  const named: PlanArea = { by: "named", name: "Silver Street", cells };
  const more = areaAt(named, "picked", at);
  expect(more).toEqual({ by: "picked", name: null, cells: [...cells, cell] });
  expect(areaAt(more, "picked", at)).toEqual({ by: "picked", name: null, cells });
});

test("a click takes the point and the cells around it where nothing is picked", () => {
  const picked: PlanArea = { by: "picked", name: null, cells };
  for (const way of ["point", "named"] as const) {
    expect(areaAt(picked, way, at)).toEqual({ by: "point", name: null, cells: disk(cell, 1) });
  }
  expect(namedArea("Fore Street", at).cells).toEqual(disk(cell, 1));
});
