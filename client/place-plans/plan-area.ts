import { cellAt, disk, eventResolution, type Position } from "#core/geo/cell.ts";
import type { PlanAreaWay } from "#core/place-plans/plan.ts";
import type { PlanArea } from "#core/place-plans/wire/place-plans.ts";

/** A cell and the six around it, about 300 m across. */
const ringsAround = 1;

/** A click on the map: a cell in or out where cells are picked, otherwise the point and the cells around it. */
export function areaAt(area: PlanArea, way: PlanAreaWay, at: Position): PlanArea {
  const cell = cellAt(at, eventResolution);
  if (way !== "picked") {
    return { by: "point", name: null, cells: disk(cell, ringsAround) };
  }
  const rest = area.cells.filter((other) => other !== cell);
  return {
    by: "picked",
    name: null,
    cells: rest.length === area.cells.length ? [...area.cells, cell] : rest,
  };
}

export function namedArea(name: string, at: Position): PlanArea {
  return { by: "named", name, cells: disk(cellAt(at, eventResolution), ringsAround) };
}
