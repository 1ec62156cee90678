import { type HarmTableRef, type HarmWeight, harmNames } from "#core/records/harm.ts";
import type { HarmAsked, HarmTable } from "#core/records/wire/harm-weights.ts";
import type { HarmTableBody } from "#core/records/wire/save-harm-weights.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import * as sql from "#server/records/queries/harm-weights.ts";

/** Every version of the team's table, newest first: the first is the one in use. */
export async function readHarmTables(tx: Transaction, zone: Zone): Promise<HarmTable[]> {
  return (await sql.listHarmTables(tx)).map((row) => tableOf(row, zone));
}

/** A new version of the table, which is the one in use from then on; answers its number. */
export function saveHarmTable(
  { db, addDetail }: Pick<ActServices, "db" | "addDetail">,
  actor: Actor,
  { name, source, weights }: HarmTableBody,
): Promise<number> {
  return db.transaction(actor, async (tx) => {
    const version = await sql.insertHarmTable(tx, {
      ...{ name, source, person: actor.person },
      weights: Object.fromEntries(weights.map((each) => [each.name, each.weight])),
    });
    addDetail({ version });
    return version;
  });
}

export interface HarmGiven {
  readonly weights: readonly HarmWeight[];
  /** The version that they are from; null where they were typed. */
  readonly table: HarmTableRef | null;
}

/** The weights that are asked for, as typed or of a version, which is the same whatever was saved since. */
export async function harmGiven(tx: Transaction, asked: HarmAsked): Promise<HarmGiven> {
  if ("weights" in asked) return { weights: asked.weights, table: null };
  const row = await sql.findHarmTable(tx, asked.version);
  if (!row) throw noSuchVersion(asked.version);
  const { version, name, source } = row;
  return { weights: weightsOf(row), table: { version, name, source } };
}

export function noSuchVersion(version: number): Problem {
  return new Problem(
    404,
    "No such harm weights",
    `There is no version ${version} of the harm weights. Choose a saved version.`,
  );
}

function tableOf(row: sql.HarmTableRow, zone: Zone): HarmTable {
  return { ...row, weights: weightsOf(row), savedAt: formatInstant(zone, row.savedAt) };
}

function weightsOf({ weights }: sql.HarmTableRow): HarmWeight[] {
  return harmNames.flatMap((name) => {
    const weight = weights[name];
    return weight === undefined ? [] : [{ name, weight }];
  });
}
