import type { H3Cell } from "#core/geo/cell.ts";
import type { VariationGround } from "#core/patrols/arrival-times/variation-ground.ts";
import { type Candidate, createStopVariants, variedWindows } from "#core/patrols/candidate.ts";
import type { ShiftOccurrence } from "#core/patrols/shift.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/** One time that windows of a zone can have. */
export interface VariantSpan<Variant> {
  readonly start: number;
  readonly end: number;
  /** What could be walked then, found when it is first asked for. */
  readonly variants: () => readonly Variant[];
}

/** The windows of a zone in a shift at every time that the planner knows, with other stops and their orders. */
export type VariantsOf<Variant> = (
  zone: H3Cell,
  mode: PatrolMode,
  shift: ShiftOccurrence,
) => readonly VariantSpan<Variant>[];

/**
 * Made as candidates are, of the same times: what is closed is neither a stop nor walked through, nothing goes
 * beyond caps that are used up, and what is not worth a window is none.
 */
export function createVariants<Variant>(
  { context, cellsOf }: Pick<VariationGround, "context" | "cellsOf">,
  /** A window as whoever asks knows it. */
  known: (candidate: Candidate) => Variant,
): VariantsOf<Variant> {
  const spans = new Map<string, readonly VariantSpan<Variant>[]>();
  const choosers = new Map<string, ReturnType<typeof createStopVariants>>();
  const chooserOf = (zone: H3Cell, mode: PatrolMode) => {
    const key = `${zone} ${mode}`;
    const chooser = choosers.get(key);
    if (chooser) return chooser;
    const made = createStopVariants(cellsOf.get(zone) ?? [], mode, context);
    choosers.set(key, made);
    return made;
  };
  return (zone, mode, shift) => {
    const key = `${zone} ${mode} ${shift.start} ${shift.end}`;
    const found = spans.get(key);
    if (found) return found;
    const choose = chooserOf(zone, mode);
    const made = variedWindows(zone, shift, context).map((window): VariantSpan<Variant> => {
      let variants: readonly Variant[] | null = null;
      return {
        ...window,
        variants: () => {
          variants ??= choose(window.start, window.end)
            .filter(({ stops, value }) => context.floor.passes({ ...window, stops }, value))
            .map((choice) => known({ zone, shift, mode, ...window, ...choice }));
          return variants;
        },
      };
    });
    spans.set(key, made);
    return made;
  };
}
