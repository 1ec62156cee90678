import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import type { Database, Transaction } from "#server/db/database.ts";
import { ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { snapshotFile } from "#server/db/snapshot.ts";
import { borrowDatabase, type Fill } from "#tests/support/kept-database.ts";
import { migratedSnapshot, migratedTemplate } from "#tests/support/migrated.ts";

export type Engine = Database["engine"];

export interface TestDatabase {
  readonly engine: Engine;
  /** Migrated, empty but for what `prepare` put in; made once per block and thrown away after it. */
  readonly db: () => Database;
  /** Runs inside a transaction that is always rolled back. */
  readonly rolledBack: (work: (tx: Transaction) => Promise<void>) => Promise<void>;
}

/** The embedded engine always; a PostgreSQL server too when TEST_DATABASE_URL names one. */
export const engines: readonly Engine[] = process.env["TEST_DATABASE_URL"]
  ? ["embedded", "postgres"]
  : ["embedded"];

/** The same tests on each engine: every database test goes through here. */
export function onEachEngine(title: string, body: (test: TestDatabase) => void, fill?: Fill): void {
  describe.each(engines)(`${title} (%s)`, (engine) => {
    let opened: { db: Database; drop: () => Promise<void> } | null = null;
    const db = () => {
      if (!opened) throw new Error("The test database is open inside tests only");
      return opened.db;
    };
    beforeAll(async () => {
      opened = await openFilled(engine, fill);
    });
    afterAll(async () => {
      await opened?.drop();
    });
    body({ engine, db, rolledBack: (work) => rollBack(db(), work) });
  });
}

async function openFilled(engine: Engine, fill: Fill | undefined) {
  const lent = engine === "embedded" ? await borrowDatabase(fill) : null;
  if (lent) return { db: lent.db, drop: lent.giveBack };
  const opened = await openTestDatabase(engine);
  await fill?.(opened.db);
  return opened;
}

/** A new database of one engine, migrated unless it is prepared otherwise; `drop` closes and removes it. */
export async function openTestDatabase(
  engine: Engine,
  prepare?: (db: Database) => Promise<unknown>,
): Promise<{ db: Database; url: string | null; drop: () => Promise<void> }> {
  if (engine === "embedded") {
    const lent = prepare ? null : await borrowDatabase();
    if (lent) return { db: lent.db, url: null, drop: lent.giveBack };
    const snapshot = await (prepare ? snapshotFile(() => undefined) : migratedSnapshot());
    const db = await openEmbedded({ folder: null, snapshot });
    await prepare?.(db);
    return { db, url: null, drop: () => db.close() };
  }
  const server = process.env["TEST_DATABASE_URL"] ?? "";
  const name = `boxster_test_${randomBytes(6).toString("hex")}`;
  const template = prepare ? "template1" : await migratedTemplate(server);
  await runOnServer(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  await prepare?.(db);
  const drop = async () => {
    await db.close();
    await runOnServer(server, `drop database ${name} with (force)`);
  };
  return { db, url: url.href, drop };
}

/** One statement on a server, on a connection of its own. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

class RollBack extends Error {}

async function rollBack(db: Database, work: (tx: Transaction) => Promise<void>): Promise<void> {
  try {
    await db.transaction(ownerActor, async (tx) => {
      await work(tx);
      throw new RollBack("only to roll back");
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
}
