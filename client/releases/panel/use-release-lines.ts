import { useEffect, useRef, useState } from "react";
import { loadReleaseLines } from "#client/releases/panel/panel-api.ts";
import { useInterval } from "#client/state/use-interval.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";

const askEveryMs = 180_000;

interface Heard {
  /** What had been loaded when it was heard. */
  readonly after: readonly ReleaseLine[];
  readonly lines: readonly ReleaseLine[];
}

/**
 * The list of releases that was loaded, or a newer one: an open panel hears of a withdrawal. Asked for when the page
 * comes back into sight, and every few minutes; without a network what was loaded stays.
 */
export function useReleaseLines(loaded: readonly ReleaseLine[]): readonly ReleaseLine[] {
  const [heard, setHeard] = useState<Heard | null>(null);
  const ask = () => {
    if (document.hidden || !navigator.onLine) return;
    loadReleaseLines().then(
      (lines) => setHeard({ after: loaded, lines }),
      () => undefined,
    );
  };
  const latest = useRef(ask);
  latest.current = ask;
  useInterval(ask, askEveryMs);
  useEffect(() => {
    const onSight = () => latest.current();
    document.addEventListener("visibilitychange", onSight);
    return () => document.removeEventListener("visibilitychange", onSight);
  }, []);
  return heard?.after === loaded ? heard.lines : loaded;
}
