import { gridPathCells } from "h3-js";
import { cellCentre, type H3Cell, metresBetween, type Position } from "#core/geo/cell.ts";
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

export interface Leg {
  /** Along streets; null where none leads there: then as the crow flies. */
  readonly line: readonly Position[] | null;
  /** Every event-resolution cell that it enters, in order, ends included. */
  readonly cells: readonly H3Cell[];
  readonly metres: number;
  /** Without locking a cycle or parking a vehicle. */
  readonly seconds: number;
  /** "north on Fore Street, left into Sebastopol Road"; empty as the crow flies. */
  readonly words: string;
  /** Attribution that its streets require; kept with the way when street data changes. */
  readonly attribution?: string | null | undefined;
}

export function crowLeg(from: H3Cell, to: H3Cell, { kmh }: Movement): Leg {
  const metres = metresBetween(cellCentre(from), cellCentre(to));
  const seconds = metres / (kmh / 3.6);
  return { line: null, cells: legCells(from, to), metres, seconds, words: "" };
}

export function streetMinutes(seconds: number, { setUpMinutes }: Movement): number {
  return Math.ceil(seconds / 60) + setUpMinutes;
}

/** How a window goes from stop to stop: "mixed" has both. */
export type WayKind = "streets" | "crow" | "mixed";

/** Null for a window of one stop. */
export function wayKind(window: {
  readonly stops: readonly unknown[];
  readonly legs?: readonly Pick<Leg, "line">[] | null | undefined;
}): WayKind | null {
  if (window.stops.length < 2) return null;
  const legs = window.legs ?? [];
  const along = legs.filter(({ line }) => line !== null).length;
  if (along === 0) return "crow";
  return along === legs.length ? "streets" : "mixed";
}

export function sourcesOfWays(
  windows: readonly { readonly legs?: readonly Pick<Leg, "attribution">[] | null | undefined }[],
): readonly string[] {
  const named = windows.flatMap(({ legs }) => (legs ?? []).map(({ attribution }) => attribution));
  return [...new Set(named)].filter((one) => typeof one === "string");
}

export const wayWords: Readonly<Record<WayKind, string>> = {
  streets: "by street",
  crow: "as the crow flies",
  mixed: "by street, and as the crow flies where no street leads",
};
