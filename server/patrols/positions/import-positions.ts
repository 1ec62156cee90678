import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { type Band, type RecordedDose, storable } from "#core/patrols/positions/dose-tally.ts";
import { recordedDoseDays } from "#core/patrols/positions/settings.ts";
import { addDays, dayMs, formatLocalDate } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { chunksOf } from "#server/db/chunks.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { ImportSource } from "#server/files/import-source.ts";
import {
  type PositionChoices,
  type PositionGround,
  readPositionFiles,
} from "#server/patrols/positions/read-files.ts";
import { loadAreas } from "#server/places/areas.ts";
import { placesOf } from "#server/places/places.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export type PositionImport = Awaited<ReturnType<typeof importPositions>>;

const clockToleranceMs = 3_600_000;

/** Files of positions to stored dose: all of it in one transaction, or nothing. */
export async function importPositions(
  act: Act,
  {
    sources,
    choices,
    ...run
  }: Pick<PositionGround, "signal" | "onProgress"> & {
    readonly sources: readonly ImportSource[];
    readonly choices: PositionChoices;
  },
) {
  const { db, zone, asAt, actor } = act;
  const startedAt = performance.now();
  const { command } = await placesOf(act);
  const areas = await db.transaction(actor, (tx) => loadAreas(tx), { beside: true });
  const { dose, counts, hashes, ...read } = await readPositionFiles(sources, choices, {
    ...run,
    zone,
    study: command,
    region: importRegion(act.config, areas),
    latest: Date.now() + clockToleranceMs,
  });
  const kept = keptOf(dose, command.cells, addDays(asAt.date(), -recordedDoseDays));
  const accepted = counts.fixes - counts.rejected;
  act.addDetail({
    fixes: counts.fixes,
    accepted,
    rejected: counts.rejected,
    devices: read.devices,
    days: kept.days.length,
    cells: kept.cells.length,
    withheldDays: kept.withheld,
  });
  const made =
    kept.days.length === 0
      ? { import: null, sharedDays: 0 }
      : await withOptions(db, { long: true, grows: true }).transaction(actor, async (tx) => {
          run.signal.throwIfAborted();
          await lockPositionImports(tx);
          await refuseKnown(tx, hashes);
          const sharedDays = await countRecorded(tx, kept.days);
          const given = { at: asAt.now(), person: actor.person, refresh: dose.refresh, hashes };
          const number = await insertPositions(tx, given, kept);
          act.addDetail({ import: number });
          return { import: number, sharedDays };
        });
  return {
    /** All fixes of the files: accepted and rejected. */
    fixes: counts.fixes,
    accepted,
    rejected: counts.rejected,
    devices: read.devices,
    /** In the area, of all devices together, with the 95% band. */
    ...rounded(dose, 100),
    /** With any of these minutes. */
    cells: new Set(dose.cells.map(({ place }) => place)).size,
    visits: dose.visits,
    gaps: dose.gaps,
    gapMinutes: Math.round(dose.gapMinutes * 100) / 100,
    outside: counts.outside,
    /** Seconds between fixes, given or found. */
    refresh: dose.refresh,
    stored: { days: kept.days.length, cells: kept.cells.length },
    /** Days that were not stored: too few devices, or older than is kept. */
    withheldDays: kept.withheld,
    oldDays: kept.old,
    /** They count towards the devices of a day only where each is said to be one. */
    unnamedFiles: read.unnamed,
    errors: read.faults,
    /** Stored days that other imports recorded too: their minutes add up. */
    sharedDays: made.sharedDays,
    seconds: Math.round(performance.now() - startedAt) / 1000,
    /** Its number; null where nothing was stored. */
    import: made.import,
  };
}

/** What is stored, to a tenth of a minute. */
function keptOf(dose: RecordedDose, cells: readonly H3Cell[], oldest: string) {
  const dateOf = (day: number) => formatLocalDate(day * dayMs);
  const isKept = ({ day }: { readonly day: number }) => dateOf(day) >= oldest;
  const kept = storable({ days: dose.days.filter(isKept), cells: dose.cells.filter(isKept) });
  return {
    days: kept.days.map(({ day, devices, ...band }) => ({
      date: dateOf(day),
      devices,
      ...rounded(band, 10),
    })),
    cells: kept.cells.map(({ day, place, visits, ...band }) => ({
      date: dateOf(day),
      cell: cells[place] as H3Cell,
      visits,
      ...rounded(band, 10),
    })),
    withheld: kept.withheld,
    old: dose.days.filter((one) => one.minutes > 0 && !isKept(one)).length,
  };
}

function rounded({ minutes, low, high }: Band, parts: number): Band {
  const round = (value: number) => Math.round(value * parts) / parts;
  return { minutes: round(minutes), low: round(low), high: round(high) };
}

/** Two imports wait for each other here, until their transactions end: each looks for what the other brings in. */
const lockPositionImports = (tx: Transaction) => tx.run(sql`select pg_advisory_xact_lock(7313)`);

async function refuseKnown(tx: Transaction, hashes: readonly string[]): Promise<void> {
  const known = await tx.value(
    id,
    sql`select id from position_import where file_hashes && ${hashes} order by id limit 1`,
  );
  if (known === null) return;
  const which = hashes.length === 1 ? "This file" : "One of these files";
  throw new Problem(
    409,
    "Already imported",
    `${which} came in with import ${known}. Nothing was stored. To bring it in again, remove that first: boxster positions remove ${known}.`,
  );
}

/** How many of these days an import has recorded already. */
async function countRecorded(
  tx: Transaction,
  days: readonly { readonly date: string }[],
): Promise<number> {
  const count = await tx.value(
    z.int(),
    sql`select count(distinct day) from position_day
      where day = any (${days.map(({ date }) => date)}::date[])`,
  );
  return count ?? 0;
}

const made = z.object({ id });
/** Its number. */
export async function insertPositions(
  tx: Transaction,
  given: {
    readonly at: number;
    readonly person: string;
    /** Seconds. */
    readonly refresh: number;
    readonly hashes: readonly string[];
  },
  {
    days,
    cells,
  }: {
    readonly days: readonly (Band & { readonly date: string; readonly devices: number })[];
    readonly cells: readonly (Band & {
      readonly date: string;
      readonly cell: H3Cell;
      readonly visits: number;
    })[];
  },
): Promise<number> {
  const row = {
    importedAt: new Date(given.at),
    importedBy: given.person,
    refreshSeconds: given.refresh,
    fileHashes: given.hashes,
  };
  const kept = await tx.one(made, sql`${insertInto("position_import", row)} returning id`);
  await tx.run(
    sql`insert into position_day (import_id, day, device_count, minutes, low, high)
      select ${kept.id}::bigint, given.* from json_to_recordset(${JSON.stringify(days)})
        as given (date date, devices int, minutes real, low real, high real)`,
  );
  for (const chunk of chunksOf(cells)) {
    const part = chunk.map((one) => ({ ...one, cell: cellToDecimal(one.cell) }));
    await tx.run(
      sql`insert into position_dose (import_id, day, cell, minutes, low, high, visit_count)
        select ${kept.id}::bigint, given.* from json_to_recordset(${JSON.stringify(part)})
          as given (date date, cell bigint, minutes real, low real, high real, visits int)`,
    );
  }
  return kept.id;
}
