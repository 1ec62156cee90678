import pg from "pg";
import {
  type Connection,
  type Database,
  DatabaseError,
  type Statement,
} from "#server/db/database.ts";
import { listenOnPostgres } from "#server/db/postgres-listen.ts";
import { runTransaction } from "#server/db/transaction.ts";

/**
 * How long a transaction waits for a connection. Fifty people at once can keep all of them for some
 * seconds while the server works something out; a database that is gone is refused at once.
 */
const patienceMs = 30_000;

/** A PostgreSQL server with PostGIS, through a pool. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: patienceMs,
    // Statements that are asked together travel together, each with an answer of its own.
    pipeline: true,
  });
  // An idle connection that the server ends is replaced at the next use.
  pool.on("error", () => undefined);

  const session = async <Result>(use: (tx: Connection) => Promise<Result>) => {
    const client = await pool.connect().catch(rethrow);
    let broken = false;
    // The server can end a connection between two statements; unheard, that ends this process.
    const onLost = () => {
      broken = true;
    };
    client.on("error", onLost);
    const ask = ({ name, sql, params = [] }: Statement) =>
      params.length > 0
        ? client.query<object>({ ...(name && { name }), text: sql, values: [...params] })
        : client.query<object>(sql);
    const tx: Connection = {
      send: async (statements) => {
        // All go out before the first answer comes.
        const answers = await Promise.allSettled(statements.map(ask));
        const failed = answers.filter((answer) => answer.status === "rejected");
        broken = broken || failed.some(({ reason }) => !isStatementError(reason));
        if (failed[0]) rethrow(failed[0].reason);
        return answers.map((answer) => (answer.status === "fulfilled" ? answer.value.rows : []));
      },
      script: async (sql) => {
        await tx.send([{ sql }]);
      },
    };
    try {
      return await use(tx);
    } finally {
      // In this order: the pool listens again from its release on.
      client.release(broken);
      client.off("error", onLost);
    }
  };
  return {
    engine: "postgres",
    transaction: (actor, work, settings) => runTransaction({ actor, work, ...settings, session }),
    listen: (hear) => listenOnPostgres(url, hear).catch(rethrow),
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

/** An answer of the server about one statement, as opposed to a lost connection. */
function isStatementError(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^(08|57)/.test(code);
}

function rethrow(error: unknown): never {
  const fields = error as Partial<Record<"code" | "constraint" | "table", string>>;
  throw new DatabaseError({
    message: error instanceof Error ? error.message : String(error),
    code: fields.code && /^[0-9A-Z]{5}$/.test(fields.code) ? fields.code : "08006",
    constraint: fields.constraint ?? null,
    table: fields.table ?? null,
  });
}
