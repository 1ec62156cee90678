import { useEffect, useState } from "react";
import type { PatternAnswer, PatternAsk } from "#client/hotspots/measures/answers.ts";
import { lookThrough } from "#client/hotspots/ranked/lens.ts";
import type { HotspotsData, Picture } from "#client/hotspots/ranked/use-picture.ts";
import { useHotTester } from "#client/hotspots/ranked/use-ranked.ts";
import { filterOf, rangeInMinutes } from "#client/hotspots/state/filters.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/state/view.ts";
import { emergingSteps } from "#core/hotspots/steps.ts";
import type { Fold } from "#core/stats/folds.ts";

export interface StoryPattern {
  readonly picture: Picture;
  readonly steps: readonly Fold[];
  /** Null where the dates are too short for a pattern. */
  readonly answer: PatternAnswer | null;
}

/** The pattern over time of every place, asked for only while one is open; null until it is back. */
export function useStoryPattern(
  { events, zone }: HotspotsData,
  view: HotspotsView,
  picture: Picture,
): StoryPattern | null {
  const [known, setKnown] = useState<StoryPattern | null>(null);
  const tester = useHotTester();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture stands for the view.
  useEffect(() => {
    const { lens, leading } = picture;
    const steps = emergingSteps(zone, view);
    if (!steps) {
      setKnown({ picture, steps: [], answer: null });
      return;
    }
    const filter = filterOf(view, leadingSource(view), zone);
    const countsOf = (step: Fold) =>
      lookThrough(events, lens, { ...filter, ...rangeInMinutes(step, zone) }).counts;
    tester.current?.test({
      study: lens.study,
      studyKey: `${view.area} ${view.resolution}`,
      counts: leading.summary.counts,
      more: (): PatternAsk => ({ measure: "pattern", steps: steps.map(countsOf) }),
      onTest: (_, answer) => setKnown({ picture, steps, answer: answer as PatternAnswer }),
    });
  }, [picture, events, zone]);
  return known?.picture === picture ? known : null;
}
