import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { type FileHandle, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { verifyChainIn } from "#server/accounts/audit/verify.ts";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { appliedMigrations } from "#server/db/migrate.ts";
import { takesKeptRoom } from "#server/disk-room.ts";
import { Problem } from "#server/problem.ts";
import {
  type BackupEnd,
  type BackupHead,
  inOrderOfReference,
  leftOut,
} from "#server/upkeep/backup/contents.ts";
import { readKeyFiles } from "#server/upkeep/backup/key-files.ts";
import { seal } from "#server/upkeep/backup/seal.ts";
import * as sql from "#server/upkeep/queries/backup.ts";
import { ownVersion } from "#server/version.ts";

export interface BackupRequest {
  readonly file: string;
  readonly passphrase: string;
  readonly dataFolder: string;
  readonly signal: AbortSignal;
}

export type Backup = BackupHead & BackupEnd & { readonly bytes: number };

const rowsAtOnce = 500;

/** Never overwrites. */
export function refuseTakenName(file: string): void {
  if (existsSync(file)) throw noBackup(`${file} exists already: give another name.`);
}

/**
 * Writes all rows from one snapshot into one sealed file, in constant memory: rows come by cursor
 * and leave as fast as the disk takes them.
 */
export async function writeBackup(db: Database, request: BackupRequest): Promise<Backup> {
  const { file } = request;
  refuseTakenName(file);
  await removeLeftovers(dirname(file));
  const partial = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  // Before the file exists, or a kill in between would leave it.
  const endWatch = removeIfKilled(partial);
  try {
    return await writeThrough(db, request, partial);
  } finally {
    endWatch();
  }
}

/**
 * Removes a file when this process ends, however it ends: by a helper process that waits for the
 * end of its input, which only this process holds open. Returns a function that ends the watch. If
 * no helper can start, the next backup removes leftovers.
 */
function removeIfKilled(file: string): () => void {
  const watch = spawn(process.execPath, ["-e", waitAndRemove, resolve(file)], {
    // Detached, to survive a kill of this process's group.
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  watch.on("error", () => undefined);
  watch.stdin.on("error", () => undefined);
  watch.unref();
  return () => watch.stdin.end();
}

const waitAndRemove = `
  const { rmSync } = require("node:fs");
  process.stdin.on("error", () => {}).on("close", () => rmSync(process.argv[1], { force: true })).resume();
`;

async function writeThrough(
  db: Database,
  request: BackupRequest,
  partial: string,
): Promise<Backup> {
  const { file, signal } = request;
  const handle = await open(partial, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    const code = cause.code ?? "unknown reason";
    throw noBackup(`${dirname(partial)} cannot be written to (${code}).`, cause);
  });
  try {
    const made = await db.transaction(
      ownerActor,
      async (tx) => {
        const parts = { head: await headOf(tx, db, request), end: null as BackupEnd | null };
        await pipeline(
          () => linesOfDatabase(tx, parts),
          createGzip(),
          (plain: AsyncIterable<Uint8Array>) => seal(plain, request.passphrase),
          async (sealed: AsyncIterable<Uint8Array>) => {
            for await (const piece of sealed) {
              refuseKeptRoom(db, request);
              await orNoBackup(file, () => handle.appendFile(piece));
            }
          },
          { signal },
        );
        return parts;
      },
      // Its audit line is written elsewhere: a backup is done only when complete.
      { oneSnapshot: true, beside: true, events: true, long: true },
    );
    if (made.end === null) throw new Error("The backup was written without its end.");
    const bytes = await orNoBackup(file, () => finish(handle, partial, file));
    return { ...made.head, ...made.end, bytes };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw signal.aborted ? noBackup("It was stopped.") : error;
  }
}

/** Stops before taking the space reserved for partners. */
function refuseKeptRoom({ engine }: Database, { file, dataFolder }: BackupRequest): void {
  if (engine !== "embedded" || !takesKeptRoom(dataFolder)) return;
  if (statSync(dirname(file)).dev !== statSync(dataFolder).dev) return;
  throw noBackup(
    "The disk is nearly full, and its last 200 MB are kept for partners’ sessions. Free up space, or choose another disk.",
  );
}

/**
 * Leftovers of a backup killed together with its watch, as by a loss of power: part of a sealed
 * file, unreadable and taking space. Its process id may have been reused; a live backup writes
 * constantly.
 */
async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const pid = /\.(\d+)-[0-9a-f]{8}\.partial$/.exec(name)?.[1];
    if (pid === undefined) continue;
    const file = join(folder, name);
    const written = await stat(file).catch(() => null);
    const isStill = Date.now() - (written?.mtimeMs ?? Date.now()) > stillMs;
    if (isStill || !isAlive(Number(pid))) await rm(file, { force: true });
  }
}

const stillMs = 6 * 3_600_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Renamed after fsync; returns the size in bytes. */
async function finish(handle: FileHandle, partial: string, file: string): Promise<number> {
  await handle.sync();
  const { size } = await handle.stat();
  await handle.close();
  await rename(partial, file);
  await syncFolder(dirname(file));
  return size;
}

async function orNoBackup<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unknown reason";
    const words = diskWords[code] ?? `${dirname(file)} does not take what is written (${code}).`;
    throw noBackup(words, cause);
  }
}

const full = "Disk full; the partial file was removed. Free up space, or choose another place.";
const diskWords: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG:
    "The file grew larger than this place allows: what was written is removed. Give another place.",
};

async function headOf(
  tx: Transaction,
  db: Database,
  { dataFolder }: BackupRequest,
): Promise<BackupHead> {
  if (!(await sql.mayCopy(tx))) {
    throw noBackup(
      "The login of DATABASE_URL may not copy every row, and should not: run this with the address of the database's owner.",
    );
  }
  await sql.setPlainFormats(tx);
  return {
    backup: 1,
    version: ownVersion(),
    madeAt: new Date().toISOString(),
    engine: db.engine,
    migrations: (await appliedMigrations(tx)) ?? [],
    keyFiles: readKeyFiles(dataFolder),
  };
}

async function* linesOfDatabase(
  tx: Transaction,
  parts: { readonly head: BackupHead; end: BackupEnd | null },
): AsyncGenerator<string> {
  yield asLine(parts.head);
  const tables = inOrderOfReference(await sql.storedTables(tx)).filter(
    ({ name }) => !leftOut[name],
  );
  const rows: Record<string, number> = {};
  for (const table of tables) {
    yield asLine({ table: table.name, columns: table.columns.map(({ name }) => name) });
    rows[table.name] = 0;
    // Each piece goes through the door separately: code between two of them must not run under its
    // role.
    for await (const lines of sql.rowsOf(asCopier(tx), table, rowsAtOnce)) {
      rows[table.name] = (rows[table.name] ?? 0) + lines.length;
      yield `${lines.join("\n")}\n`;
    }
  }
  const { head, broken } = await tx.through("copier", (door) => verifyChainIn(door));
  const counters = await countersOf(tx, tables);
  parts.end = { rows, counters, head, brokenAt: broken?.row ?? null };
  yield asLine({ end: parts.end });
}

function asCopier(tx: Transaction): Transaction {
  return { ...tx, query: (sql, params) => tx.through("copier", (door) => door.query(sql, params)) };
}

async function countersOf(tx: Transaction, tables: readonly sql.StoredTable[]) {
  const counters: Record<string, string | null> = {};
  for (const { name, columns } of tables) {
    for (const column of columns) {
      if (column.counter === null) continue;
      counters[`${name}.${column.name}`] = await sql.readCounter(tx, column.counter);
    }
  }
  return counters;
}

function asLine(document: unknown): string {
  return `${JSON.stringify(document)}\n`;
}

/** The name is kept over a loss of power only once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function noBackup(detail: string, cause?: unknown): Problem {
  const problem = new Problem(422, "No backup was made", detail);
  if (cause !== undefined) problem.cause = cause;
  return problem;
}
