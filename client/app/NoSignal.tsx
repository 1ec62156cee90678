import { useEffect } from "react";
import { isMarkedLeft } from "#client/accounts/left-mark.ts";
import { namePage } from "#client/state/page-name.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { Button } from "#client/ui/Button.tsx";
import { WaitingNote } from "#client/ui/WaitingNote.tsx";
import "#client/app/no-signal.css";

const askEveryMs = 15_000;

/**
 * The page opened from its kept shell while offline. Who may read it is unknown, so nothing here
 * says what it is for.
 */
export function NoSignal({ onRetry }: { readonly onRetry: () => void }) {
  useInterval(onRetry, askEveryMs);
  useEffect(() => namePage(null), []);
  useEffect(() => {
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [onRetry]);
  return (
    <main className="no-signal reading lead stack start gap-3">
      <h1>No signal</h1>
      {isMarkedLeft() ? <p>You are signed out here.</p> : null}
      <p>This page opens by itself once there is one. If it cannot wait, phone instead.</p>
      <WaitingNote />
      <Button onClick={onRetry}>Try now</Button>
    </main>
  );
}
