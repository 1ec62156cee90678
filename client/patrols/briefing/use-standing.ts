import { useEffect, useRef, useState } from "react";
import { live, useLook } from "#client/live/refresh.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import type { BriefingReply, NumberReply } from "#core/patrols/wire/board.ts";

/** Not checked: something may have changed, and the server could not be asked. */
export type Standing = "stands" | "void" | "not checked";

const askEveryMs = 60_000;

/**
 * Whether papers that lie on the screen still stand, asked again at every change that may void them
 * (SAFEGUARDS 1). Void ones stay void until they are loaded again.
 */
export function useStanding(
  { briefing, isLoading }: { readonly briefing: BriefingReply | null; readonly isLoading: boolean },
  check: (number: string) => Promise<NumberReply>,
): Standing {
  const [found, setFound] = useState<{ of: BriefingReply; standing: Standing } | null>(null);
  const isMissed = useRef(false);
  const ask = async () => {
    isMissed.current = isLoading;
    if (briefing === null) return;
    const standing = await check(briefing.number).then(
      ({ stands }): Standing => (stands ? "stands" : "void"),
      (): Standing => "not checked",
    );
    setFound((before) =>
      before?.of === briefing && before.standing === "void" ? before : { of: briefing, standing },
    );
  };
  useLook("plan", null, () => void ask());
  useLook("keep_clear", null, () => void ask());
  const isLive = useStore(live, (state) => state === "on");
  useInterval(() => void ask(), isLive ? null : askEveryMs);
  // Told of a change while they were on their way.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that is loaded.
  useEffect(() => {
    if (isMissed.current) void ask();
  }, [briefing]);
  return found !== null && found.of === briefing ? found.standing : "stands";
}
