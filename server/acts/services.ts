import type { AuditDetail, AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { Config } from "#server/config.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

/**
 * What today is. Outside the demonstration the real clock; in it the as-at date of
 * the demonstration data with the real time of day, so that nothing after it is visible.
 */
export interface AsAt {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `YYYY-MM-DD`, local. */
  readonly date: () => string;
  readonly demo: boolean;
  /** The server's own clock, in the demonstration too. */
  readonly clock: () => number;
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

/** What an act says of itself for its line in the audit chain; too late once the line is written. */
export interface ActNotes {
  /** Which period, batch, plan or kind it is about: numbers, dates and codes, never content. */
  readonly addDetail: (detail: AuditDetail) => void;
  /** The answer is no, though nothing is thrown. */
  readonly refuse: (detail?: AuditDetail) => void;
  /** Where one address or command serves several acts: which it is. */
  readonly restate: (note: Partial<AuditNote>) => void;
  /** Writes the line now, unless a transaction did: before a reply that leaves ahead of the act's end. */
  readonly writeLine: () => Promise<void>;
}

/** What serves an act that has a line. */
export type ActServices = Services & ActNotes;

/** An act under way, and whose it is. */
export interface Act extends Services, ActNotes {
  readonly actor: Actor;
}

/** For what has no line. */
export const silentNotes: ActNotes = {
  addDetail: () => undefined,
  refuse: () => undefined,
  restate: () => undefined,
  writeLine: async () => undefined,
};

/** Held in `setting` under the key `demo` of a demo database. */
export interface DemoMark {
  /** `YYYY-MM-DD` */
  readonly asAt: string;
  /** Whose liaison signs in by role, null where the places have none; absent on an older one. */
  readonly neighbour?: string | null;
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
    clock,
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
