import { gridPathCells } from "h3-js";
import { cellCentre, type H3Cell, metresBetween } from "#core/geo/cell.ts";

/**
 * Every cell that a walk over these stops enters: the stops and the grid path between consecutive
 * ones. Protected time closes a window when it closes any of these (DEFINITIONS, Occupancy).
 */
export function routeCells(stops: readonly H3Cell[]): H3Cell[] {
  const cells = new Set<H3Cell>();
  stops.forEach((stop, index) => {
    const next = stops[index + 1];
    const leg = next === undefined ? [stop] : legCells(stop, next);
    for (const cell of leg) cells.add(cell);
  });
  return [...cells];
}

/** The grid path from one cell to another, both included. */
export function legCells(from: H3Cell, to: H3Cell): H3Cell[] {
  return gridPathCells(from, to) as H3Cell[];
}

/** Whole minutes on foot between two centres. */
export function walkingMinutes(from: H3Cell, to: H3Cell, walkingKmh: number): number {
  const metresPerMinute = (walkingKmh * 1000) / 60;
  return Math.ceil(metresBetween(cellCentre(from), cellCentre(to)) / metresPerMinute);
}
