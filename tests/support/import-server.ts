import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { EventKind } from "#core/records/kinds.ts";
import type { ImportResult } from "#core/records/wire/import.ts";
import type { Actor } from "#core/role.ts";
import { type ActServices, createAsAt } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { fileSource, type ImportSource } from "#server/files/import-source.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import type { ImportRequest } from "#server/records/import/import-setting.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { testServices } from "#tests/support/app.ts";
import { autoChoices } from "#tests/support/import.ts";

export const analyst: Actor = { person: "analyst-1", role: "analyst", partner: null };

export interface ImportBench {
  readonly services: ActServices;
  readonly importFile: (path: string, options?: ImportOptions) => Promise<ImportResult>;
  readonly importText: (text: string, options?: ImportOptions) => Promise<ImportResult>;
  readonly importBytes: (bytes: Uint8Array, options?: ImportOptions) => Promise<ImportResult>;
  /** Events and batches in the database; those that were undone are history. */
  readonly stored: () => Promise<{ events: number; batches: number }>;
  /** Every row of both tables as text, to look for what must not be there. */
  readonly dump: () => Promise<string>;
  /** As earlier builds merged on Records: records of one kind count through those of another. */
  readonly merge: (kind: EventKind, into: EventKind) => Promise<number>;
  readonly undoAll: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ImportOptions extends Partial<Omit<ImportRequest, "choices" | "source">> {
  readonly choices?: Partial<ImportChoices>;
}

/** An import on a test database, with a data folder of its own. */
export async function openImportBench(db: Database): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-import-"));
  const base = await testServices(db);
  // What is past its age today is not what was past it when these tests were written.
  const asAt = createAsAt(base.zone, () => Date.UTC(2026, 0, 1, 12));
  await asAt.refresh(db);
  const services = {
    ...base,
    asAt,
    config: { ...base.config, dataFolder: folder },
    streets: createStreets(folder),
  };
  const run = (source: ImportSource, { choices, ...rest }: ImportOptions = {}) =>
    runImport(
      { ...services, actor: analyst },
      {
        source,
        choices: { ...autoChoices, ...choices },
        dryRun: false,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        ...rest,
      },
    );
  const query = <Row>(sql: string) => db.transaction(ownerActor, (tx) => tx.query<Row>(sql));
  return {
    services,
    importFile: async (path, options) => run(await fileSource(path), options),
    importText: (text, options) => run(bytesSource(Buffer.from(text)), options),
    importBytes: (bytes, options) => run(bytesSource(bytes), options),
    stored: async () => {
      const [row] = await query<{ events: number; batches: number }>(
        `select (select count(*)::int from event) as "events",
                (select count(*)::int from batch where undone_at is null) as "batches"`,
      );
      return row ?? { events: 0, batches: 0 };
    },
    dump: async () => {
      const rows = await query<{ line: string }>(
        "select event::text as line from event union all select batch::text from batch",
      );
      return rows.map((row) => row.line).join("\n");
    },
    merge: async (kind, into) => {
      const merged = await db.transaction(analyst, (tx) =>
        tx.query(
          `insert into event_match (event_id, merged_into, person)
           select merged.id, kept.id, $1
           from event as merged
           join event as kept on upper(kept.reference) = upper(merged.reference)
           where merged.kind = $2 and kept.kind = $3
             and (merged.kind <> kept.kind or merged.id > kept.id)
           returning 1`,
          [analyst.person, kind, into],
        ),
      );
      return merged.length;
    },
    undoAll: async () => {
      await query("delete from batch");
    },
    close: async () => {
      await base.solver.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The octets in pieces that part anywhere, as a connection brings them. */
export function bytesSource(bytes: Uint8Array, pieceLength = 1_000): ImportSource {
  return {
    fileName: "test.csv",
    totalBytes: bytes.length,
    canReopen: true,
    read: async (from, length) => bytes.subarray(from, from + length),
    open: async function* () {
      for (let at = 0; at < bytes.length; at += pieceLength) {
        yield bytes.subarray(at, at + pieceLength);
      }
    },
  };
}
