import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { isTimeOver, waitingSentence } from "#client/releases/drafts/state-words.ts";
import { useInterval } from "#client/state/use-interval.ts";
import type { ReleasesReply } from "#core/releases/wire/releases.ts";

/** That figures are about to go public, and until when they can be held; nothing where none are. */
export function WaitingLine() {
  const shown = useWaiting();
  if (!hasValue(shown) || shown.value.drafts.length === 0) return null;
  return (
    <p>
      Figures for residents: {waitingSentence(shown.value.drafts)}{" "}
      <a href="#/releases">Read them in Releases</a>
    </p>
  );
}

const lookEveryMs = 30_000;

/** Releases and what waits; read anew when the time to read a draft ends while the page is open. */
export function useWaiting(): Resource<ReleasesReply> {
  const shown = useShared(releases);
  // Looked at by the clock and not by a timer of three days: a lid that was closed stops timers.
  useInterval(() => {
    if (hasValue(shown) && isTimeOver(shown.value.drafts, Date.now())) releases.reload();
  }, lookEveryMs);
  return shown;
}
