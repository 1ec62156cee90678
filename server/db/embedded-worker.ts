import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { announcementChannel, dayType } from "#server/db/database.ts";
import {
  createQueue,
  type EmbeddedAnnouncement,
  type EmbeddedReply,
  type EmbeddedRequest,
  type OpenEmbedded,
} from "#server/db/embedded-protocol.ts";
import { createSend } from "#server/db/embedded-send.ts";
import { listedOnce } from "#server/db/listed-once.ts";
import { usedPostgis } from "#server/db/postgis-files.ts";

/**
 * The thread that owns PGlite: a query blocks its event loop throughout (0 timer ticks in 2.9 s
 * measured), so it must not be the server's thread.
 */
let database: PGlite | null = null;
let send: ReturnType<typeof createSend> | null = null;

const port = parentPort;
if (!port) throw new Error("embedded-worker.ts runs as a worker thread only");

// Batches must not interleave.
const inTurn = createQueue();
port.on("message", (request: EmbeddedRequest) => {
  void inTurn(() => answer(request)).then((reply) => port.postMessage(reply));
});

async function answer(request: EmbeddedRequest): Promise<EmbeddedReply> {
  try {
    return { id: request.id, ok: true, rows: await run(request) };
  } catch (error) {
    const described = describe(error);
    return { id: request.id, ok: false, error: described, isSpoiled: isSpoiled(error, described) };
  }
}

async function run(request: EmbeddedRequest): Promise<unknown[][]> {
  switch (request.operation) {
    case "open":
      database = await open(request);
      send = createSend(database);
      // The one connection always listens.
      await database.listen(announcementChannel, (announcement) =>
        port?.postMessage({ announcement } satisfies EmbeddedAnnouncement),
      );
      return [];
    case "send":
      if (!send) throw closed();
      return send(request.statements);
    case "script":
      await listedOnce(() => opened().exec(request.sql));
      return [];
    case "dump":
      await dump(request.file);
      return [];
    case "close":
      await database?.close();
      database = null;
      send = null;
      return [];
  }
}

async function open({ folder, snapshot, compiled }: OpenEmbedded): Promise<PGlite> {
  return PGlite.create({
    pgliteWasmModule: compiled,
    extensions: { postgis: usedPostgis(), btree_gist },
    parsers: { [dayType]: (text) => text },
    ...(folder === null ? {} : { dataDir: folder }),
    ...(snapshot === null ? {} : { loadDataDir: new Blob([readFileSync(snapshot)]) }),
  });
}

/** Written beside and renamed, so that another process never loads half a snapshot. */
async function dump(file: string): Promise<void> {
  const blob = await opened().dumpDataDir("gzip");
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, Buffer.from(await blob.arrayBuffer()));
  renameSync(partial, file);
}

function opened(): PGlite {
  if (!database) throw closed();
  return database;
}

const closed = () => new Error("The embedded database is closed");

/**
 * After a full disk PGlite answers every statement with an internal error or with nothing; the same
 * after a failure of its own code rather than of a statement.
 */
function isSpoiled(error: unknown, { code }: { readonly code: string }): boolean {
  const isOfEngine = error instanceof Error && error.name === "RuntimeError";
  return /^(53100|58030|ENOSPC|EDQUOT|EIO)$/.test(code) || isOfEngine;
}

/** PGlite's errors carry a huge stack and the parameters: keep the fields that may be logged. */
function describe(error: unknown) {
  const fields = error as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : null);
  return {
    message: error instanceof Error ? error.message : String(error),
    code: text("code") ?? "XX000",
    constraint: text("constraint"),
    table: text("table"),
  };
}
