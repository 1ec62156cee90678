import { createHash } from "node:crypto";
import { FileFault } from "#core/import/file-fault.ts";
import { createImportReader } from "#core/import/import-reader.ts";
import type { EventDraft } from "#core/import/read-row.ts";
import type { ImportChoices } from "#core/import/table-reader.ts";
import type { Actor } from "#core/model/role.ts";
import type { ImportProgress, ImportResult, ImportRowError } from "#core/wire/import.ts";
import { knownUntil } from "#server/as-at.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { createDecoder } from "#server/import/decode.ts";
import { type DuplicateKeys, openDuplicateKeys } from "#server/import/duplicate-key.ts";
import { createDuplicateReport } from "#server/import/duplicate-report.ts";
import { createEventWriter } from "#server/import/event-writer.ts";
import type { ImportSource } from "#server/import/import-source.ts";
import { createQualityCounter } from "#server/import/quality-counter.ts";
import { importRegion } from "#server/import/region.ts";
import { createWardLookup } from "#server/import/ward-lookup.ts";
import { loadAreas } from "#server/queries/areas.ts";
import {
  countBatchesOfOtherKeys,
  createBatch,
  finishBatch,
  namesOfBatches,
} from "#server/queries/batches.ts";

export interface ImportRequest {
  readonly actor: Actor;
  readonly source: ImportSource;
  readonly choices: ImportChoices;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** More are counted, not listed: nobody reads them, and memory must not grow with the file. */
const listedErrors = 1_000;
const clockToleranceMs = 3_600_000;

/**
 * One file into one batch, in one transaction: the good rows go in and each refused row is
 * accounted for; a file that cannot be read, a cancelled or a killed import leaves nothing.
 * A dry run does all of it and takes it back.
 */
export async function runImport(
  services: ActServices,
  request: ImportRequest,
): Promise<ImportResult> {
  try {
    return await importOnce(services, request);
  } catch (error) {
    const again =
      error instanceof FileFault && error.readDates !== null && request.source.canReopen;
    if (!again || request.choices.dates !== null) throw error;
    // The whole column said another order of day and month than its beginning did.
    const choices = { ...request.choices, dates: error.readDates };
    return importOnce(services, { ...request, choices });
  }
}

/** Takes the transaction back without an error for the caller. */
class NothingToKeep extends Error {
  override readonly name = "NothingToKeep";
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super("The import adds nothing");
    this.result = result;
  }
}

async function importOnce(services: ActServices, request: ImportRequest): Promise<ImportResult> {
  const keys = openDuplicateKeys(services.config.dataFolder);
  const startedAt = performance.now();
  try {
    return await services.db.transaction(request.actor, async (tx) => {
      const { batch, outcome } = await importFile(tx, services, request, keys);
      const result: ImportResult = {
        batch,
        dryRun: request.dryRun,
        fileName: request.source.fileName,
        ...outcome,
        seconds: Math.round(performance.now() - startedAt) / 1000,
      };
      const { profile, rows, accepted, rejected, duplicates } = result;
      const { dryRun } = request;
      const kept = dryRun || accepted === 0 ? null : batch;
      services.addDetail({ batch: kept, dryRun, profile, rows, accepted, rejected, duplicates });
      request.signal.throwIfAborted();
      if (request.dryRun || result.accepted === 0) {
        throw new NothingToKeep({ ...result, batch: null });
      }
      return result;
    });
  } catch (error) {
    if (error instanceof NothingToKeep) return error.result;
    throw error;
  }
}

type Outcome = Omit<ImportResult, "batch" | "dryRun" | "fileName" | "seconds">;

async function importFile(
  tx: Transaction,
  services: Services,
  request: ImportRequest,
  keys: DuplicateKeys,
): Promise<{ batch: number; outcome: Outcome }> {
  const { source, choices, actor } = request;
  const areas = await loadAreas(tx);
  const reader = createImportReader(choices, {
    zone: services.zone,
    region: importRegion(areas),
    latest: Date.now() + clockToleranceMs,
    shown: { until: knownUntil(services), isDemo: services.asAt.demo },
  });
  const batch = await createBatch(tx, {
    person: actor.person,
    fileName: source.fileName,
    keyId: keys.id,
  });
  const wardOf = createWardLookup(areas);
  const keyOf = keys.forOneFile();
  const report = createDuplicateReport(keys.forOneFile());
  const quality = createQualityCounter();
  const toEvent = (draft: EventDraft) => {
    quality.look(draft);
    const ward = wardOf(draft.position);
    const own = keyOf(draft.identity);
    report.look(draft, own);
    return {
      cell: draft.cell,
      kind: draft.kind,
      source: draft.source,
      category: draft.category,
      startsAt: draft.startsAt,
      endsAt: draft.endsAt,
      duplicateKey: own.key,
      ...(ward === undefined ? {} : { ward }),
      ...(draft.reference === null ? {} : { reference: draft.reference }),
    };
  };
  const writer = createEventWriter(tx, { batch, toEvent, onKnown: report.known });
  const errors: ImportRowError[] = [];
  const hash = createHash("sha256");
  const decoder = createDecoder();
  const counted = { rows: 0, rejected: 0, bytes: 0 };
  const take = async (read: ReturnType<typeof reader.push>) => {
    counted.rows += read.drafts.length + read.faults.length;
    counted.rejected += read.faults.length;
    quality.refused(read.faults);
    errors.push(...read.faults.slice(0, listedErrors - errors.length));
    await writer.add(read.drafts);
    request.signal.throwIfAborted();
    request.onProgress({
      rows: counted.rows,
      bytes: counted.bytes,
      totalBytes: source.totalBytes,
    });
  };
  try {
    for await (const bytes of source.open()) {
      hash.update(bytes);
      counted.bytes += bytes.length;
      await take(reader.push(decoder.push(bytes)));
    }
    await take(reader.push(decoder.finish()));
    await take(reader.finish());
  } finally {
    await writer.settle();
  }
  const accepted = await writer.finish();
  const outline = reader.outline();
  const counts = {
    rows: counted.rows,
    accepted,
    rejected: counted.rejected,
    duplicates: counted.rows - counted.rejected - accepted,
  };
  const fileSha256 = hash.digest("hex");
  await finishBatch(tx, batch, {
    ...counts,
    profile: outline.profile,
    mapping: outline.mapping,
    fileSha256,
  });
  await quality.save(tx, batch);
  const before = report.finish(await namesOfBatches(tx, report.batches()), fileSha256);
  const foreign = await countBatchesOfOtherKeys(tx, keys.id);
  return {
    batch,
    outcome: {
      profile: outline.profile,
      mapping: { ...outline.mapping },
      ...counts,
      blockedColumns: [...outline.blockedColumns],
      errors,
      duplicateRows: before.duplicateRows,
      notes: [...outline.notes, ...before.notes, ...(foreign === 0 ? [] : [otherKeys(foreign)])],
    },
  };
}

function otherKeys(batches: number): string {
  return `${batches} earlier ${batches === 1 ? "batch was" : "batches were"} imported with another import.key: rows that repeat them were not recognised as duplicates. Put the import.key of that data folder back, or undo one of the batches.`;
}
