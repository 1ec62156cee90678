import { statSync } from "node:fs";
import { z } from "zod";
import type { Actor } from "#core/role.ts";
import { formatCount } from "#core/text/numbers.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { passphraseOption } from "#server/cli/secret.ts";
import type { Database } from "#server/db/database.ts";
import { openDuplicateKeys } from "#server/records/import/duplicate-key.ts";
import { countBatchesOfOtherKeys } from "#server/records/queries/batches.ts";
import { totalOf } from "#server/upkeep/backup/contents.ts";
import { type Backup, refuseTakenName, writeBackup } from "#server/upkeep/backup/write-backup.ts";

export const backupCommand = command({
  name: "backup",
  takes: "FILE [--passphrase-file FILE]",
  summary: "Back up everything to one encrypted file",
  options: passphraseOption,
  audit: { verb: "disclosure", act: "back up", purpose: "administration" },
  secret: { name: "passphrase", twice: true, leastLength: 16 },
  reads: z.object({ file: z.string() }),
  run: async ({ db, actor, config, secret, signal, say, addDetail }, { file }) => {
    const { dataFolder } = config;
    if (!secret) throw new CommandError("A backup needs a passphrase.");
    refuseTakenName(file);
    const otherKeys = await begin(db, actor, dataFolder);
    const backup = await writeBackup(db, { file, passphrase: secret, dataFolder, signal });
    addDetail({ rows: totalOf(backup), bytes: backup.bytes });
    const warnings = warningsOf(backup, otherKeys, dataFolder);
    for (const line of warnings) say(line);
    return {
      json: { file, ...summaryOf(backup), bytes: backup.bytes, warnings },
      text: [
        `${file}: ${formatCount(totalOf(backup))} rows of ${Object.keys(backup.rows).length} tables, ${(backup.bytes / 1e6).toFixed(1)} MB.`,
        headText(backup),
        "Without the passphrase nobody can read it, including you.",
      ],
    };
  },
});

/**
 * The start is in the chain before anything leaves, so that an aborted backup leaves a line, and
 * the file contains it. Completion is recorded when the file is whole, or else the refusal.
 */
function begin(db: Database, actor: Actor, dataFolder: string): Promise<number> {
  return db.transaction(
    actor,
    async (tx) => {
      const hasKey = statSync(`${dataFolder}/import.key`, { throwIfNoEntry: false }) !== undefined;
      // Rows that cannot be recognised again with the key in the file.
      const keyId = hasKey ? openDuplicateKeys(dataFolder).id : "";
      const otherKeys = await countBatchesOfOtherKeys(tx, keyId);
      await appendAudit(tx, actor, {
        ...{ verb: "disclosure", act: "begin a backup", purpose: "administration" },
        ...{ outcome: "done", detail: {} },
      });
      return otherKeys;
    },
    { beside: true },
  );
}

function warningsOf({ brokenAt }: Backup, otherKeys: number, dataFolder: string): string[] {
  const warnings: string[] = [];
  if (brokenAt !== null) {
    warnings.push(`The audit log was changed at row ${brokenAt}; it is backed up as it is.`);
  }
  if (otherKeys > 0) {
    warnings.push(
      `${otherKeys} imports were made with a key that is not in ${dataFolder}: after a restore their rows would not be recognised when they come again. Run this with BOXSTER_DATA set as the server has it.`,
    );
  }
  return warnings;
}

/** What `backup` and `restore` say alike, so that the two can be compared. */
export function summaryOf(backup: Omit<Backup, "bytes">) {
  const { version, madeAt, engine, migrations, rows, head } = backup;
  return { version, madeAt, engine, migrations: migrations.length, rows, head };
}

export function headText({ head }: Pick<Backup, "head">): string {
  return head === null
    ? "The audit log has no rows yet."
    : `Audit chain: row ${head.id} of ${head.at}, ${head.hash}.`;
}
