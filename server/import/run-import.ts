import { mapsWords } from "#core/gazetteer/place-step.ts";
import { FileFault } from "#core/import/file-fault.ts";
import { createRecordImporter } from "#core/import/import-reader.ts";
import { openTable } from "#core/import/open-table.ts";
import type { EventDraft } from "#core/import/read-row.ts";
import type { RowUnit } from "#core/import/row-unit.ts";
import type { ImportChoices } from "#core/import/table-reader.ts";
import type { Actor } from "#core/model/role.ts";
import type { ImportProgress, ImportResult, ImportRowError } from "#core/wire/import.ts";
import { knownUntil } from "#server/as-at.ts";
import type { ActServices } from "#server/audit/notes.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadPlaceFinder } from "#server/gazetteer/place-finder.ts";
import { newDecoder } from "#server/import/decode.ts";
import { type DuplicateKeys, openDuplicateKeys } from "#server/import/duplicate-key.ts";
import { createDuplicateReport } from "#server/import/duplicate-report.ts";
import { createEventWriter } from "#server/import/event-writer.ts";
import { hashedSource } from "#server/import/hashed-source.ts";
import type { ImportSource } from "#server/import/import-source.ts";
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
  /** The sheet of a workbook; the first that has a table unless said. */
  readonly sheet?: string | null;
  /** What an upload counts its rows in, where the browser made its table from another file. */
  readonly unit?: RowUnit;
  readonly dryRun: boolean;
  /** Sent by the page, which writes cells in place of streets and postcodes. */
  readonly hasCells?: boolean;
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
  const reader = createRecordImporter(choices, {
    zone: services.zone,
    region: importRegion(areas),
    latest: Date.now() + clockToleranceMs,
    shown: { until: knownUntil(services), isDemo: services.asAt.demo },
    hasCells: request.hasCells ?? false,
    ...(mapsWords(choices.map) ? { places: await loadPlaceFinder(tx) } : {}),
  });
  const batch = await createBatch(tx, {
    person: actor.person,
    fileName: source.fileName,
    keyId: keys.id,
  });
  const wardOf = createWardLookup(areas);
  const keyOf = keys.forOneFile();
  const report = createDuplicateReport(keys.forOneFile());
  const toEvent = (draft: EventDraft) => {
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
      placedBy: draft.placedBy,
      duplicateKey: own.key,
      ...(ward === undefined ? {} : { ward }),
      ...(draft.reference === null ? {} : { reference: draft.reference }),
    };
  };
  const writer = createEventWriter(tx, { batch, toEvent, onKnown: report.known });
  const errors: ImportRowError[] = [];
  const hashed = hashedSource(source);
  const counted = { rows: 0, rejected: 0, bytes: 0, totalBytes: source.totalBytes };
  const take = async (read: ReturnType<typeof reader.push>) => {
    counted.rows += read.drafts.length + read.faults.length;
    counted.rejected += read.faults.length;
    errors.push(...read.faults.slice(0, listedErrors - errors.length));
    await writer.add(read.drafts);
    request.signal.throwIfAborted();
    request.onProgress({
      rows: counted.rows,
      bytes: counted.bytes,
      totalBytes: counted.totalBytes,
    });
  };
  let unit = request.unit ?? "line";
  try {
    const file = { size: source.totalBytes, read: source.read, open: hashed.open, newDecoder };
    const table = await openTable(file, { sheet: request.sheet ?? null, unit });
    unit = table.unit;
    counted.totalBytes = table.size;
    for await (const { rows, bytes } of table.rows()) {
      counted.bytes = Math.floor(bytes);
      await take(reader.push(rows));
    }
    await take(reader.finish());
  } catch (error) {
    throw error instanceof FileFault ? error.in(error.unit === "line" ? unit : error.unit) : error;
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
  const fileSha256 = await hashed.digest();
  await finishBatch(tx, batch, {
    ...counts,
    profile: outline.profile,
    mapping: outline.mapping,
    fileSha256,
  });
  const before = report.finish(await namesOfBatches(tx, report.batches()), fileSha256);
  const foreign = await countBatchesOfOtherKeys(tx, keys.id);
  return {
    batch,
    outcome: {
      profile: outline.profile,
      mapping: { ...outline.mapping },
      ...counts,
      places: reader.placeCounts(),
      ...(unit === "line" ? {} : { unit }),
      blockedColumns: [...outline.blockedColumns],
      blocked: [...outline.blocked],
      errors,
      duplicateRows: before.duplicateRows,
      notes: [...outline.notes, ...before.notes, ...(foreign === 0 ? [] : [otherKeys(foreign)])],
    },
  };
}

function otherKeys(batches: number): string {
  return `${batches} earlier ${batches === 1 ? "batch was" : "batches were"} imported with another import.key: rows that repeat them were not recognised as duplicates. Put the import.key of that data folder back, or undo one of the batches.`;
}
