import { parentPort, workerData } from "node:worker_threads";
import sqlite, { type Database } from "node-sqlite3-wasm";
import type { SqliteAnswer, SqliteQuestion, SqliteRow } from "#server/files/sqlite-file.ts";

/** Own thread per file, so that a query can be terminated (server/files/sqlite-file.ts). */
const port = parentPort;
if (!port) throw new Error("sqlite-thread.ts runs as a worker thread only");
const { path, isOwn } = workerData as { readonly path: string; readonly isOwn: boolean };
let db: Database | null = null;

/** A field that claims to be huge fails its query only. */
const limits = `pragma hard_heap_limit = ${256 * 1024 * 1024}; pragma trusted_schema = off; pragma cell_size_check = on`;

port.on("message", (question: SqliteQuestion) => port.postMessage(answer(question)));
port.postMessage("ready");

function answer({ sql, values, mostRows }: SqliteQuestion): SqliteAnswer {
  try {
    if (db === null) {
      db = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
      db.exec(limits);
      // One lock for all queries: taking it is a folder that is made and removed each time.
      if (isOwn) db.exec("begin");
    }
    const statement = db.prepare(sql);
    try {
      const rows: SqliteRow[] = [];
      for (const row of statement.iterate([...values])) {
        if (rows.length >= mostRows) return { fault: "too many rows" };
        rows.push(row as SqliteRow);
      }
      return { rows };
    } finally {
      statement.finalize();
    }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : "unknown" };
  }
}
