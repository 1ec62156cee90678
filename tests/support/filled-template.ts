import pg from "pg";
import type { Database } from "#server/db/database.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { migratedTemplate } from "#tests/support/migrated.ts";

export type Fill = (db: Database) => Promise<unknown>;

/** By which the processes of one run name what they share on a server. */
export const runVariable = "BOXSTER_TEST_RUN";

/** Where they find what they share in files. */
export const runFolder = "BOXSTER_TEST_FOLDER";

const made = new Map<Fill, Promise<string>>();

/** The name of a migrated and filled database on a server, made once a process, which `create database` copies. */
export function filledTemplate(server: string, fill: Fill): Promise<string> {
  const known = made.get(fill) ?? make(server, fill);
  made.set(fill, known);
  return known;
}

async function make(server: string, fill: Fill): Promise<string> {
  const name = `${prefix()}_${process.pid}_${made.size}`;
  await onServer(server, async (client) => {
    await client.query(`create database ${name} template ${await migratedTemplate(server)}`);
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  try {
    await fill(db);
  } finally {
    await db.close();
  }
  return name;
}

export async function dropFilledTemplates(server: string): Promise<void> {
  await onServer(server, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where starts_with(datname, $1)",
      [`${prefix()}_`],
    );
    for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
  });
}

function prefix(): string {
  return `boxster_filled_${process.env[runVariable] ?? "alone"}`;
}

async function onServer(server: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
