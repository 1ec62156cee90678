import { z } from "zod";
import { notRestored } from "#server/upkeep/backup/seal.ts";
import type { StoredTable } from "#server/upkeep/queries/backup.ts";

/**
 * What is inside, one JSON document a line: the head, then each table's name and columns followed by
 * its rows (arrays of text or null), then the end.
 */
export const backupHead = z.strictObject({
  backup: z.literal(1),
  version: z.string(),
  madeAt: z.iso.datetime(),
  engine: z.enum(["postgres", "embedded"]),
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })).min(1),
  /** Data folder files without which the rows are useless. */
  keyFiles: z.record(z.string(), z.string()),
});
export type BackupHead = z.infer<typeof backupHead>;

export const tableHead = z.strictObject({ table: z.string(), columns: z.array(z.string()) });

export const backupEnd = z.strictObject({
  end: z.strictObject({
    /** By table. */
    rows: z.record(z.string(), z.number().int().nonnegative()),
    /** The last number each counter gave out, by table and column. */
    counters: z.record(
      z.string(),
      z
        .string()
        .regex(/^\d{1,19}$/)
        .nullable(),
    ),
    head: z
      .strictObject({ id: z.string(), at: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/) })
      .nullable(),
    /** First audit row that breaks the chain; null when intact. */
    brokenAt: z.string().nullable(),
  }),
});
export type BackupEnd = z.infer<typeof backupEnd>["end"];

/** Tables that are in no backup, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  migration: "a restore brings the schema up itself and compares",
  device_link: "a link lives a day: a new one is given out",
  second_step: "it lives five minutes",
  spent_challenge: "it lives five minutes",
  call_count: "it lives a minute",
  sign_in: "whoever was signed in signs in again",
  sign_in_failure: "who failed to sign in waits no longer",
};

/** What triggers hold in place of a foreign key, which the catalogue does not tell (sql/migrations/0004-records.sql). */
const heldByTriggers: Readonly<Record<string, readonly string[]>> = {
  event: ["batch", "event_type"],
};

/** Referenced tables first. */
export function inOrderOfReference(tables: readonly StoredTable[]): StoredTable[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<StoredTable>();
  const visit = (table: StoredTable, path: readonly string[]) => {
    if (path.includes(table.name)) {
      throw new Error(`Tables refer to each other in a circle: ${path.join(", ")}.`);
    }
    for (const name of [...table.refersTo, ...(heldByTriggers[table.name] ?? [])]) {
      const other = byName.get(name);
      if (other) visit(other, [...path, table.name]);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table, []);
  return [...ordered];
}

export function totalOf({ rows }: Pick<BackupEnd, "rows">): number {
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}

const longestLine = 64 * 1024 * 1024;

/** Every line ends with a line feed. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const piece of source) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestLine) throw notRestored("A line of the backup never ends.");
    yield* lines;
  }
  if (rest !== "") throw notRestored("The backup ends in the middle of a line.");
}
