import { useEffect, useRef, useState } from "react";
import { alarm } from "#client/patrols/police/alarm.ts";
import { useInterval } from "#client/state/use-interval.ts";
import type { TonightWindow } from "#core/patrols/wire/tonight.ts";

/** Once for each loss, those already there when the page opened included. */
export function useAlarm(lost: readonly TonightWindow[]): void {
  const heard = useRef(new Set<string>());
  const fresh = lost
    .map(({ planId, id, status, end }) => `${planId} ${id} ${status} ${end}`)
    .filter((key) => !heard.current.has(key));
  const key = fresh.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for them.
  useEffect(() => {
    if (fresh.length === 0) return;
    for (const one of fresh) heard.current.add(one);
    alarm();
  }, [key]);
}

/** A dwell, and what is late or over, depend on the clock. */
export function useTick(): void {
  const [, tick] = useState(0);
  useInterval(() => tick((count) => count + 1), lookAtClockMs);
}

const lookAtClockMs = 15_000;
