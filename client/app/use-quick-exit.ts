import { useEffect } from "react";
import { endSessionOnLeaving } from "#client/api/session.ts";
import { leaveQuickly, quickExit, watchEscapes } from "#client/state/quick-exit.ts";

/** For partners: one tap, or Escape twice, from anywhere in the page. */
export function useQuickExit(isOffered: boolean): void {
  useEffect(() => {
    if (!isOffered) return;
    quickExit.set((state) => ({ ...state, isOffered: true }));
    const stop = watchEscapes(() => leaveQuickly(endSessionOnLeaving));
    return () => {
      stop();
      quickExit.set((state) => ({ ...state, isOffered: false }));
    };
  }, [isOffered]);
}
