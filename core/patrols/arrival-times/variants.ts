import type { H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import {
  type Arrival,
  type ArrivalHistory,
  permittedHalfHours,
} from "#core/patrols/arrival-times/unpredictability.ts";
import {
  type Candidate,
  type CandidateContext,
  createStopVariants,
  type Gait,
  variedWindows,
} from "#core/patrols/candidates/candidate.ts";
import type { Shift, ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import { isOfSquad, paced } from "#core/patrols/ground/squad.ts";

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

export interface VariantSpan<Variant> {
  readonly start: number;
  readonly end: number;
  /** Possible patrols then, computed on first use. */
  readonly variants: () => readonly Variant[];
}

/**
 * A zone's windows in a shift at every time the planner knows, with other stops and orders. Built
 * like candidates: closed cells are neither stops nor walked through, nothing exceeds used-up caps,
 * and windows below the least worth are dropped.
 */
export function createVariants<Variant>(
  { context, cellsOf }: Pick<VariationGround, "context" | "cellsOf">,
  known: (candidate: Candidate) => Variant,
) {
  const chooserOf = onceBy((_key: string, zone: H3Cell, { mode, squad }: Gait) =>
    createStopVariants(
      (cellsOf.get(zone) ?? []).filter((cell) => isOfSquad(squad, cell)),
      mode,
      paced(context, squad),
    ),
  );
  const spansOf = onceBy((_key: string, zone: H3Cell, gait: Gait, shift: ShiftOccurrence) => {
    const choose = chooserOf(keyOf(zone, gait), zone, gait);
    return variedWindows(zone, shift, context).map((window): VariantSpan<Variant> => {
      let variants: readonly Variant[] | null = null;
      return {
        ...window,
        variants: () => {
          variants ??= choose(window.start, window.end)
            .filter(({ stops, value }) => context.floor.passes({ ...window, stops }, value))
            .map((choice) => known({ zone, shift, ...gait, ...window, ...choice }));
          return variants;
        },
      };
    });
  });
  return (zone: H3Cell, gait: Gait, shift: ShiftOccurrence): readonly VariantSpan<Variant>[] =>
    spansOf(`${keyOf(zone, gait)} ${shift.start} ${shift.end}`, zone, gait, shift);
}

const keyOf = (zone: H3Cell, { mode, squad }: Gait) => `${zone} ${mode} ${squad?.number ?? ""}`;
