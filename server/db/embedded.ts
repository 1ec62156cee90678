import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { createZone } from "#core/time/zone.ts";
import {
  type Connection,
  type Database,
  DatabaseError,
  type Hearer,
  usualTimeZone,
} from "#server/db/database.ts";
import {
  createQueue,
  type EmbeddedAnnouncement,
  type EmbeddedOperation,
  type EmbeddedReply,
} from "#server/db/embedded-protocol.ts";
import { diskFull, roomIsKept } from "#server/db/errors.ts";
import { runTransaction } from "#server/db/transaction.ts";
import { roomFault, takesKeptRoom } from "#server/disk-room.ts";

interface EmbeddedConnection {
  readonly call: (operation: EmbeddedOperation) => Promise<unknown[][]>;
  readonly isLost: () => boolean;
  readonly end: () => Promise<void>;
}

type StartWorker = () => Worker;

export interface EmbeddedOptions {
  /** Folder of the database; in memory when null. */
  readonly folder: string | null;
  /** Dump for a new database: 2 s instead of 10 s. */
  readonly snapshot: string | null;
  readonly timeZone?: string;
}

export interface EmbeddedDatabase extends Database {
  readonly dump: (file: string) => Promise<void>;
}

/**
 * PGlite with PostGIS in its own thread. One connection: transactions queue. If the thread dies,
 * work in progress is lost, and the next transaction reopens the folder with everything committed,
 * as after a power cut.
 */
export async function openEmbedded(
  options: EmbeddedOptions,
  start: StartWorker = startWorker,
): Promise<EmbeddedDatabase> {
  const hearers = new Set<Hearer>();
  const hear: Hearer = (announcement) => {
    for (const each of hearers) each(announcement);
  };
  let connection = await openConnection(options, start, hear);
  const queue = createQueue();
  let queued = 0;
  const inTurn: typeof queue = (work) => {
    queued += 1;
    return queue(work).finally(() => {
      queued -= 1;
    });
  };
  const reopenIfLost = async () => {
    if (!connection.isLost() || options.folder === null) return;
    // On a full disk it would open only half way; once there is room, this opens it.
    if (roomFault(options.folder) !== null) throw noRoom(diskFull);
    connection = await openConnection(options, start, hear);
    hear(null);
  };
  const tx: Connection = {
    send: (statements) => connection.call({ operation: "send", statements }),
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
        zone: createZone(options.timeZone ?? usualTimeZone),
        session: (use) =>
          inTurn(async () => {
            await reopenIfLost();
            return use(settings?.grows ? stoppedInTime(tx, options.folder) : tx);
          }),
      }),
    listen: async (hearer) => {
      hearers.add(hearer);
      return {
        hears: true,
        stop: async () => {
          hearers.delete(hearer);
        },
      };
    },
    // One connection, so no separate queue for work with events.
    load: () => ({
      open: 1,
      idle: queued === 0 ? 1 : 0,
      waiting: Math.max(0, queued - 1),
      eventsWaiting: 0,
    }),
    dump: (file) =>
      inTurn(async () => {
        await connection.call({ operation: "dump", file });
      }),
    close: () => inTurn(() => connection.end()),
  };
}

/** Refuses statements other than rollback when the reserved disk space is reached. */
function stoppedInTime(tx: Connection, folder: string | null): Connection {
  if (folder === null) return tx;
  return {
    ...tx,
    send: async (statements) => {
      if (statements[0]?.sql !== "rollback" && takesKeptRoom(folder)) throw noRoom(roomIsKept);
      return tx.send(statements);
    },
  };
}

const noRoom = (constraint: string) =>
  new DatabaseError({ message: "No room on the disk", code: "53100", constraint, table: null });

async function openConnection(
  { folder, snapshot }: EmbeddedOptions,
  start: StartWorker,
  hear: Hearer,
): Promise<EmbeddedConnection> {
  const connection = connect(start, hear);
  const isNew = folder === null || !existsSync(join(folder, "PG_VERSION"));
  try {
    await connection.call({
      operation: "open",
      folder,
      snapshot: isNew ? snapshot : null,
      compiled: await compiledOnce(),
    });
    return connection;
  } catch (error) {
    await connection.end();
    throw error;
  }
}

export async function writeSnapshot(file: string): Promise<void> {
  const connection = connect(startWorker, () => undefined);
  try {
    const compiled = await compiledOnce();
    await connection.call({ operation: "open", folder: null, snapshot: null, compiled });
    await connection.call({
      operation: "script",
      sql: "create extension postgis; create extension btree_gist;",
    });
    await connection.call({ operation: "dump", file });
  } finally {
    await connection.end();
  }
}

/** Missing in Node's types. */
declare const WebAssembly: { readonly compile: (octets: Uint8Array) => Promise<object> };

let compiling: Promise<object> | null = null;

function compiledOnce(): Promise<object> {
  compiling ??= compileEngine();
  return compiling;
}

async function compileEngine(): Promise<object> {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return WebAssembly.compile(await readFile(join(dirname(entry), "pglite.wasm")));
}

function startWorker(): Worker {
  return new Worker(new URL("./embedded-worker.ts", import.meta.url));
}

function connect(start: StartWorker, hear: Hearer): EmbeddedConnection {
  const worker = start();
  const waiting = new Map<number, (reply: EmbeddedReply) => void>();
  let lastId = 0;
  let fault: Error | null = null;
  let isEnded = false;
  const failAll = (error: Error) => {
    fault = error;
    for (const [id, settle] of waiting)
      settle({ id, ok: false, error: connectionLost(error), isSpoiled: false });
    waiting.clear();
  };
  worker.on("message", (reply: EmbeddedReply | EmbeddedAnnouncement) => {
    if ("announcement" in reply) {
      hear(reply.announcement);
      return;
    }
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
    if (!reply.ok) {
      if (reply.isSpoiled) {
        failAll(new Error("The embedded database has to be opened again"));
        await worker.terminate();
      }
      throw new DatabaseError(reply.error);
    }
    return reply.rows;
  };
  const end = async () => {
    isEnded = true;
    try {
      if (!fault) await call({ operation: "close" });
    } finally {
      worker.removeAllListeners("exit");
      await worker.terminate();
      fault ??= new Error("The embedded database is closed");
    }
  };
  return { call, isLost: () => fault !== null && !isEnded, end };
}

/** 08006, PostgreSQL's "connection failure", so that both engines read alike. */
function connectionLost(error: Error) {
  return { message: error.message, code: "08006", constraint: null, table: null };
}
