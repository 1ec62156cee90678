import { useSession } from "#client/accounts/session-context.ts";
import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";

/** Now as the server has it: in the demonstration its own day, with the real time of day. */
export function nowOn(zone: Zone, asAt: string, clock = Date.now()): number {
  const local = zone.toLocal(clock);
  return zone.toInstant(
    parseLocalDate(asAt) + (local - Math.floor(local / dayMs) * dayMs),
    "earlier",
  );
}

export function useNow(): () => number {
  const { now, clock } = useSession();
  const ahead = Date.parse(now) - clock;
  return () => Date.now() + ahead;
}
