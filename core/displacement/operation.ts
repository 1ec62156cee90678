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
  /** Cells chosen by hand to compare with; null: all that is left of the command. */
  readonly control: readonly H3Cell[] | null;
  /** Parts of the operation in time, each judged against the same period before. */
  readonly phases: readonly OperationPhase[];
}

export interface OperationPhase {
  readonly name: string;
  /** London date. */
  readonly startsOn: string;
  /** Last day, inclusive; null while the phase goes on. */
  readonly endsOn: string | null;
}
