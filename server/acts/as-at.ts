import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { AsAt } from "#server/acts/services.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

/** Held in `setting` under the key `demo` on a database that was born as a demonstration. */
export interface DemoMark {
  /** `YYYY-MM-DD` */
  readonly asAt: string;
}

/**
 * The real clock; on a demonstration database its own date with the real time of day,
 * so that nothing after it is visible.
 */
export function createAsAt(zone: Zone, clock: () => number): AsAt {
  let demo: DemoMark | null = null;
  const now = () => {
    if (!demo) return clock();
    const timeOfDay = zone.toLocal(clock()) % dayMs;
    return zone.toInstant(parseLocalDate(demo.asAt) + timeOfDay, "earlier");
  };
  return {
    now,
    date: () => zone.dateOf(now()),
    get demo() {
      return demo !== null;
    },
    refresh: async (db: Database) => {
      demo = await db.transaction(systemActor, (tx) => readSetting<DemoMark>(tx, "demo"));
    },
  };
}

/**
 * The first instant of which nothing may be known yet: now, or the end of the demonstration's
 * as-at date, whose events are all in whatever the time of day.
 */
export function knownUntil({ asAt, zone }: { readonly asAt: AsAt; readonly zone: Zone }): number {
  if (!asAt.demo) return asAt.now();
  return zone.toInstant(parseLocalDate(asAt.date()) + dayMs, "earlier");
}
