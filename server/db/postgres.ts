import pg from "pg";
import { createZone } from "#core/time/zone.ts";
import { boundsOf, longTimeouts, type Timeouts, usualTimeouts } from "#server/config.ts";
import {
  announcementChannel,
  type Connection,
  type Database,
  DatabaseError,
  dayType,
  systemActor,
  usualTimeZone,
} from "#server/db/database.ts";
import { endsConnection } from "#server/db/errors.ts";
import { createListening, listenOnPostgres } from "#server/db/postgres-listen.ts";
import type { Statement } from "#server/db/sql.ts";
import { runTransaction } from "#server/db/transaction.ts";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";

/**
 * How long a transaction waits for a connection. Fifty people at once can occupy all of them for
 * some seconds while the server computes; an unreachable database is refused at once.
 */
const patienceMs = 30_000;
/** The one that hears of changes comes beside them. */
export const mostWorking = 10;

export interface PostgresOptions {
  readonly timeouts?: Timeouts;
  /** Bypasses a pooler, for LISTEN. */
  readonly listenUrl?: string | null;
  readonly timeZone?: string;
}

type Parser = (text: string) => unknown;

const getTypeParser = (type: number, format?: "text" | "binary"): Parser => {
  if (type === dayType) return (text) => text;
  return pg.types.getTypeParser(type, format as "text") as Parser;
};

export function openPostgres(
  url: string,
  { timeouts = usualTimeouts, listenUrl = null, timeZone = usualTimeZone }: PostgresOptions = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostWorking,
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
    // Concurrent statements are pipelined, each with its own answer.
    pipeline: true,
    types: { getTypeParser },
  });
  // An idle connection closed by the server is replaced at the next use.
  pool.on("error", () => undefined);
  const enterEvents = eventSlots();
  const transaction: Database["transaction"] = (actor, work, options = {}) => {
    const given = options.long ? longTimeouts(timeouts) : timeouts;
    return runTransaction({
      actor,
      work,
      ...options,
      zone: createZone(timeZone),
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
  const listen = createListening((hear) =>
    listenOnPostgres(listenUrl ?? url, hear, announce).catch((error: unknown) => {
      if (listenUrl === null || error instanceof DatabaseError) throw toDatabaseError(error);
      throw new Problem(
        503,
        "BOXSTER_LISTEN_URL cannot be used",
        "PostgreSQL is not responding there, or refused the login. Correct it, or remove it; open screens then check once a minute.",
      );
    }),
  );
  return {
    engine: "postgres",
    transaction,
    listen,
    load: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      eventsWaiting: enterEvents.waiting(),
    }),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** Grace after the time in which the server should have ended a statement itself. */
const silenceMs = 10_000;

const workWithEvents = /\b(?:from|join|into|update|table)\s+(?:only\s+)?(?:public\.)?event\b/i;

interface Lending {
  /** Called before the first statement on events; null where already settled. */
  readonly enterEvents: (() => Promise<() => void>) | null;
  readonly statementMs: number;
}

/** Lent for one transaction, then returned, or destroyed if unusable. */
async function lendClient<Result>(
  client: pg.PoolClient,
  { enterEvents, statementMs }: Lending,
  use: (tx: Connection) => Promise<Result>,
): Promise<Result> {
  let lost: unknown = null;
  let leaveEvents: (() => void) | null = null;
  // The server may close a connection between statements; without a listener that ends this
  // process.
  const onLost = (error: unknown) => {
    lost ??= error;
  };
  client.on("error", onLost);
  const ask = ({ name, sql, params = [] }: Statement) => {
    // Only a text without values may contain several statements.
    const query: pg.QueryConfig & { readonly query_timeout: number } = {
      ...(name && { name }),
      text: sql,
      ...(params.length > 0 && { values: [...params] }),
      query_timeout: statementMs + silenceMs,
    };
    return client.query<object>(query);
  };
  const send: Connection["send"] = async (statements) => {
    // Not even a rollback is possible: the server has ended the transaction with the connection.
    if (lost !== null) throw toDatabaseError(lost);
    if (enterEvents && !leaveEvents && statements.some(({ sql }) => workWithEvents.test(sql))) {
      leaveEvents = await enterEvents();
    }
    // All are sent before the first answer arrives.
    const answers = await Promise.allSettled(statements.map(ask));
    const faults = answers.flatMap((one): unknown[] =>
      one.status === "rejected" ? [one.reason] : [],
    );
    const reason = faults.length > 0 ? reasonOf(faults[0], lost) : null;
    lost ??= faults.find(breaksConnection) ?? null;
    if (reason) throw reason;
    return answers.map((one) => (one.status === "fulfilled" ? one.value.rows : []));
  };
  try {
    return await use({
      send,
      script: async (sql) => {
        await send([{ sql }]);
      },
    });
  } finally {
    // In this order: from its release on the pool handles the connection's errors again.
    client.release(lost !== null);
    client.off("error", onLost);
    (leaveEvents as (() => void) | null)?.();
  }
}

function eventSlots() {
  const slots = createSlots({
    mostAtOnce: mostWorking - keptFromEvents,
    mostWaiting: mostWaitingForEvents,
    patienceMs,
    refusal: tooManyWithEvents,
  });
  const late = createSlots({ mostAtOnce: 1, mostWaiting: 0, refusal: tooManyWithEvents });
  return {
    waiting: slots.waiting,
    inTurn: slots.enter,
    /** With its connection held: a single waiter does not exhaust the pool. */
    withConnection: async () => {
      const free = slots.tryEnter();
      if (free) return free;
      const leave = await late.enter();
      return slots.enter().finally(leave);
    },
  };
}

/** Connections that work on events never uses, since it can wait long. */
const keptFromEvents = 2;
const mostWaitingForEvents = 200;

function tooManyWithEvents(): Problem {
  return new Problem(
    503,
    "Too many people are loading records",
    "Nothing was saved. Try again in a minute. If the problem continues, tell the administrator.",
  );
}

/** PostgreSQL's own answer: whatever else goes wrong, such as a lost socket, happened on the way to it. */
function isAnswer(error: unknown): error is pg.DatabaseError & { readonly code: string } {
  return error instanceof pg.DatabaseError && /^[0-9A-Z]{5}$/.test(error.code ?? "");
}

/** The connection must not be reused. */
export function breaksConnection(error: unknown): boolean {
  return !isAnswer(error) || endsConnection.test(error.code);
}

/** 08006 is PostgreSQL's own "connection failure". */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!isAnswer(error)) {
    return new DatabaseError({ message, code: "08006", constraint: null, table: null });
  }
  const { code, constraint = null, table = null } = error;
  return new DatabaseError({ message, code, constraint, table });
}

/** Prefers the server's own reason to the resulting disconnect. */
function reasonOf(fault: unknown, lost: unknown): DatabaseError {
  return toDatabaseError(isAnswer(fault) || lost === null ? fault : lost);
}
