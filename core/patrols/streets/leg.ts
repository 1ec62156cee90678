import { cellCentre, type H3Cell, metresBetween, type Position } from "#core/geo/cell.ts";
import { legCells } from "#core/patrols/route.ts";
import type { Movement } from "#core/patrols/settings.ts";

/** The way from one stop of a window to the next. */
export interface Leg {
  /** Along streets; null where streets know no way: then it is as the crow flies. */
  readonly line: readonly Position[] | null;
  /** Every cell of the event resolution that it enters, in its order, ends included. */
  readonly cells: readonly H3Cell[];
  readonly metres: number;
  /** Without locking a cycle or parking a vehicle. */
  readonly seconds: number;
  /** "north on Fore Street, left into Sebastopol Road"; empty as the crow flies. */
  readonly words: string;
  /** Whom the streets of its line ask to be named: it stays with the way when other streets come in. */
  readonly attribution?: string | null | undefined;
}

/** The straight line over the cells of the grid path: what every leg was before there were streets. */
export function crowLeg(from: H3Cell, to: H3Cell, { kmh }: Movement): Leg {
  const metres = metresBetween(cellCentre(from), cellCentre(to));
  const seconds = metres / (kmh / 3.6);
  return { line: null, cells: legCells(from, to), metres, seconds, words: "" };
}

/** Whole minutes of a way along streets. */
export function streetMinutes(seconds: number, { setUpMinutes }: Movement): number {
  return Math.ceil(seconds / 60) + setUpMinutes;
}

/** How a window goes from stop to stop: "mixed" has both. */
export type WayKind = "streets" | "crow" | "mixed";

/** Null for a window of one stop, which goes nowhere. */
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

/** Whom the streets that windows go by ask to be named. */
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
