import { useMemo, useState } from "react";
import { session } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";
import { ownPlaces, ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import type { Here, Own } from "#client/protected-time/outreach/outreach-words.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { createZone } from "#core/time/zone.ts";

export function useHere(): Here {
  const { timeZone, asAt, now } = useSession();
  return useMemo(() => {
    const zone = createZone(timeZone);
    const instant = Date.parse(now);
    return { zone, today: asAt, now: instant, lastDay: zone.dateOf(horizonOf(instant)) };
  }, [timeZone, asAt, now]);
}

export function useOwn(): Own {
  const sessions = useShared(ownSessions);
  const places = useShared(ownPlaces);
  return {
    sessions: hasValue(sessions) ? sessions.value : [],
    places: hasValue(places) ? places.value : [],
  };
}

/** For components below the one that loaded it. */
export function useBaseMap(): PlacesReply {
  const read = useShared(places);
  if (!hasValue(read)) throw new Error("The map is asked for before it is read");
  return read.value;
}

const tickMs = 10_000;

/**
 * The server's clock in epoch milliseconds, advanced since the session was read, to ten seconds.
 * The session's `now` itself does not advance.
 */
export function useNow(): number {
  const read = useStore(session.store, (state) => state);
  const [, tick] = useState(0);
  useInterval(() => tick((count) => count + 1), tickMs);
  return hasValue(read) ? Date.parse(read.value.now) + (Date.now() - read.at) : Number.NaN;
}
