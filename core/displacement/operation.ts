import type { H3Cell } from "#core/geo/cell.ts";

/** A treated area and a start date, to be assessed. */
export interface Operation {
  readonly name: string;
  /** Treated cells at resolution 10. */
  readonly cells: readonly H3Cell[];
  /** London date `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** Last day, inclusive; null while the operation goes on. */
  readonly endsOn: string | null;
  /** Cells chosen by hand to compare with; null: the rest of the command. */
  readonly control: readonly H3Cell[] | null;
  /** Named parts of it, one after the other. */
  readonly phases: readonly OperationPhase[];
}

export interface OperationPhase {
  readonly name: string;
  readonly startsOn: string;
  /** Last day, inclusive; null: as long as the operation. */
  readonly endsOn: string | null;
}
