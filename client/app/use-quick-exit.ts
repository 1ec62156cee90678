import { useEffect } from "react";
import { endSessionOnLeaving } from "#client/accounts/session.ts";
import { loadPinSignIn } from "#client/accounts/sign-in/load-pin-sign-in.ts";
import { leaveQuickly, quickExit, watchEscapes } from "#client/state/quick-exit.ts";

/** For partners: one tap, or Escape twice, from anywhere in the page; and the page to come back by. */
export function useQuickExit(isOffered: boolean): void {
  useEffect(() => {
    if (!isOffered) return;
    quickExit.set((state) => ({ ...state, isOffered: true, endSession: endSessionOnLeaving }));
    loadPinSignIn().catch(() => undefined);
    const stop = watchEscapes(() => leaveQuickly(endSessionOnLeaving));
    return () => {
      stop();
      quickExit.set((state) => ({ ...state, isOffered: false }));
    };
  }, [isOffered]);
}
