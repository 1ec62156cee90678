import { useCallback, useEffect, useRef, useState } from "react";
import { lookThrough } from "#client/hotspots/ranked/lens.ts";
import type { HotspotsData, Picture } from "#client/hotspots/ranked/use-picture.ts";
import { filterOf, rangeInMinutes } from "#client/hotspots/state/filters.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/state/view.ts";
import {
  answerStory,
  type StoryReply,
  type StoryRequest,
  type StoryTests,
} from "#client/hotspots/story/story-messages.ts";
import { emergingSteps } from "#core/hotspots/steps.ts";
import type { Fold } from "#core/stats/folds.ts";

export interface PictureTests {
  readonly picture: Picture;
  readonly steps: readonly Fold[] | null;
  readonly tests: StoryTests | null;
  /** Null while there is no error. */
  readonly fault: string | null;
}

/** Asked for only while a place is open; null until they are back. */
export function useStoryTests(
  data: HotspotsData,
  view: HotspotsView,
  picture: Picture,
): PictureTests | null {
  const [known, setKnown] = useState<PictureTests | null>(null);
  const ask = useStoryThread();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture stands for the view.
  useEffect(() => {
    const { events, zone } = data;
    const { lens, leading } = picture;
    const steps = emergingSteps(zone, view);
    const filter = filterOf(view, leadingSource(view), zone);
    const countsOf = (step: Fold) =>
      lookThrough(events, lens, { ...filter, ...rangeInMinutes(step, zone) }).counts;
    return ask(
      {
        study: lens.study,
        counts: leading.summary.counts,
        steps: steps?.map(countsOf) ?? null,
      },
      (reply) =>
        setKnown({
          picture,
          steps,
          tests: "tests" in reply ? reply.tests : null,
          fault: "fault" in reply ? reply.fault : null,
        }),
    );
  }, [picture, data, ask]);
  return known?.picture === picture ? known : null;
}

type Ask = (request: Omit<StoryRequest, "key">, onReply: (reply: StoryReply) => void) => () => void;

/**
 * One worker while a place is open. A superseded question ends its worker, so play never waits for
 * it.
 */
function useStoryThread(): Ask {
  const worker = useRef<Worker | null>(null);
  const lastKey = useRef(0);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);
  return useCallback<Ask>(
    (request, onReply) => {
      lastKey.current += 1;
      const asked: StoryRequest = { ...request, key: lastKey.current };
      worker.current ??= new Worker(new URL("./story.worker.ts", import.meta.url), {
        type: "module",
      });
      let isOver = false;
      const settle = (reply: StoryReply) => {
        if (isOver || reply.key !== asked.key) return;
        isOver = true;
        onReply(reply);
      };
      worker.current.onmessage = ({ data }: MessageEvent<StoryReply>) => settle(data);
      // Without a worker it is slower, but the answer is the same.
      worker.current.onerror = () => {
        // Fires once; the next question starts a worker.
        end();
        settle(answerStory(asked));
      };
      worker.current.postMessage(asked);
      return () => {
        if (!isOver) end();
        isOver = true;
      };
    },
    [end],
  );
}
