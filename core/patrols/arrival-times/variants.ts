import type { H3Cell } from "#core/geo/cell.ts";
import { onceBy } from "#core/once-for.ts";
import type { VariationGround } from "#core/patrols/arrival-times/variation-ground.ts";
import {
  type Candidate,
  createStopVariants,
  type Gait,
  variedWindows,
} from "#core/patrols/candidates/candidate.ts";
import type { ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import { isOfSquad, paced } from "#core/patrols/ground/squad.ts";

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
