import { useCallback, useEffect, useState } from "react";
import { answerFactors, type FactorReply } from "#client/hotspots/factors/factor-messages.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { FactorKind, LayerFeaturesReply } from "#core/places/wire/layers.ts";

export type NearCounts =
  | { readonly status: "counting"; readonly share: number; readonly cancel: () => void }
  | { readonly status: "stopped"; readonly again: () => void }
  | { readonly status: "ready"; readonly near: ReadonlyMap<FactorKind, Uint32Array> };

/** Place factors near every cell of a study area, counted aside; `isWanted` starts it. */
export function useNearCounts(
  features: LayerFeaturesReply,
  study: StudySet,
  isWanted: boolean,
): NearCounts {
  const [known, setKnown] = useState<{ study: StudySet; reply: FactorReply } | null>(null);
  const [isStopped, setStopped] = useState(false);
  useEffect(() => {
    if (!isWanted || isStopped) return;
    const request = { kinds: features.kinds, cells: study.cells };
    const tell = (reply: FactorReply) => setKnown({ study, reply });
    const worker = new Worker(new URL("./factors.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FactorReply>) => tell(data);
    // No worker in this browser: slower, but the answer is the same.
    worker.onerror = () => answerFactors(request, tell);
    worker.postMessage(request);
    return () => worker.terminate();
  }, [features, study, isWanted, isStopped]);
  const cancel = useCallback(() => setStopped(true), []);
  const again = useCallback(() => setStopped(false), []);
  const reply = known?.study === study ? known.reply : null;
  if (reply && "near" in reply) return { status: "ready", near: reply.near };
  if (isStopped) return { status: "stopped", again };
  return { status: "counting", share: reply ? reply.done / Math.max(1, reply.of) : 0, cancel };
}
