import { z } from "zod";
import {
  type ImportProfile,
  importProfile,
  type ProfileToSave,
} from "#core/records/wire/import-profile.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** By name. */
export const loadProfiles = (tx: Transaction) =>
  tx.rows(
    importProfile,
    sql`select ${columnsOf(importProfile)} from import_profile order by lower(name)`,
  );

/** Whatever the letters' case. */
const findProfile = (tx: Transaction, name: string) =>
  tx.maybe(
    importProfile,
    sql`select ${columnsOf(importProfile)} from import_profile where lower(name) = lower(${name})`,
  );

export async function saveProfile(
  tx: Transaction,
  person: string,
  profile: ProfileToSave,
): Promise<number> {
  const { name } = profile;
  const reading = JSON.stringify(profile.reading);
  const added = insertInto("import_profile", { name, madeBy: person, changedBy: person, reading });
  const id =
    (await tx.value(z.int(), sql`${added} on conflict (lower(name)) do nothing returning id`)) ??
    (profile.replace
      ? await tx.value(
          z.int(),
          sql`update import_profile
            set ${assigned({ reading, changedBy: person })}, changed_at = now()
            where lower(name) = lower(${name}) returning id`,
        )
      : null);
  if (id === null) throw taken(name);
  return id;
}

/** Throws, naming those that exist. */
export async function profileNamed(tx: Transaction, name: string): Promise<ImportProfile> {
  const found = await findProfile(tx, name);
  if (found) return found;
  const names = (await loadProfiles(tx)).map((each) => `"${each.name}"`).join(", ");
  throw new Problem(
    404,
    "No such profile",
    `There is no profile "${name}"; ${names === "" ? "none has been saved" : `the saved ones are ${names}`}.`,
  );
}

export function removeProfile(
  { db, actor, addDetail }: Act,
  id: number,
): Promise<{ id: number; name: string }> {
  return db.transaction(actor, async (tx) => {
    const name = await tx.value(
      z.string(),
      sql`delete from import_profile where id = ${id} returning name`,
    );
    if (name === null) {
      throw new Problem(404, "No such profile", "It may have been removed. Refresh the list.");
    }
    addDetail({ profile: id });
    return { id, name };
  });
}

function taken(name: string): Problem {
  return new Problem(
    409,
    "This name is taken",
    `There is already a profile "${name}". Choose another name, or overwrite it.`,
  );
}
