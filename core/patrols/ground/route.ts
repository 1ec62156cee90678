import { gridPathCells } from "h3-js";
import { cellCentre, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import type { Movement } from "#core/patrols/ground/settings.ts";

/**
 * Every cell on a walk over these stops: the stops and the grid paths between them. Protected time
 * on any of these closes the window (DEFINITIONS, Occupancy).
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

/** For a window, along streets where it has them. */
export function windowCells(window: {
  readonly stops: readonly { readonly cell: H3Cell }[];
  readonly legs?: readonly { readonly cells: readonly H3Cell[] }[] | null | undefined;
}): H3Cell[] {
  const { stops, legs } = window;
  if (!legs) return routeCells(stops.map(({ cell }) => cell));
  const cells = new Set(stops.flatMap(({ cell }, at) => [cell, ...(legs[at]?.cells ?? [])]));
  return [...cells];
}

/** The grid path from one cell to another, both included. */
export function legCells(from: H3Cell, to: H3Cell): H3Cell[] {
  return gridPathCells(from, to) as H3Cell[];
}

export function legMinutes(from: H3Cell, to: H3Cell, { kmh, setUpMinutes }: Movement): number {
  if (from === to) return 0;
  const metresPerMinute = (kmh * 1000) / 60;
  const metres = metresBetween(cellCentre(from), cellCentre(to));
  return Math.ceil(metres / metresPerMinute) + setUpMinutes;
}
