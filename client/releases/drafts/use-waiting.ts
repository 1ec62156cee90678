import { hasValue, type Resource } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { isTimeOver } from "#client/releases/drafts/state-words.ts";
import { useInterval } from "#client/state/use-interval.ts";
import type { ReleasesReply } from "#core/releases/wire/releases.ts";

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
