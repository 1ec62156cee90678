import type { AuditDetail, AuditNote } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { dayMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { Config } from "#server/config.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

/**
 * Today: the real clock; in the demonstration its as-at date with the real time of day, so that
 * nothing later is visible.
 */
export interface AsAt {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** `YYYY-MM-DD`, local. */
  readonly date: () => string;
  readonly demo: boolean;
  /** The real clock, even in the demonstration. */
  readonly clock: () => number;
  readonly refresh: (db: Database) => Promise<void>;
}

/**
 * Services shared by routes and commands; made once in server/app/services.ts. A room with its own
 * service adds it to this interface (server/patrols/services.ts).
 */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  readonly zone: Zone;
  readonly asAt: AsAt;
}

/** What an act adds to its audit line; ignored once the line is written. */
export interface ActNotes {
  /** Period, batch, plan or kind: numbers, dates and codes, never content. */
  readonly addDetail: (detail: AuditDetail) => void;
  /** The answer is no, though nothing is thrown. */
  readonly refuse: (detail?: AuditDetail) => void;
  /** Where one address or command serves several acts: which it is. */
  readonly restate: (note: Partial<AuditNote>) => void;
  /** Writes the line now, unless a transaction did: before a reply that leaves ahead of the act's end. */
  readonly writeLine: () => Promise<void>;
}

export type ActServices = Services & ActNotes;

export interface Act extends Services, ActNotes {
  readonly actor: Actor;
}

export const silentNotes: ActNotes = {
  addDetail: () => undefined,
  refuse: () => undefined,
  restate: () => undefined,
  writeLine: async () => undefined,
};

/** Row `demo` of `setting` in a demo database. */
export interface DemoMark {
  /** `YYYY-MM-DD` */
  readonly asAt: string;
  /** Neighbour of the demo liaison, null where the places have none; absent in older ones. */
  readonly neighbour?: string | null;
}

/**
 * The real clock; on a demonstration database its as-at date with the real time of day, so that
 * nothing later is visible.
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
 * First instant still unknown: now, or the end of the demonstration's as-at date, whose events are
 * all loaded whatever the time of day.
 */
export function knownUntil({ asAt, zone }: { readonly asAt: AsAt; readonly zone: Zone }): number {
  if (!asAt.demo) return asAt.now();
  return zone.toInstant(parseLocalDate(asAt.date()) + dayMs, "earlier");
}
