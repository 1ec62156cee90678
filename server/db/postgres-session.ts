import type pg from "pg";
import type { Connection, Statement } from "#server/db/database.ts";
import { breaksConnection, reasonOf, toDatabaseError } from "#server/db/postgres-errors.ts";

/** A server that has gone silent is given up so long after it should have ended a statement itself. */
const silenceMs = 10_000;

const workWithEvents = /\b(?:from|join|into|update|table)\s+(?:only\s+)?(?:public\.)?event\b/i;

interface Lending {
  /** Asked before the first statement that works with events; null where that was settled before. */
  readonly enterEvents: (() => Promise<() => void>) | null;
  readonly statementMs: number;
}

/** Lends a client of the pool for one transaction and gives it back, or throws it away where it is of no use. */
export async function lendClient<Result>(
  client: pg.PoolClient,
  { enterEvents, statementMs }: Lending,
  use: (tx: Connection) => Promise<Result>,
): Promise<Result> {
  let lost: unknown = null;
  let leaveEvents: (() => void) | null = null;
  // The server can end a connection between two statements; unheard, that ends this process.
  const onLost = (error: unknown) => {
    lost ??= error;
  };
  client.on("error", onLost);
  const ask = ({ name, sql, params = [] }: Statement) => {
    // Without values several statements may stand in one text.
    const query: pg.QueryConfig & { readonly query_timeout: number } = {
      ...(name && { name }),
      text: sql,
      ...(params.length > 0 && { values: [...params] }),
      query_timeout: statementMs + silenceMs,
    };
    return client.query<object>(query);
  };
  const send: Connection["send"] = async (statements) => {
    // Nothing can follow, a rollback neither: the server has ended the transaction with the connection.
    if (lost !== null) throw toDatabaseError(lost);
    if (enterEvents && !leaveEvents && statements.some(({ sql }) => workWithEvents.test(sql))) {
      leaveEvents = await enterEvents();
    }
    // All go out before the first answer comes.
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
    // In this order: the pool listens again from its release on.
    client.release(lost !== null);
    client.off("error", onLost);
    (leaveEvents as (() => void) | null)?.();
  }
}
