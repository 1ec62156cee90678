import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  type Connection,
  type Database,
  DatabaseError,
  type SqlValue,
} from "#server/db/database.ts";
import type { EmbeddedOperation, EmbeddedReply } from "#server/db/embedded-protocol.ts";
import { createQueue } from "#server/db/queue.ts";
import { runTransaction } from "#server/db/transaction.ts";

interface EmbeddedConnection {
  readonly call: (operation: EmbeddedOperation) => Promise<unknown[]>;
  readonly end: () => Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of the database; in memory when null. */
  readonly folder: string | null;
  /** A dump to start a new database from; a bare start takes about 10 s, from a dump 2 s. */
  readonly snapshot: string | null;
}

/** PGlite with PostGIS in a thread of its own. One connection: transactions queue. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const connection = connect();
  const isNew = options.folder === null || !existsSync(join(options.folder, "PG_VERSION"));
  await connection.call({
    operation: "open",
    folder: options.folder,
    snapshot: isNew ? options.snapshot : null,
  });
  const inTurn = createQueue();
  const tx: Connection = {
    query: async <Row>(sql: string, params: readonly SqlValue[] = []) =>
      (await connection.call({ operation: "query", sql, params })) as Row[],
    script: async (sql) => {
      await connection.call({ operation: "script", sql });
    },
  };
  return {
    engine: "embedded",
    transaction: (actor, work, settings) =>
      runTransaction({
        actor,
        work,
        ...settings,
        session: (use) => inTurn(() => use(tx)),
      }),
    close: () => inTurn(() => connection.end()),
  };
}

/** Makes the dump that new embedded databases start from: the extensions, no tables. */
export async function writeSnapshot(file: string): Promise<void> {
  const connection = connect();
  try {
    await connection.call({ operation: "open", folder: null, snapshot: null });
    await connection.call({
      operation: "script",
      sql: "create extension postgis; create extension btree_gist;",
    });
    await connection.call({ operation: "dump", file });
  } finally {
    await connection.end();
  }
}

function connect(): EmbeddedConnection {
  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url));
  const waiting = new Map<number, (reply: EmbeddedReply) => void>();
  let lastId = 0;
  let fault: Error | null = null;
  const failAll = (error: Error) => {
    fault = error;
    for (const [id, settle] of waiting) settle({ id, ok: false, error: connectionLost(error) });
    waiting.clear();
  };
  worker.on("message", (reply: EmbeddedReply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  worker.on("error", failAll);
  worker.on("exit", () => failAll(new Error("The embedded database has stopped")));

  const call = async (operation: EmbeddedOperation) => {
    if (fault) throw new DatabaseError(connectionLost(fault));
    const reply = await new Promise<EmbeddedReply>((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      worker.postMessage({ id: lastId, ...operation });
    });
    if (!reply.ok) throw new DatabaseError(reply.error);
    return reply.rows;
  };
  const end = async () => {
    if (!fault) await call({ operation: "close" });
    worker.removeAllListeners("exit");
    await worker.terminate();
    fault ??= new Error("The embedded database is closed");
  };
  return { call, end };
}

/** 08006 is PostgreSQL's own "connection failure", so both engines read alike. */
function connectionLost(error: Error) {
  return { message: error.message, code: "08006", constraint: null, table: null };
}
