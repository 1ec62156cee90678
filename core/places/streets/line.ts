import type { Position } from "#core/geo/cell.ts";

/** main: trunk and primary; secondary: secondary and tertiary. */
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

export type StreetMode = "foot" | "cycle" | "vehicle";

export interface StreetLine {
  readonly line: readonly Position[];
  readonly name: string | null;
  readonly class: StreetClass;
  /** Vehicles may go only with (1) or only against (-1) the line; 0 both ways. */
  readonly oneWay: -1 | 0 | 1;
}
