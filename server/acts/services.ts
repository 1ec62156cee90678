import type { Zone } from "#core/time/zone.ts";
import type { Config } from "#server/config.ts";
import type { Database } from "#server/db/database.ts";

/**
 * What today is. Outside the demonstration the real clock; in it the as-at date of
 * the demonstration data with the real time of day, so that nothing after it is visible.
 */
export interface AsAt {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `YYYY-MM-DD`, London. */
  readonly date: () => string;
  readonly demo: boolean;
  /** Reads again whether the database is a demonstration. */
  readonly refresh: (db: Database) => Promise<void>;
}

/**
 * The services that routes and commands share; made once in server/app/services.ts. A room that brings one of its
 * own adds it to this interface (server/patrols/services.ts).
 */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  readonly zone: Zone;
  readonly asAt: AsAt;
}
