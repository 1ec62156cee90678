import { useEffect, useRef, useState } from "react";
import type { Picture } from "#client/hotspots/files/use-picture.ts";
import { createHotTester, type HotTester, openHotThread } from "#client/hotspots/hot-tester.ts";
import { type Ranked, rankPicture } from "#client/hotspots/ranked.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { H3Cell } from "#core/geo/cell.ts";

/**
 * The tested picture, a frame or two behind the hand; null until the first test is back.
 * The last one stays while a newer runs, so nothing blinks.
 */
export function useRanked(
  view: HotspotsView,
  picture: Picture,
  nameOf: (cell: H3Cell) => string,
): Ranked | null {
  const [ranked, setRanked] = useState<Ranked | null>(null);
  const tester = useRef<HotTester | null>(null);
  useEffect(() => {
    const opened = createHotTester(openHotThread());
    tester.current = opened;
    return () => {
      tester.current = null;
      opened.close();
    };
  }, []);
  const { lens, leading, aside } = picture;
  const { area, resolution, measure } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture stands for the rest of the view.
  useEffect(() => {
    tester.current?.test({
      study: lens.study,
      studyKey: `${area} ${resolution}`,
      counts: leading.summary.counts,
      more: () => (aside && aside.measure !== "none" ? aside.ask() : null),
      onTest: (test, answer) => setRanked(rankPicture({ view, picture, test, answer, nameOf })),
    });
  }, [picture, measure, nameOf]);
  return ranked;
}
