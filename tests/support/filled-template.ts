import pg from "pg";
import type { Database } from "#server/db/database.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { partsOf } from "#tests/support/continued-fill.ts";
import { fillDemo, fillWatched } from "#tests/support/demo.ts";
import { copyDatabase, migratedTemplate } from "#tests/support/migrated.ts";
import { fillPlanned } from "#tests/support/planned.ts";
import { runVariable } from "#tests/support/run-names.ts";

export type Fill = (db: Database) => Promise<unknown>;

const made = new Map<Fill, Promise<string>>();

/** The name of a migrated and filled database on a server, made once a process, which `create database` copies. */
export function filledTemplate(server: string, fill: Fill): Promise<string> {
  const known = made.get(fill) ?? make(server, fill);
  made.set(fill, known);
  return known;
}

/** The demonstration, which many blocks of all processes of a run start from: whoever is first makes it. */
export const sharedFills: ReadonlyMap<Fill, string> = new Map([
  [fillDemo, "demonstration"],
  [fillWatched, "watched"],
  [fillPlanned, "planned"],
]);

async function make(server: string, fill: Fill): Promise<string> {
  const kind = sharedFills.get(fill);
  const shared = kind ? `${prefix()}_${kind}` : null;
  if (shared && (await namesFrom(server, shared)).length > 0) return shared;
  const name = `${prefix()}_${process.pid}_${made.size}`;
  const parts = partsOf(fill);
  await onServer(server, async (client) => {
    const under = parts ? filledTemplate(server, parts.from) : migratedTemplate(server);
    await client.query(copyDatabase(name, await under));
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  try {
    await (parts?.more ?? fill)(db);
  } finally {
    await db.close();
  }
  if (!shared) return name;
  // Where another process was quicker, each has its own.
  return onServer(server, async (client) => {
    await client.query(`alter database ${name} rename to ${shared}`);
    return shared;
  }).catch(() => name);
}

export async function dropFilledTemplates(server: string): Promise<void> {
  const names = await namesFrom(server, `${prefix()}_`);
  await onServer(server, async (client) => {
    for (const name of names) await client.query(`drop database ${name} with (force)`);
  });
}

async function namesFrom(server: string, start: string): Promise<string[]> {
  return onServer(server, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select datname as name from pg_database where starts_with(datname, $1)",
      [start],
    );
    return rows.map(({ name }) => name);
  });
}

function prefix(): string {
  return `boxster_filled_${process.env[runVariable] ?? "alone"}`;
}

async function onServer<Value>(
  server: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
