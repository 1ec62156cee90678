import type { H3Cell } from "#core/geo/cell.ts";
import { permittedHalfHours } from "#core/patrols/arrival-times/half-hours.ts";
import type { Arrival, ArrivalHistory } from "#core/patrols/arrival-times/unpredictability.ts";
import type { CandidateContext } from "#core/patrols/candidates/candidate.ts";
import type { Shift } from "#core/patrols/ground/shift.ts";

export interface VariationGround {
  readonly context: CandidateContext;
  readonly cellsOf: ReadonlyMap<H3Cell, readonly H3Cell[]>;
  /** Fixed arrivals, of the weeks before and of these days. */
  readonly standing: readonly Arrival[];
  /** Half-hours that a score counts as permitted: of the shifts of all these weeks. */
  readonly permitted: readonly number[];
}

export function variationGround(
  context: CandidateContext,
  zones: readonly { readonly zone: H3Cell; readonly cells: readonly H3Cell[] }[],
  given: {
    readonly shifts: readonly Shift[];
    readonly history: ArrivalHistory;
    readonly standing: readonly Arrival[];
  },
): VariationGround {
  const own = permittedHalfHours(given.shifts);
  return {
    context,
    cellsOf: new Map(zones.map(({ zone, cells }) => [zone, cells] as const)),
    standing: [...given.history.arrivals, ...given.standing],
    permitted: [...new Set([...own, ...given.history.halfHours])].sort((a, b) => a - b),
  };
}
