import type { SavedReading } from "#core/records/saved-profile.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import * as sql from "#server/records/queries/import-profiles.ts";

type Services = Pick<ActServices, "db" | "addDetail">;

export interface ProfileToSave {
  readonly name: string;
  readonly reading: SavedReading;
  readonly replace: boolean;
}

export async function saveProfile(
  tx: Transaction,
  actor: Actor,
  { name, reading, replace }: ProfileToSave,
): Promise<number> {
  const write = { name, person: actor.person, reading };
  const id =
    (await sql.insertImportProfile(tx, write)) ??
    (replace ? await sql.updateImportProfile(tx, write) : null);
  if (id === null) throw taken(name);
  return id;
}

/** What a person called by name; a name that is not there is refused with those that are. */
export async function profileNamed(tx: Transaction, name: string) {
  const found = await sql.findImportProfile(tx, name);
  if (found) return found;
  const known = await sql.listImportProfiles(tx);
  const names = known.map((each) => `"${each.name}"`).join(", ");
  throw new Problem(
    404,
    "No such profile",
    `There is no profile "${name}"; ${names === "" ? "none has been saved" : `the saved ones are ${names}`}.`,
  );
}

export function renameProfile(
  { db, addDetail }: Services,
  actor: Actor,
  change: { readonly id: number; readonly name: string },
): Promise<{ id: number; name: string }> {
  return db.transaction(actor, async (tx) => {
    const other = await sql.findImportProfile(tx, change.name);
    if (other && other.id !== change.id) throw taken(change.name);
    if (!(await sql.renameImportProfile(tx, { ...change, person: actor.person }))) throw gone();
    addDetail({ profile: change.id });
    return change;
  });
}

export function removeProfile(
  { db, addDetail }: Services,
  actor: Actor,
  id: number,
): Promise<{ id: number; name: string }> {
  return db.transaction(actor, async (tx) => {
    const removed = await sql.deleteImportProfile(tx, id);
    if (!removed) throw gone();
    addDetail({ profile: id });
    return { id, name: removed.name };
  });
}

function taken(name: string): Problem {
  return new Problem(
    409,
    "This name is taken",
    `There is already a profile "${name}". Choose another name, or overwrite it.`,
  );
}

function gone(): Problem {
  return new Problem(404, "No such profile", "It may have been removed. Refresh the list.");
}
