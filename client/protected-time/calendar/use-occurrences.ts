import { useEffect, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownSessions, readOccurrences } from "#client/protected-time/outreach/outreach-api.ts";
import type { OwnOccurrence } from "#core/protected-time/wire/outreach.ts";

export interface Occurrences {
  /** Null until they are there; those of the days before stay while others come. */
  readonly list: readonly OwnOccurrence[] | null;
  readonly hasFailed: boolean;
  readonly retry: () => void;
}

/** Own sessions of some days, read again whenever a session has changed. */
export function useOccurrences(from: string, to: string): Occurrences {
  const sessions = useShared(ownSessions);
  const [list, setList] = useState<readonly OwnOccurrence[] | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  // Not what police have said: a page asks for that again and again, and each reading is in the log.
  const changed = hasValue(sessions)
    ? JSON.stringify(sessions.value.map(({ id, except, endedAt }) => [id, except, endedAt]))
    : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed list and a retry ask again.
  useEffect(() => {
    if (changed === null) return;
    const abort = new AbortController();
    readOccurrences({ from, to }, abort.signal)
      .then((found) => {
        setList(found);
        setFailed(false);
      })
      .catch(() => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [from, to, changed, tries]);
  return { list, hasFailed, retry: () => setTries(tries + 1) };
}
