import { accessSync, chmodSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "#server/config.ts";
import { type Database, DatabaseError, ownerActor } from "#server/db/database.ts";
import { openEmbedded, writeSnapshot } from "#server/db/embedded.ts";
import { connectionLost } from "#server/db/errors.ts";
import { type Login, readLogin } from "#server/db/login.ts";
import { migrate, refuseUnlessMigrated } from "#server/db/migrate.ts";
import { cacheFile, keepUsedPostgis } from "#server/db/postgis-files.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { roomFault } from "#server/disk-room.ts";
import { Problem } from "#server/problem.ts";

/**
 * Opens the configured database and migrates its schema; a login without that right (recommended
 * for a server) only checks that it is current.
 */
export async function openDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  const db = await openAsItIs(config, say);
  try {
    const login = await readLogin(db);
    if (login.kind === "app" || login.kind === "none") {
      refuseWithoutRights(login);
      await refuseUnlessMigrated(db);
      return db;
    }
    const applied = await migrate(db);
    if (applied.length > 0) say(`Database schema: ${applied.length} migrations applied.`);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Without checking the schema: for migrating and restoring. */
export async function openAsItIs(config: Config, say: (line: string) => void): Promise<Database> {
  const { databaseUrl } = config;
  if (!databaseUrl) return openFolder(config, say);
  const db = openPostgres(databaseUrl, config);
  try {
    await readLogin(db);
    return db;
  } catch (error) {
    await db.close();
    if (!(error instanceof DatabaseError && connectionLost.test(error.code))) throw error;
    throw unreached(databaseUrl, error);
  }
}

/** For the terminal; pages are never told where the database is. */
function unreached(databaseUrl: string, { message }: DatabaseError): Problem {
  const url = new URL(databaseUrl.replace("@/", "@localhost/"));
  const host = url.searchParams.get("host") ?? (url.hostname || "localhost");
  return new Problem(
    503,
    "The database is not responding",
    `There is no connection to PostgreSQL at ${host}, port ${url.port || 5432}${message && ` (${message})`}. Start it there, or correct DATABASE_URL.`,
  );
}

function refuseWithoutRights({ name, kind }: Login): void {
  if (kind !== "none") return;
  throw new Problem(
    503,
    "The database refused this login",
    `The login ${name} of DATABASE_URL has no rights there. As the database's owner run "npx boxster migrate", then "grant boxster_app to ${name}".`,
  );
}

async function openFolder(
  { dataFolder, timeZone }: Config,
  say: (line: string) => void,
): Promise<Database> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const database = join(dataFolder, "database");
  const isNew = !existsSync(join(database, "PG_VERSION"));
  const fault = roomFault(dataFolder, { isNew });
  if (fault !== null) throw new Problem(507, "Disk full", fault);
  mkdirSync(database, { mode: 0o700, recursive: true });
  // An existing folder may be open to others.
  chmodSync(database, 0o700);
  return openEmbedded({ folder: database, snapshot: await snapshotIfWritable(say), timeZone });
}

/** An empty PostGIS in memory, for work on shapes that no database of Boxster is part of; close it. */
export async function openScratch(say: (line: string) => void): Promise<Database> {
  const snapshot = await snapshotIfWritable(say);
  const db = await openEmbedded({ folder: null, snapshot });
  if (snapshot === null) {
    await db.transaction(ownerActor, (tx) => tx.script("create extension postgis"));
  }
  return db;
}

const file = cacheFile("embedded", ["@electric-sql/pglite", "@electric-sql/pglite-postgis"]);
const preparing = "Preparing the embedded PostGIS database (about 10 seconds, only once)...";

/**
 * The same; null where it is missing and cannot be written, as in a release owned by another user.
 * A new database then creates its extensions itself.
 */
async function snapshotIfWritable(say: (line: string) => void): Promise<string | null> {
  if (existsSync(file) || mayWrite(dirname(file))) return snapshotFile(say);
  say(preparing);
  return null;
}

function mayWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The dump for new embedded databases, made once per version of its packages. */
export async function snapshotFile(say: (line: string) => void): Promise<string> {
  mkdirSync(dirname(file), { recursive: true });
  keepUsedPostgis();
  if (!existsSync(file)) {
    say(preparing);
    await writeSnapshot(file);
  }
  return file;
}
