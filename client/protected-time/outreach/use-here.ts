import { useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import type { Here } from "#client/protected-time/outreach/outreach-words.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { horizonOf } from "#core/protected-time/protected.ts";

/** Where and when a partner reads: the zone, today, now, and the last day that is known. */
export function useHere(): Here {
  const { timeZone, asAt, now } = useSession();
  return useMemo(() => {
    const zone = zoneNamed(timeZone);
    const instant = Date.parse(now);
    return { zone, today: asAt, now: instant, lastDay: zone.dateOf(horizonOf(instant)) };
  }, [timeZone, asAt, now]);
}
