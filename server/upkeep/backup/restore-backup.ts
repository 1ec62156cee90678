import type { Actor } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { verifyChainIn } from "#server/accounts/audit/verify.ts";
import { type Migration, readMigrations } from "#server/db/applied.ts";
import { beforeOf, schemaOf, takeRowsOfBefore } from "#server/db/before.ts";
import { type Database, ownerActor, type Transaction, withOptions } from "#server/db/database.ts";
import { appliedMigrations, migrate } from "#server/db/migrate.ts";
import { Problem } from "#server/problem.ts";
import {
  type BackupEnd,
  type BackupHead,
  inOrderOfReference,
  leftOut,
  totalOf,
} from "#server/upkeep/backup/contents.ts";
import { refuseOtherKeyFiles, writeKeyFiles } from "#server/upkeep/backup/key-files.ts";
import { type OpenBackup, openBackup } from "#server/upkeep/backup/read-backup.ts";
import { notRestored } from "#server/upkeep/backup/seal.ts";
import * as sql from "#server/upkeep/queries/backup.ts";

export interface RestoreRequest {
  readonly file: string;
  readonly passphrase: string;
  readonly dataFolder: string;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly migrations?: readonly Migration[];
}

export type Restored = BackupHead & BackupEnd & { readonly migrated: readonly string[] };

/**
 * Restores a backup into an empty database, on either engine: the file is read to its end first, so
 * that nothing starts with a bad one; then all rows in one transaction, committed only if counts,
 * counters and the audit chain match the file. A backup of an earlier version is restored into that
 * version's schema, then migrated.
 */
export async function restoreBackup(db: Database, request: RestoreRequest): Promise<Restored> {
  const { file, passphrase, signal, say, dataFolder } = request;
  const migrations = request.migrations ?? readMigrations();
  const backup = await openBackup(file, passphrase, signal);
  try {
    const whole = await backup.read({});
    say(`The backup of ${whole.madeAt} is whole.`);
    if (whole.brokenAt !== null) {
      say(`Its audit chain was broken at row ${whole.brokenAt} when it was made.`);
    }
    refuseOtherKeyFiles(dataFolder, whole.keyFiles);
    await db.transaction(ownerActor, async (tx) => {
      if (await sql.mayCopy(tx)) return;
      throw notRestored(
        "The login of DATABASE_URL may not write every row, and should not: run this with the address of the database's owner.",
      );
    });
    await bringSchema(db, whole, migrations);
    await withOptions(db, { events: true, long: true }).transaction(ownerActor, (tx) =>
      bringRows(tx, { backup, whole, request }),
    );
    return { ...whole, migrated: await migrate(db, migrations) };
  } catch (error) {
    throw signal.aborted ? notRestored("It was stopped.") : error;
  } finally {
    await backup.close();
  }
}

/** Up to the backup's last migration only. */
async function bringSchema(
  db: Database,
  { migrations: given }: BackupHead,
  known: readonly Migration[],
): Promise<void> {
  const before = beforeOf(given, "backup");
  const wanted = before ? schemaOf(known) : given;
  for (const [index, { name, checksum }] of wanted.entries()) {
    const own = known[index];
    if (own?.name === name && own.checksum === checksum) continue;
    throw notRestored(
      `The backup was made by another version of Boxster (its migration ${name} is not the one here): use that version.`,
    );
  }
  const held = await db.transaction(ownerActor, appliedMigrations);
  if ((held?.length ?? 0) > wanted.length) {
    throw notRestored(
      `The backup is older than this database (${wanted.at(-1)?.name}). Restore it into a new, unused database; it is then updated.`,
    );
  }
  await migrate(db, known.slice(0, wanted.length));
  if (before !== "ed7c113a") return;
  await db.transaction(ownerActor, (tx) => takeRowsOfBefore(tx, given));
}

async function bringRows(
  tx: Transaction,
  {
    backup,
    whole,
    request,
  }: {
    readonly backup: OpenBackup;
    readonly whole: BackupHead & BackupEnd;
    readonly request: RestoreRequest;
  },
): Promise<void> {
  await sql.setPlainFormats(tx);
  const tables = inOrderOfReference(await sql.storedTables(tx)).filter(
    ({ name }) => name !== "migration",
  );
  // No writes between the emptiness check and the end.
  const names = tables.map(({ name }) => sql.quote(name)).join(", ");
  await tx.query(`lock table ${names} in access exclusive mode`);
  await tx.through("copier", (door) => makeRoom(door, tables));
  await tx.through("copier", (door) => insertAll(door, { backup, whole }, tables));
  await setCounters(tx, tables, whole);
  await tx.through("copier", (door) => compare(door, whole));
  // A restored chain says so: it lacks what was done since the backup.
  await appendAudit(tx, request.actor, {
    verb: "collection",
    act: "restore a backup",
    purpose: "administration",
    outcome: "done",
    detail: { madeAt: whole.madeAt, head: whole.head?.id ?? null, rows: totalOf(whole) },
  });
  // Last, but before the commit: without their key, rows would not be recognised again.
  writeKeyFiles(request.dataFolder, whole.keyFiles);
}

const made = new Set(["setting", "clock_mark", "area", "edge_line", "road", "named_place"]);

async function makeRoom(tx: Transaction, tables: readonly sql.StoredTable[]): Promise<void> {
  const used: string[] = [];
  for (const { name } of tables) {
    if (made.has(name) || leftOut[name] !== undefined)
      await tx.query(`delete from ${sql.quote(name)}`);
    else if ((await sql.countRows(tx, name)) > 0) used.push(name);
  }
  if (used.length === 0) return;
  throw new Problem(
    409,
    "Nothing was restored",
    `A restore needs an empty database, and this one has rows in ${used.join(", ")}. Set BOXSTER_DATA to a new folder, or DATABASE_URL to a new database.`,
  );
}

async function insertAll(
  tx: Transaction,
  { backup, whole }: { readonly backup: OpenBackup; readonly whole: BackupHead },
  tables: readonly sql.StoredTable[],
): Promise<void> {
  // Columns added since are filled in by migration.
  const isBefore = beforeOf(whole.migrations, "backup") !== null;
  const byName = new Map(tables.map((table) => [table.name, table]));
  let into: sql.StoredTable | null = null;
  await backup.read({
    onTable: async (name, columns) => {
      const table = byName.get(name);
      const own = table?.columns.filter((one) => !isBefore || columns.includes(one.name)) ?? [];
      into = table ? { ...table, columns: own } : null;
      if (own.map((one) => one.name).join() !== columns.join()) {
        throw notRestored(`Its table ${name} does not have the columns of this version.`);
      }
    },
    onRows: async (lines) => {
      if (into === null) throw notRestored("There are rows of no table in the backup.");
      await sql.insertRows(tx, into, lines);
    },
  });
}

async function setCounters(
  tx: Transaction,
  tables: readonly sql.StoredTable[],
  { counters }: BackupEnd,
): Promise<void> {
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const last = counters[`${name}.${column.name}`];
      if (column.counter !== null && last) await sql.setCounter(tx, column.counter, last);
    }
  }
}

async function compare(tx: Transaction, { rows, head, brokenAt }: BackupEnd): Promise<void> {
  for (const [table, expected] of Object.entries(rows)) {
    const count = await sql.countRows(tx, table);
    if (count === expected) continue;
    throw notRestored(`Table ${table} has ${count} rows where the backup says ${expected}.`);
  }
  const chain = await verifyChainIn(tx);
  if (chain.head?.id !== head?.id || chain.head?.hash !== head?.hash) {
    throw notRestored("The last row of the audit log does not match the backup.");
  }
  // An already broken chain is restored as it was: the tables' data is needed all the same.
  const broken = chain.broken?.row ?? null;
  if (broken === brokenAt) return;
  throw notRestored(`The audit log is broken at row ${broken ?? brokenAt}.`);
}
