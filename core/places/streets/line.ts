import type { Position } from "#core/geo/cell.ts";

/** From the widest to the narrowest. Main: trunk and primary roads; secondary: secondary and tertiary ones. */
export const streetClasses = [
  "motorway",
  "main",
  "secondary",
  "street",
  "service",
  "path",
  "cycleway",
] as const;
export type StreetClass = (typeof streetClasses)[number];

export const streetModes = ["foot", "cycle", "vehicle"] as const;
export type StreetMode = (typeof streetModes)[number];

/** A street, or a piece of one, as a file or a tile gives it. */
export interface StreetLine {
  readonly line: readonly Position[];
  readonly name: string | null;
  readonly class: StreetClass;
  /** Vehicles may go only with (1) or only against (-1) the line; 0 both ways. */
  readonly oneWay: -1 | 0 | 1;
  /** Above (bridge) or below (tunnel) the ground, where the source says so: lines of two levels cross without meeting. */
  readonly level?: number;
}

/**
 * Vertices stand on a grid of 1e-7 degree, 1.1 cm: as many figures as OpenStreetMap keeps, in 32 bits. Two lines meet
 * where their vertices are the same whole units.
 */
export const unitsPerDegree = 1e7;

export function toUnits(degrees: number): number {
  return Math.round(degrees * unitsPerDegree);
}

export function toDegrees(units: number): number {
  return units / unitsPerDegree;
}
