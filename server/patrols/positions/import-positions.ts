import { type RecordedDose, storable } from "#core/patrols/positions/dose-tally.ts";
import type { FixFault } from "#core/patrols/positions/fix-reader.ts";
import { recordedDoseDays } from "#core/patrols/positions/settings.ts";
import type { Actor } from "#core/role.ts";
import { addDays, dayMs, formatLocalDate } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import type { ImportSource } from "#server/files/import-source.ts";
import {
  type PositionChoices,
  type PositionGround,
  type ReadPositions,
  readPositionFiles,
} from "#server/patrols/positions/read-files.ts";
import {
  countRecorded,
  importOfFiles,
  insertPositionDays,
  insertPositionDose,
  insertPositionImport,
  lockPositionImports,
  type NewCell,
  type NewDay,
} from "#server/patrols/queries/position-dose.ts";
import { loadAreas } from "#server/places/areas.ts";
import { placesOf } from "#server/places/places.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export interface PositionImport {
  /** All fixes of the files: accepted and rejected. */
  readonly fixes: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly devices: number;
  /** In the area, of all devices together, with the 95% band. */
  readonly minutes: number;
  readonly low: number;
  readonly high: number;
  /** Cells with any of these minutes. */
  readonly cells: number;
  readonly seconds: number;
  readonly visits: number;
  readonly gaps: number;
  readonly gapMinutes: number;
  /** Accepted, and outside the area. */
  readonly outside: number;
  /** Sentences that hold no fix. */
  readonly skipped: number;
  /** Seconds between fixes, given or found. */
  readonly refresh: number;
  /** Its number; null where nothing was stored. */
  readonly import: number | null;
  readonly stored: { readonly days: number; readonly cells: number };
  /** Days that were not stored: too few devices, or older than is kept. */
  readonly withheldDays: number;
  readonly oldDays: number;
  /** Stored days that other imports recorded too: their minutes add up. */
  readonly sharedDays: number;
  /** Files that name no device: they count towards the devices of a day only where each is said to be one. */
  readonly unnamedFiles: number;
  readonly errors: readonly FixFault[];
}

const clockToleranceMs = 3_600_000;

/** Files of positions to stored dose: all of it in one transaction, or nothing. */
export async function importPositions(
  services: ActServices,
  actor: Actor,
  request: {
    readonly sources: readonly ImportSource[];
    readonly choices: PositionChoices;
    readonly signal: AbortSignal;
    readonly onProgress: PositionGround["onProgress"];
  },
): Promise<PositionImport> {
  const { db, zone, asAt } = services;
  const startedAt = performance.now();
  const { command } = await placesOf(services);
  const areas = await db.transaction(actor, (tx) => loadAreas(tx), { beside: true });
  const read = await readPositionFiles(request.sources, request.choices, {
    zone,
    study: command,
    region: importRegion(services.config, areas),
    latest: Date.now() + clockToleranceMs,
    signal: request.signal,
    onProgress: request.onProgress,
  });
  const oldest = addDays(asAt.date(), -recordedDoseDays);
  const kept = keptOf(read.dose, oldest);
  const cells = kept.cells.map(
    ({ place, date, ...rest }): NewCell => ({ ...rest, date, cell: cellOf(command.cells, place) }),
  );
  const summary = summaryOf(read, kept);
  services.addDetail({
    fixes: summary.fixes,
    accepted: summary.accepted,
    rejected: summary.rejected,
    devices: summary.devices,
    days: kept.days.length,
    cells: cells.length,
    withheldDays: kept.withheld,
  });
  const made =
    kept.days.length === 0
      ? { id: null, sharedDays: 0 }
      : await withOptions(db, { long: true, grows: true }).transaction(actor, async (tx) => {
          request.signal.throwIfAborted();
          await lockPositionImports(tx);
          const known = await importOfFiles(tx, read.hashes);
          if (known !== null) throw inAlready(known, request.sources.length);
          const sharedDays = await countRecorded(
            tx,
            kept.days.map(({ date }) => date),
          );
          const id = await insertPositionImport(tx, {
            at: asAt.now(),
            person: actor.person,
            refresh: read.dose.refresh,
            hashes: read.hashes,
          });
          await insertPositionDays(tx, id, kept.days);
          await insertPositionDose(tx, id, cells);
          services.addDetail({ import: id });
          return { id, sharedDays };
        });
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  return { ...summary, sharedDays: made.sharedDays, seconds, import: made.id };
}

function cellOf<Cell>(cells: readonly Cell[], place: number): Cell {
  const cell = cells[place];
  if (cell === undefined) throw new RangeError(`There is no place ${place}`);
  return cell;
}

function inAlready(id: number, files: number): Problem {
  const which = files === 1 ? "This file" : "One of these files";
  return new Problem(
    409,
    "Already imported",
    `${which} came in with import ${id}. Nothing was stored. To bring it in again, remove that first: boxster positions remove ${id}.`,
  );
}

type KeptCell = Omit<NewCell, "cell"> & { readonly place: number };

interface Kept {
  readonly days: readonly NewDay[];
  readonly cells: readonly KeptCell[];
  readonly withheld: number;
  readonly old: number;
}

/** What is stored, to a tenth of a minute. */
function keptOf(dose: RecordedDose, oldest: string): Kept {
  const dateOf = (day: number) => formatLocalDate(day * dayMs);
  const isKept = ({ day }: { readonly day: number }) => dateOf(day) >= oldest;
  const recent = { days: dose.days.filter(isKept), cells: dose.cells.filter(isKept) };
  const { days, cells, withheld } = storable(recent);
  return {
    days: days.map(({ day, devices, ...band }) => ({
      date: dateOf(day),
      devices,
      ...tenths(band),
    })),
    cells: cells.map(({ day, place, visits, ...band }) => ({
      date: dateOf(day),
      place,
      visits,
      ...tenths(band),
    })),
    withheld,
    old: dose.days.filter((one) => one.minutes > 0 && !isKept(one)).length,
  };
}

function tenths<Of extends { minutes: number; low: number; high: number }>(band: Of) {
  const { minutes, low, high } = band;
  return { minutes: rounded(minutes, 10), low: rounded(low, 10), high: rounded(high, 10) };
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}

function summaryOf(
  { dose, counts, faults, devices, unnamed }: ReadPositions,
  kept: Kept,
): Omit<PositionImport, "seconds" | "import" | "sharedDays"> {
  return {
    fixes: counts.fixes,
    accepted: counts.fixes - counts.rejected,
    rejected: counts.rejected,
    devices,
    minutes: rounded(dose.minutes, 100),
    low: rounded(dose.low, 100),
    high: rounded(dose.high, 100),
    cells: new Set(dose.cells.map(({ place }) => place)).size,
    visits: dose.visits,
    gaps: dose.gaps,
    gapMinutes: rounded(dose.gapMinutes, 100),
    outside: counts.outside,
    skipped: counts.skipped,
    refresh: dose.refresh,
    stored: { days: kept.days.length, cells: kept.cells.length },
    withheldDays: kept.withheld,
    oldDays: kept.old,
    unnamedFiles: unnamed,
    errors: faults,
  };
}
