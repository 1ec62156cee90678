import pg from "pg";
import {
  announcementChannel,
  type Database,
  DatabaseError,
  systemActor,
} from "#server/db/database.ts";
import { toDatabaseError } from "#server/db/postgres-errors.ts";
import { listenOnPostgres } from "#server/db/postgres-listen.ts";
import { lendClient } from "#server/db/postgres-session.ts";
import { runTransaction } from "#server/db/transaction.ts";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";
import { boundsOf, longTimeouts, type Timeouts, usualTimeouts } from "#server/timeouts.ts";

/**
 * How long a transaction waits for a connection. Fifty people at once can keep all of them for some
 * seconds while the server works something out; a database that is gone is refused at once.
 */
const patienceMs = 30_000;
const connections = 10;
/** What works with events can wait long, for a lock or for each other: so many are never theirs. */
const keptFromEvents = 2;
const mostWaitingForEvents = 200;

export interface PostgresOptions {
  readonly timeouts?: Timeouts;
  /** Past a pooler, for what only a connection of one's own can hear. */
  readonly listenUrl?: string | null;
}

/** A PostgreSQL server with PostGIS, through a pool. */
export function openPostgres(
  url: string,
  { timeouts = usualTimeouts, listenUrl = null }: PostgresOptions = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    // Statements that are asked together travel together, each with an answer of its own.
    pipeline: true,
  });
  // An idle connection that the server ends is replaced at the next use.
  pool.on("error", () => undefined);
  const enterEvents = eventSlots();
  const transaction: Database["transaction"] = (actor, work, options = {}) => {
    const given = options.long ? longTimeouts(timeouts) : timeouts;
    return runTransaction({
      actor,
      work,
      ...options,
      bounds: boundsOf(given),
      session: async (use) => {
        const leave = options.events ? await enterEvents.inTurn() : null;
        try {
          const client = await pool.connect().catch((error: unknown) => {
            throw toDatabaseError(error);
          });
          const enter = leave ? null : enterEvents.withConnection;
          return await lendClient(
            client,
            { enterEvents: enter, statementMs: given.statement * 1000 },
            use,
          );
        } finally {
          leave?.();
        }
      },
    });
  };
  const announce = (word: string) =>
    transaction(systemActor, async (tx) => {
      await tx.query("select pg_notify($1::text, $2::text)", [announcementChannel, word]);
    });
  let hears = true;
  return {
    engine: "postgres",
    transaction,
    listen: async (hear) => {
      // It takes seconds to find out, and does not change while this process runs.
      if (!hears) return { hears, stop: async () => undefined };
      const listening = await listenOnPostgres(listenUrl ?? url, hear, announce).catch(
        (error: unknown) => {
          if (listenUrl === null || error instanceof DatabaseError) throw toDatabaseError(error);
          throw listenUrlFails();
        },
      );
      hears = listening.hears;
      return listening;
    },
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

function eventSlots() {
  const slots = createSlots({
    mostAtOnce: connections - keptFromEvents,
    mostWaiting: mostWaitingForEvents,
    patienceMs,
    refusal: tooManyWithEvents,
  });
  const late = createSlots({ mostAtOnce: 1, mostWaiting: 0, refusal: tooManyWithEvents });
  return {
    inTurn: slots.enter,
    /** For one that has its connection already: a single one may wait with it, which leaves another free. */
    withConnection: async () => {
      const free = slots.tryEnter();
      if (free) return free;
      const leave = await late.enter();
      return slots.enter().finally(leave);
    },
  };
}

function listenUrlFails(): Problem {
  return new Problem(
    503,
    "BOXSTER_LISTEN_URL cannot be used",
    "PostgreSQL does not answer there, or refuses the login. Correct it, or leave it out: open screens ask once a minute then.",
  );
}

function tooManyWithEvents(): Problem {
  return new Problem(
    503,
    "Too many are reading records",
    "Nothing was saved. Try again in a minute; if it stays like this, tell the administrator.",
  );
}
