import { statSync } from "node:fs";
import { totalOf } from "#server/backup/contents.ts";
import { type Backup, refuseTakenName, writeBackup } from "#server/backup/write-backup.ts";
import { operatorActor } from "#server/cli/actor.ts";
import { type Command, CommandError } from "#server/cli/command.ts";
import { passphraseFileOption } from "#server/cli/secret.ts";
import type { Database } from "#server/db/database.ts";
import { openDuplicateKeys } from "#server/import/duplicate-key.ts";
import { countBatchesOfOtherKeys } from "#server/queries/batches.ts";

export const backupCommand: Command = {
  name: "backup",
  usage: "backup FILE [--passphrase-file FILE]",
  summary: "Write everything into one file, encrypted with a passphrase",
  options: passphraseFileOption,
  positionals: [1, 1],
  audit: { verb: "disclosure", act: "back up", purpose: "administration" },
  files: [0],
  secret: { name: "passphrase", twice: true, leastLength: 16 },
  run: async ({ db, config, operator, secret, signal, say }, { positionals }) => {
    const file = positionals[0] ?? "";
    if (!secret) throw new CommandError("A backup needs a passphrase.");
    refuseTakenName(file);
    // Its line comes first, so that the file holds it and nothing of the chain is after the file.
    const otherKeys = await db.transaction(operatorActor(operator), (tx) =>
      countOtherKeys(tx, config.dataFolder),
    );
    const backup = await writeBackup(db, {
      file,
      passphrase: secret,
      dataFolder: config.dataFolder,
      signal,
    });
    const warnings = warningsOf(backup, otherKeys, config.dataFolder);
    for (const line of warnings) say(line);
    return {
      json: { file, ...summaryOf(backup), bytes: backup.bytes, warnings },
      text: [
        `${file}: ${totalOf(backup).toLocaleString("en-GB")} rows of ${Object.keys(backup.rows).length} tables, ${(backup.bytes / 1e6).toFixed(1)} MB.`,
        headText(backup),
        "Without the passphrase nobody can read it again, you included.",
      ],
    };
  },
};

type KeyCheck = Parameters<Parameters<Database["transaction"]>[1]>[0];

/** How many batches cannot be recognised again with the key that goes into the file. */
async function countOtherKeys(tx: KeyCheck, dataFolder: string): Promise<number> {
  const hasKey = statSync(`${dataFolder}/import.key`, { throwIfNoEntry: false }) !== undefined;
  return countBatchesOfOtherKeys(tx, hasKey ? openDuplicateKeys(dataFolder).id : "");
}

function warningsOf({ brokenAt }: Backup, otherKeys: number, dataFolder: string): string[] {
  const warnings: string[] = [];
  if (brokenAt !== null) {
    warnings.push(`The audit chain is broken at row ${brokenAt}; the backup holds it as it is.`);
  }
  if (otherKeys > 0) {
    warnings.push(
      `${otherKeys} imports were made with a key that is not in ${dataFolder}: after a restore their rows would not be recognised when they come again. Run this with BOXSTER_DATA set as the server has it.`,
    );
  }
  return warnings;
}

/** What `backup` and `restore` say alike, so that the two can be compared. */
export function summaryOf({ version, madeAt, engine, migrations, rows, head }: SummaryParts) {
  return { version, madeAt, engine, migrations: migrations.length, rows, head };
}

type SummaryParts = Pick<Backup, "version" | "madeAt" | "engine" | "migrations" | "rows" | "head">;

export function headText({ head }: Pick<Backup, "head">): string {
  return head === null
    ? "The audit chain has no row yet."
    : `Audit chain: row ${head.id} of ${head.at}, ${head.hash}.`;
}
