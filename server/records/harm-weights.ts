import { z } from "zod";
import { type HarmTableRef, type HarmWeight, harmNames } from "#core/records/harm.ts";
import { type HarmTable, harmTable } from "#core/records/wire/harm-weights.ts";
import type { HarmTableBody } from "#core/records/wire/save-harm-weights.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

const storedTable = harmTable.extend({
  weights: z.partialRecord(z.enum(harmNames), z.number()),
});

/** Newest first; the first is in use. */
export async function readHarmTables(tx: Transaction): Promise<HarmTable[]> {
  const tables = await tx.rows(
    storedTable,
    sql`select ${columnsOf(storedTable)} from harm_weights order by version desc`,
  );
  return tables.map((table) => ({ ...table, weights: weightsOf(table) }));
}

/** In use from then on; returns its number. */
export function saveHarmTable(
  { db, actor, addDetail }: Act,
  table: HarmTableBody,
): Promise<number> {
  return db.transaction(actor, async (tx) => {
    const version = await insertHarmTable(tx, table, actor.person);
    addDetail({ version });
    return version;
  });
}

/** Concurrent writers wait for each other. */
export async function insertHarmTable(
  tx: Transaction,
  { name, source, weights }: HarmTableBody,
  person: string,
): Promise<number> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('harm_weights'))`);
  const byName = Object.fromEntries(weights.map((each) => [each.name, each.weight]));
  const saved = await tx.one(
    harmTable.pick({ version: true }),
    sql`insert into harm_weights (version, name, source, weights, saved_by)
      select coalesce(max(version), 0) + 1, ${name}::text, ${source}::text,
        ${JSON.stringify(byName)}::jsonb, ${person}::text
      from harm_weights
      returning version`,
  );
  return saved.version;
}

/** The weights of a version, which stay the same whatever was saved since, and which table they are from. */
export async function harmOfVersion(
  tx: Transaction,
  version: number,
): Promise<{ readonly weights: readonly HarmWeight[]; readonly table: HarmTableRef }> {
  const stored = await tx.maybe(
    storedTable,
    sql`select ${columnsOf(storedTable)} from harm_weights where version = ${version}`,
  );
  if (!stored) {
    const detail = `There is no version ${version} of the harm weights. Choose a saved version.`;
    throw new Problem(404, "No such harm weights", detail);
  }
  const { name, source } = stored;
  return { weights: weightsOf(stored), table: { version, name, source } };
}

function weightsOf({ weights }: z.infer<typeof storedTable>): HarmWeight[] {
  return harmNames.flatMap((name) => {
    const weight = weights[name];
    return weight === undefined ? [] : [{ name, weight }];
  });
}
