import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { grownCells } from "#core/geo/grown-cells.ts";
import { type Applied, type Migration, noteApplied, throughFence } from "#server/db/applied.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/*
 * Databases and backups from before the first release (ADR 35). Their schema came of 68 migrations, which are one schema
 * by room now: the files of sql/migrations up to `lastOfSchema`. One that has all 68 has that schema already; one of
 * commit ed7c113a, which had the first 55, is brought up to it.
 */
const lastOfSchema = "0014-quiet-statistics.sql";
const firstOfBefore = "0001-setting.sql";

type Before = "all" | "ed7c113a";

/** By SHA-256 of migration names and checksums. */
const befores: Readonly<Record<string, Before>> = {
  "33e4d9f00f5a7754a10ae240139ef618551def7a754ca60a63da9ca12b2c1de1": "all",
  ec85d77075a96ca1da7b03c75b076b2cb2de8098b7eb108ff35a6b09b796a971: "ed7c113a",
};

/** 7065dde4 is the first with all 68. */
const wayThrough = {
  database: "Start the version of commit 7065dde4 with it once, then this one.",
  backup: "Restore it with the version of commit 7065dde4, and back that up.",
};

/** Null when current or empty. Throws for versions that cannot be upgraded. */
export function beforeOf(applied: readonly Applied[], what: "database" | "backup"): Before | null {
  if (applied[0]?.name !== firstOfBefore) return null;
  const lines = applied.map(({ name, checksum }) => `${name} ${checksum}`).join("\n");
  const before = befores[createHash("sha256").update(lines).digest("hex")];
  if (before) return before;
  throw new Problem(
    409,
    `The ${what} is too old`,
    `It is from before version 0.1.0 (its last migration is ${applied.at(-1)?.name}). ${wayThrough[what]}`,
  );
}

export function schemaOf(migrations: readonly Migration[]): readonly Migration[] {
  return migrations.filter(({ name }) => name <= lastOfSchema);
}

export async function bringFromBefore(
  tx: Transaction,
  before: Before,
  migrations: readonly Migration[],
): Promise<readonly Applied[]> {
  const schema = schemaOf(migrations);
  if (before === "ed7c113a") {
    // Exists where a backup was restored (`takeRowsOfBefore`).
    if (!(await namesOf(tx)).has("clock_mark")) await bringShape(tx, schema);
    await tx.script(scriptOf("rows"));
    await throughFence(tx, redrawFootprints);
    await tx.script("alter table saved_place enable trigger saved_place_footprint_fixed");
  }
  await replaceApplied(tx, schema);
  return schema;
}

/**
 * Prepares a new database for the rows of a backup of ed7c113a, and records that backup's
 * migrations: `migrate` then does the rest, even if the restore was interrupted.
 */
export async function takeRowsOfBefore(
  tx: Transaction,
  applied: readonly Applied[],
): Promise<void> {
  for (const [, table, name] of scriptOf("rows").matchAll(
    /^alter table (\w+) add constraint (\w+)/gm,
  )) {
    await tx.script(`alter table ${table} drop constraint ${name}`);
  }
  await throughFence(tx, (inside) => inside.query("delete from clock_mark"));
  await replaceApplied(tx, applied);
}

function replaceApplied(tx: Transaction, applied: readonly Applied[]): Promise<void> {
  return throughFence(tx, async (inside) => {
    await inside.query("delete from migration");
    for (const one of applied) await noteApplied(inside, one);
  });
}

function scriptOf(name: "shape" | "rows"): string {
  return readFileSync(new URL(`../../sql/before/${name}.sql`, import.meta.url), "utf8");
}

async function bringShape(tx: Transaction, schema: readonly Migration[]): Promise<void> {
  const statements = schema.flatMap(({ sql }) => statementsOf(sql));
  // Some refer to tables and columns created later.
  await tx.script("set local check_function_bodies = off");
  for (const sql of statements) {
    // Functions owned by a door have not changed since, and only that door could replace them.
    if (!sql.startsWith("create function") || sql.includes("security definer")) continue;
    await tx.script(sql.replace("create", "create or replace"));
  }
  await tx.script(scriptOf("shape"));
  const names = await namesOf(tx);
  for (const sql of statements) {
    const made = /^create (?:\w+ )?(?:table|index|trigger|policy) (\w+)/.exec(sql)?.[1];
    const isMissing = made !== undefined && !names.has(made);
    if (isMissing || saidAgain.test(sql)) await tx.script(sql);
  }
}

const saidAgain = /^(?:select rights|grant [^;]* on \w+ to|comment on|do|drop function) ?/;

/** Within a statement, no line that follows a semicolon begins with a word and a blank. */
function statementsOf(sql: string): string[] {
  return sql
    .split(/;\n(?=\n|--|[a-z]+ |$)/)
    .map((statement) => statement.replace(/^(?:\s*(?:--.*)?\n)+/, ""))
    .filter((statement) => statement.trim() !== "");
}

async function namesOf(tx: Transaction): Promise<Set<string>> {
  const rows = await tx.query<{ name: string }>(
    `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace
     union select tgname::text from pg_trigger
     union select policyname::text from pg_policies`,
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Recomputes the footprint of every place from its lattice cells and class
 * (core/protected-time/footprint.ts). Its sessions' closures follow at the next server start,
 * before the first answer: patrols in the way are withdrawn as for a late session
 * (`extendClosures`). Until then the old closures hold, which contain the true area too.
 */
async function redrawFootprints(tx: Transaction): Promise<void> {
  const places = await tx.query<{ id: string; lattice: H3Cell[]; classM: number | null }>(
    `select id::text as "id", class_m::int as "classM",
       array(select to_hex(given.cell) from unnest(lattice) as given (cell) order by 1) as "lattice"
     from saved_place
     where lattice is not null`,
  );
  for (const { id, lattice, classM } of places) {
    // Never: a place with a lattice has a class (saved_place_lattice_whole).
    if (classM === null) continue;
    await tx.query(
      `with redrawn as (
         update saved_place set footprint = $2::bigint[]
         where id = $1::bigint and footprint <> $2::bigint[]
         returning id
       )
       update outreach_session set closed_until = null
       where place_id in (select id from redrawn) and ended_at is null`,
      [id, grownCells(lattice, classM, 1).map(cellToDecimal)],
    );
  }
}
