import { createRecordImporter } from "#core/records/import-reader.ts";
import type { EventDraft } from "#core/records/read-row.ts";
import type { KeptEvents } from "#core/records/retention.ts";
import type { ImportResult, ImportRowError } from "#core/records/wire/import.ts";
import { writeWordChoices } from "#core/records/word-choices.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import { formatCount } from "#core/text/numbers.ts";
import type { Act } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { orTakenBack, TakenBack } from "#server/db/taken-back.ts";
import { hashedSource, newDecoder } from "#server/files/import-source.ts";
import { loadAreas } from "#server/places/areas.ts";
import { createWardLookup } from "#server/places/ward-lookup.ts";
import { createQualityCounter, createReasonCounts } from "#server/records/import/counts.ts";
import { type DuplicateKeys, openDuplicateKeys } from "#server/records/import/duplicate-key.ts";
import { createDuplicateReport } from "#server/records/import/duplicate-report.ts";
import { createEventWriter, createTypeCodes } from "#server/records/import/event-writer.ts";
import {
  type ImportRequest,
  importSetting,
  keepReading,
  keptNow,
} from "#server/records/import/import-setting.ts";
import { openStreetLookup, type StreetLookup } from "#server/records/import/street-of-point.ts";
import * as sql from "#server/records/queries/batches.ts";
import type { EventStreet, NewEvent } from "#server/records/queries/event-arrays.ts";
import { createTally } from "#server/tally.ts";

/** More are only counted, so that memory does not grow with the file. */
const listedErrors = 1_000;

const tally = createTally();
let rowsRead = 0;

/** Of this process; `rows` of those that ended well. */
export const importsSoFar = () => ({ ...tally.now(), rows: rowsRead });

/**
 * Imports one file into one batch, in one transaction: good rows go in and every refused row is
 * accounted for; an unreadable file, a cancelled or a killed import leaves nothing. A dry run does
 * it all and rolls back.
 */
export async function runImport(act: Act, request: ImportRequest): Promise<ImportResult> {
  const result = await tally.count(() => importOrAgain(act, request));
  rowsRead += result.rows;
  return result;
}

async function importOrAgain(act: Act, request: ImportRequest): Promise<ImportResult> {
  const { choices, source } = request;
  const kept = await keptNow(act);
  try {
    return await importOnce(act, request, kept);
  } catch (error) {
    const dates = error instanceof FileFault && source.canReopen ? error.readDates : null;
    if (dates === null || choices.dates !== null) throw error;
    // The whole column said another order of day and month than its beginning did.
    const again = { ...request, choices: { ...choices, dates } };
    return importOnce(act, again, kept);
  }
}

async function importOnce(
  act: Act,
  request: ImportRequest,
  kept: KeptEvents | null,
): Promise<ImportResult> {
  const ground = {
    keys: openDuplicateKeys(act.config.dataFolder),
    kept,
    streets: await openStreetLookup(act.streets),
  };
  const startedAt = performance.now();
  const db = withOptions(act.db, { events: true, long: true, grows: true });
  return orTakenBack(
    db.transaction(act.actor, async (tx) => {
      const { batch, outcome, profile } = await importFile(tx, act, request, ground);
      const { dryRun } = request;
      const { rows, accepted, rejected, duplicates } = outcome;
      const refused = request.allOrNone && rejected > 0 ? allOrNoneWords(rejected) : null;
      const isKept = !dryRun && accepted > 0 && refused === null;
      const result: ImportResult = {
        batch: isKept ? batch : null,
        dryRun,
        refused,
        fileName: request.source.fileName,
        ...outcome,
        seconds: Math.round(performance.now() - startedAt) / 1000,
      };
      act.addDetail({
        batch: result.batch,
        dryRun,
        profile,
        rows,
        accepted,
        rejected,
        duplicates,
      });
      request.signal.throwIfAborted();
      if (!isKept) throw new TakenBack(result);
      return result;
    }),
  );
}

function allOrNoneWords(rejected: number): string {
  const some = `${formatCount(rejected)} ${rejected === 1 ? "row is" : "rows are"}`;
  return `${some} refused, and you chose to import nothing unless every row is valid.`;
}

type Outcome = Omit<ImportResult, "batch" | "dryRun" | "fileName" | "refused" | "seconds">;

async function importFile(
  tx: Transaction,
  act: Act,
  request: ImportRequest,
  {
    keys,
    kept,
    streets,
  }: {
    readonly keys: DuplicateKeys;
    readonly kept: KeptEvents | null;
    readonly streets: StreetLookup;
  },
): Promise<{
  readonly batch: number;
  readonly outcome: Outcome;
  readonly profile: string;
}> {
  const { source, choices } = request;
  const { person } = act.actor;
  const areas = await loadAreas(tx);
  const setting = await importSetting(tx, act, request, { areas, kept });
  const reader = createRecordImporter(choices, setting);
  const batch = await sql.createBatch(tx, { person, fileName: source.fileName, keyId: keys.id });
  const wardOf = createWardLookup(areas);
  const keyOf = keys.forOneFile();
  const report = createDuplicateReport(keys.forOneFile());
  const quality = createQualityCounter();
  const toEvent = (draft: EventDraft) => {
    if (report.isRepeat(draft)) return null;
    quality.look(draft);
    const ward = wardOf(draft.position);
    const own = keyOf(draft.identity);
    report.keyed(draft, own.ordinal);
    return newEvent(draft, own.key, { ward, street: streets.streetOf(draft) });
  };
  const codesOf = createTypeCodes(tx, () => reader.outline());
  const writer = createEventWriter(tx, { batch, toEvent, codesOf, onKnown: report.known });
  const errors: ImportRowError[] = [];
  const reasons = createReasonCounts();
  const hashed = hashedSource(source);
  let [rows, rejected] = [0, 0];
  const progress = { bytes: 0, totalBytes: source.totalBytes };
  const take = async (read: ReturnType<typeof reader.push>) => {
    rows += read.drafts.length + read.faults.length;
    rejected += read.faults.length;
    quality.refused(read.faults);
    errors.push(...read.faults.slice(0, listedErrors - errors.length));
    reasons.add(read.faults);
    await writer.add(read.drafts);
    request.signal.throwIfAborted();
    request.onProgress({ rows, ...progress });
  };
  let unit = request.unit ?? "line";
  try {
    const file = { size: source.totalBytes, read: source.read, open: hashed.open, newDecoder };
    const table = await openTable(file, { sheet: request.sheet ?? null, unit });
    unit = table.unit;
    progress.totalBytes = table.size;
    for await (const piece of table.rows()) {
      progress.bytes = Math.floor(piece.bytes);
      await take(reader.push(piece.rows));
    }
    await take(reader.finish());
  } catch (error) {
    throw error instanceof FileFault ? error.in(unit) : error;
  } finally {
    await writer.settle();
  }
  const accepted = await writer.finish();
  const outline = reader.outline();
  const { mapping } = outline;
  const counts = { rows, accepted, rejected, duplicates: rows - rejected - accepted };
  const receivedSha256 = await hashed.digest();
  const fileSha256 = request.fileSha256 ?? receivedSha256;
  const profile = request.savedProfile ?? outline.profile;
  const { kind, dates, midnight } = choices;
  await sql.finishBatch(tx, batch, {
    ...counts,
    profile,
    mapping,
    months: reader.monthCounts(),
    fileSha256,
    receivedSha256,
    choices: {
      kind,
      source: choices.source,
      dates,
      midnight,
      words: writeWordChoices(choices.words),
    },
  });
  await quality.save(tx, batch);
  if (request.saveAs) {
    const saved = { person, name: request.saveAs, choices };
    await keepReading(tx, saved, outline, reader.headings());
  }
  const before = report.notes(await sql.namesOfBatches(tx, report.batches()), fileSha256);
  const [twin] = await sql.batchesOfFile(tx, fileSha256, batch);
  const foreign = await sql.countBatchesOfOtherKeys(tx, keys.id);
  return {
    batch,
    profile: outline.profile,
    outcome: {
      profile,
      mapping: { ...mapping },
      ...counts,
      places: reader.placeCounts(),
      ...(unit === "line" ? {} : { unit }),
      blockedColumns: [...outline.blockedColumns],
      blocked: [...outline.blocked],
      errors,
      errorCounts: reasons.list(),
      unknownWords: [...outline.unknownWords],
      midnightSpike: outline.midnightSpike,
      fileSha256,
      notes: [
        ...outline.notes,
        ...streets.notes(),
        ...before,
        ...(twin && accepted > 0 ? [readOtherwise(twin, accepted)] : []),
        ...otherKeyNotes(foreign),
      ],
    },
  };
}

function newEvent(
  draft: EventDraft,
  duplicateKey: string,
  { ward, street }: { readonly ward: string | undefined; readonly street: EventStreet | undefined },
): NewEvent {
  const { cell, kind, source, category, type, startsAt, endsAt, placedBy, reference } = draft;
  const event = { cell, kind, source, category, type, startsAt, endsAt, placedBy, duplicateKey };
  // Spreading would allocate for each of millions of rows, for fields that are rarely present.
  const known: { -readonly [Name in keyof NewEvent]: NewEvent[Name] } = event;
  if (ward !== undefined) known.ward = ward;
  if (street !== undefined) known.street = street;
  if (reference !== null) known.reference = reference;
  return known;
}

/** Without a reference, a row is identified by content, so another reading makes another event. */
function readOtherwise(
  twin: { readonly id: number; readonly fileName: string },
  accepted: number,
): string {
  return `This file was imported before, as batch ${twin.id} "${twin.fileName}". Rows that were refused or read differently then count as new: ${formatCount(accepted)} of them. If they were stored then with another kind, category or time, they are now there twice. Undo one of the two.`;
}

function otherKeyNotes(batches: number): string[] {
  if (batches === 0) return [];
  return [
    `${batches} earlier ${batches === 1 ? "batch was" : "batches were"} imported with another import.key: rows that repeat them were not recognised as duplicates. Put the import.key of that data folder back, or undo one of the batches.`,
  ];
}
