import type { H3Cell } from "#core/geo/cell.ts";
import type { Leg } from "#core/patrols/streets/leg.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/** One stop: instants in epoch milliseconds. */
export interface Visit {
  readonly cell: H3Cell;
  readonly arrive: number;
  readonly depart: number;
}

/** One unit in one zone for one to two hours. */
export interface PatrolWindow {
  readonly zone: H3Cell;
  readonly unit: number;
  /** How it moves; on foot where nothing is said. */
  readonly mode?: PatrolMode;
  readonly start: number;
  readonly end: number;
  /** In walking order. */
  readonly stops: readonly Visit[];
  /** From each stop to the next; none where it was planned without streets: as the crow flies. */
  readonly legs?: readonly Leg[] | null | undefined;
}

/** Cells that are closed to police during [from, to): the protected footprint and nothing else. */
export interface ClosedStretch {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly H3Cell[];
}
