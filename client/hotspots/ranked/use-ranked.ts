import { type RefObject, useEffect, useRef, useState } from "react";
import { type Answer, type Ask, isAnswerable } from "#client/hotspots/measures/measure.ts";
import type { HotReply, HotRequest } from "#client/hotspots/ranked/hot-messages.ts";
import { type Ranked, rankPicture } from "#client/hotspots/ranked/ranked.ts";
import type { Picture } from "#client/hotspots/ranked/use-picture.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { loadPatiently } from "#client/ui/lazily.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { CellTest } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";

/**
 * The tested picture, a frame or two late; null before the first test. The last one stays while the
 * next runs, so nothing flickers.
 */
export function useRanked(
  view: HotspotsView,
  picture: Picture,
  nameOf: (cell: H3Cell) => string,
): Ranked | null {
  const [ranked, setRanked] = useState<Ranked | null>(null);
  const tester = useHotTester();
  const { lens, leading, aside } = picture;
  const { area, resolution, measure } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picture stands for the rest of the view.
  useEffect(() => {
    tester.current?.test({
      study: lens.study,
      studyKey: `${area} ${resolution}`,
      counts: leading.summary.counts,
      more: () => (isAnswerable(aside) ? aside.ask() : null),
      onTest: (test, answer) => setRanked(rankPicture({ view, picture, test, answer, nameOf })),
    });
  }, [picture, measure, nameOf]);
  return ranked;
}

/** With a worker of its own for as long as its component is shown. */
export function useHotTester(): RefObject<HotTester | null> {
  const tester = useRef<HotTester | null>(null);
  useEffect(() => {
    const opened = createHotTester(openHotThread());
    tester.current = opened;
    return () => {
      tester.current = null;
      opened.close();
    };
  }, []);
  return tester;
}

/** Asks for tests of ever newer counts; while one runs, only the newest is kept waiting. */
interface HotTester {
  readonly test: (ask: HotAsk) => void;
  readonly close: () => void;
}

interface HotAsk {
  readonly study: StudySet;
  readonly studyKey: string;
  readonly counts: Int32Array;
  /** Called when its turn comes: a superseded request costs nothing. */
  readonly more: () => Ask | null;
  readonly onTest: (test: CellTest, answer: Answer | null) => void;
}

/** The part of a Worker that is used, so that tests can stand in for it. */
export interface HotThread {
  readonly post: (request: HotRequest) => void;
  readonly listen: (onReply: (reply: HotReply) => void, onFault: () => void) => void;
  readonly end: () => void;
}

export function createHotTester(thread: HotThread): HotTester {
  const sent = new Set<string>();
  let running: { readonly key: number; readonly ask: HotAsk } | null = null;
  let waiting: HotAsk | null = null;
  let nextKey = 1;
  let { post } = thread;

  const settle = (reply: HotReply) => {
    if (!running || reply.key !== running.key) return;
    const { ask } = running;
    running = null;
    if ("fault" in reply) throw new Error(reply.fault);
    ask.onTest(reply.test, reply.answer);
    const next = waiting;
    waiting = null;
    if (next) start(next);
  };
  const start = (ask: HotAsk) => {
    const { study, studyKey, counts } = ask;
    const key = nextKey;
    nextKey += 1;
    running = { key, ask };
    const more = ask.more();
    post({ key, counts, studyKey, study: sent.has(studyKey) ? null : study, more });
    sent.add(studyKey);
  };
  thread.listen(settle, () => {
    post = answerHere(settle);
    sent.clear();
    const again = waiting ?? running?.ask ?? null;
    running = null;
    waiting = null;
    if (again) start(again);
  });
  return {
    test: (ask) => {
      if (running) waiting = ask;
      else start(ask);
    },
    close: thread.end,
  };
}

/** No worker in this browser: slower, but the answer is the same. Its kernels are loaded for that alone. */
function answerHere(onReply: (reply: HotReply) => void): HotThread["post"] {
  const loading = loadPatiently(async () =>
    (await import("#client/hotspots/ranked/hot-messages.ts")).createHotAnswerer(),
  );
  return (request) => void loading.then((answer) => onReply(answer(request)));
}

function openHotThread(): HotThread {
  const worker = new Worker(new URL("./hot.worker.ts", import.meta.url), { type: "module" });
  return {
    post: (request) => worker.postMessage(request),
    listen: (onReply, onFault) => {
      worker.addEventListener("message", (event: MessageEvent<HotReply>) => onReply(event.data));
      worker.addEventListener("error", onFault);
    },
    end: () => worker.terminate(),
  };
}
