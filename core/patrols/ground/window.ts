import type { H3Cell } from "#core/geo/cell.ts";
import type { Leg } from "#core/patrols/ground/leg.ts";
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
  /** On foot if absent. */
  readonly mode?: PatrolMode;
  /** Whose window it is; absent or null of police. */
  readonly patrolPartner?: string | null | undefined;
  /** On foot, of a patrol partner; absent as police walk. */
  readonly kmh?: number | null | undefined;
  readonly start: number;
  readonly end: number;
  /** In walking order. */
  readonly stops: readonly Visit[];
  /** From each stop to the next; absent as the crow flies, where planned without streets. */
  readonly legs?: readonly Leg[] | null | undefined;
}

/** Cells closed to police during [from, to): exactly the protected footprint. */
export interface ClosedStretch {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly H3Cell[];
}
