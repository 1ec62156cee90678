import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { snapshotFile } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { rowChecks } from "#server/db/rows.ts";
import { type Fill, filledTemplate } from "#tests/support/filled-template.ts";
import { borrowDatabase } from "#tests/support/kept-database.ts";
import { copyDatabase, migratedSnapshot, migratedTemplate } from "#tests/support/migrated.ts";

rowChecks.isOn = true;

export type Engine = Database["engine"];

export interface TestDatabase {
  readonly engine: Engine;
  /** Migrated, empty but for what `prepare` put in; made once per block and thrown away after it. */
  readonly db: () => Database;
  /** Runs inside a transaction that is always rolled back. */
  readonly rolledBack: (work: (tx: Transaction) => Promise<void>) => Promise<void>;
  /** A test of what code alone decides, on the engine of `onOneEngine`: the ones beside it try its SQL on both. */
  readonly once: (name: string, work: () => Promise<void>) => void;
}

/** The embedded engine always; a PostgreSQL server too when TEST_DATABASE_URL names one. */
export const engines: readonly Engine[] = process.env["TEST_DATABASE_URL"]
  ? ["embedded", "postgres"]
  : ["embedded"];

export interface OpenedDatabase {
  readonly db: Database;
  /** Of one on a server. */
  readonly url: string | null;
  readonly drop: () => Promise<void>;
}

type Body = (test: TestDatabase) => void;

/** The same tests on each engine: where SQL, rights or races are what is tested. */
export function onEachEngine(title: string, body: Body, fill?: Fill): void {
  describeOn(engines, title, body, fill);
}

/**
 * On the server where there is one, on the embedded engine otherwise: for what the interface answers. Its SQL is
 * tested on both in `tests/database`.
 */
export function onOneEngine(title: string, body: Body, fill?: Fill): void {
  describeOn(one, title, body, fill);
}

const one = engines.slice(-1);

function describeOn(on: readonly Engine[], title: string, body: Body, fill?: Fill): void {
  describe.each(on)(`${title} (%s)`, (engine) => {
    let opened: OpenedDatabase | null = null;
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
    body({
      engine,
      db,
      rolledBack: (work) => rollBack(db(), work),
      once: (name, work) => {
        if (one.includes(engine)) test(name, work);
      },
    });
  });
}

/** One of an engine for a block of tests, migrated and filled. */
export async function openFilled(engine: Engine, fill?: Fill): Promise<OpenedDatabase> {
  if (engine === "postgres") {
    return fill ? openCopy(await filledTemplate(serverUrl(), fill)) : openTestDatabase(engine);
  }
  const lent = await borrowDatabase(fill);
  if (lent) return { db: lent.db, url: null, drop: lent.giveBack };
  const opened = await openTestDatabase(engine);
  await fill?.(opened.db);
  return opened;
}

/** A new database of one engine, migrated unless it is prepared otherwise; `drop` closes and removes it. */
export async function openTestDatabase(
  engine: Engine,
  prepare?: (db: Database) => Promise<unknown>,
): Promise<OpenedDatabase> {
  if (engine === "embedded") {
    const lent = prepare ? null : await borrowDatabase();
    if (lent) return { db: lent.db, url: null, drop: lent.giveBack };
    const snapshot = await (prepare ? snapshotFile(() => undefined) : migratedSnapshot());
    const db = await openEmbedded({ folder: null, snapshot });
    await prepare?.(db);
    return { db, url: null, drop: () => db.close() };
  }
  const copy = await openCopy(prepare ? "template1" : await migratedTemplate(serverUrl()));
  await prepare?.(copy.db);
  return copy;
}

function serverUrl(): string {
  return process.env["TEST_DATABASE_URL"] ?? "";
}

/** A copy of a database on the server. */
async function openCopy(template: string) {
  const name = `boxster_test_${randomBytes(6).toString("hex")}`;
  await runOnServer(serverUrl(), copyDatabase(name, template));
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  const drop = async () => {
    await db.close();
    await runOnServer(serverUrl(), `drop database ${name} with (force)`);
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

/** The work ends with the refusal of a named constraint. */
export async function refusedBy(constraint: unknown, work: Promise<unknown>): Promise<void> {
  await expect(work).rejects.toMatchObject({ constraint });
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
