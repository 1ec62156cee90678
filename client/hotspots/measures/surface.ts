import { capitalised } from "#client/hotspots/capitalised.ts";
import {
  type Answer,
  type Aside,
  type Ask,
  defineMeasure,
} from "#client/hotspots/measures/measure.ts";
import { eventResolution } from "#core/geo/cell.ts";
import {
  createSmoother,
  describeSurface,
  type Smoother,
  type Surface,
  type SurfaceGround,
  surfaceMetres,
} from "#core/hotspots/surface.ts";
import { surfaceGround } from "#core/hotspots/surface-ground.ts";

export interface SurfaceAside extends Aside {
  /** Events per square kilometre, fixed for all periods of this length. */
  readonly breaks: readonly number[];
}

interface SurfaceAsk extends Ask {
  /** Of the finest cells of the area, whatever size is shown; the worker keeps what it makes of it by the key. */
  readonly ground: SurfaceGround;
  readonly groundKey: string;
  readonly weights: Float64Array;
}

export interface SurfaceAnswer extends Answer {
  readonly surface: Surface;
}

/** Counts drawn as one smooth surface: no measure of its own to choose, but asked and told like one. */
export const surface = defineMeasure<"surface", SurfaceAside, SurfaceAsk, SurfaceAnswer>({
  id: "surface",
  name: "Smooth surface",
  help: "",
  rankedBy: "count",
  sort: { key: "weight", down: true },
  rank: "count",
  opacity: 0.8,
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
  answer: ({ groundKey, ground, weights }, _study, _counts, kept) => {
    const smoother = (kept.get(groundKey) as Smoother | undefined) ?? createSmoother(ground);
    kept.set(groundKey, smoother);
    return { measure: "surface", surface: smoother(weights) };
  },
  statement: describeSurface,
  title: ({ many }) =>
    `${capitalised(many)} per square kilometre, smoothed over ${surfaceMetres} m`,
});

export function isSurface(aside: { readonly measure: string } | null | undefined) {
  return aside?.measure === surface.id;
}
