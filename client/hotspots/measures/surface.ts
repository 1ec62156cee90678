import type { SurfaceAnswer, SurfaceAsk } from "#client/hotspots/measures/answers.ts";
import { type Aside, defineMeasure } from "#client/hotspots/measures/measure.ts";
import { capitalised } from "#client/ui/format.ts";
import { eventResolution } from "#core/geo/cell.ts";
import { surfaceGround } from "#core/hotspots/surface-ground.ts";
import { describeSurface, surfaceMetres } from "#core/hotspots/surface-words.ts";

export interface SurfaceAside extends Aside {
  /** Events per square kilometre, fixed for all periods of this length. */
  readonly breaks: readonly number[];
}

/** Not a measure to choose, but it is asked and described like one. */
export const surface = defineMeasure<"surface", SurfaceAside, SurfaceAnswer>({
  id: "surface",
  name: "Smooth surface",
  help: "",
  rankedBy: "count",
  sort: { key: "weight", down: true },
  rank: "count",
  canBePinned: false,
  opacity: 0.9,
  looks: [],
  aside: ({ view, fine }) => {
    if (!fine) return null;
    const { study, breaks, weights } = fine;
    return {
      measure: "surface",
      breaks,
      ask: (): SurfaceAsk => ({
        measure: "surface",
        ground: surfaceGround(study),
        groundKey: `${view.area} ${eventResolution}`,
        weights: weights(),
      }),
    };
  },
  statement: describeSurface,
  title: ({ many }) =>
    `${capitalised(many)} per square kilometre, smoothed over ${surfaceMetres} m`,
});

export function isSurface(aside: { readonly measure: string } | null | undefined) {
  return aside?.measure === surface.id;
}

/**
 * Events per square kilometre at the five class colours, from the finest cells' fixed bounds: one
 * event, smoothed over 300 m, peaks at 10.6. Fixed, as those are.
 */
export function surfaceBreaks(finest: readonly number[]): readonly number[] {
  return finest.map((bound) => bound * 20);
}

/** Of the densest parts; thin ones fade out. */
export const surfaceOpacity = 0.85;
