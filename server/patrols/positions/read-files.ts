import { setImmediate } from "node:timers/promises";
import { cellFinder } from "#core/geo/cell-finder.ts";
import { createFixSink, type FixSink } from "#core/patrols/positions/fix-reader.ts";
import { mostPlaces, outside } from "#core/patrols/positions/fix-store.ts";
import { isGpxFile } from "#core/patrols/positions/profiles.ts";
import { createGpxReader } from "#core/patrols/positions/read-gpx.ts";
import { measureDose } from "#core/patrols/positions/read-positions.ts";
import { createTableFixReader } from "#core/patrols/positions/read-table.ts";
import type { Region } from "#core/places/place.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { DateOrder } from "#core/table/clock.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { isZip } from "#core/table/xlsx/zip.ts";
import type { Zone } from "#core/time/zone.ts";
import { hashedSource, type ImportSource, newDecoder } from "#server/files/import-source.ts";

export interface PositionChoices {
  /** Role to heading and order of dates, of a saved profile. */
  readonly map: Readonly<Record<string, string>>;
  readonly order: DateOrder;
  /** Seconds; null to find it. */
  readonly refresh: number | null;
  /** Whether each file without a device, and each GPX file, is a device of its own. */
  readonly devicePerFile: boolean;
}

export interface PositionGround {
  readonly zone: Zone;
  readonly region: Region;
  readonly study: StudySet;
  /** Epoch milliseconds: later fixes are refused. */
  readonly latest: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: {
    readonly count: number;
    readonly bytes: number;
    readonly totalBytes: number | null;
  }) => void;
}

/**
 * Position files to dose, in memory only and before anything is stored: device names become numbers
 * on reading and are discarded with the last line, fixes once they are summed.
 */
export async function readPositionFiles(
  sources: readonly ImportSource[],
  choices: PositionChoices,
  ground: PositionGround,
) {
  const { study, region, latest, zone, signal } = ground;
  if (study.cells.length > mostPlaces) throw new RangeError("An area of too many cells");
  const cellAt = cellFinder();
  const placeAt = (lat: number, lng: number) => study.indexOf.get(cellAt([lng, lat])) ?? outside;
  const taken = createFixSink({ region, placeAt, latest });
  const { sink, store, counts, faults } = taken;
  const hashes: string[] = [];
  const totalBytes = sources.reduce((sum, source) => sum + (source.totalBytes ?? 0), 0);
  let before = 0;
  for (const source of sources) {
    taken.nextFile();
    const hashed = hashedSource(source);
    const onBytes = (bytes: number) => {
      signal.throwIfAborted();
      ground.onProgress({ count: counts.fixes, bytes: before + bytes, totalBytes });
    };
    await readFile({ ...source, open: hashed.open }, sink, zone, choices, onBytes);
    taken.endFile();
    const hash = await hashed.digest();
    const twin = hashes.indexOf(hash) + 1;
    if (twin > 0) {
      throw new FileFault(`file ${hashes.length + 1} is the same as file ${twin}; give it once`);
    }
    hashes.push(hash);
    before += source.totalBytes ?? 0;
  }
  sink.devices.forget();
  const devices = store.used();
  /** Files that name no device. */
  const unnamed = sink.devices.countUnnamed();
  const dose = await measureDose(store, {
    zone,
    refresh: choices.refresh,
    pause: createPause(signal),
    isDevice: (device) => choices.devicePerFile || sink.devices.isNamed(device),
  });
  return { dose, counts, faults, devices, unnamed, hashes };
}

async function readFile(
  source: ImportSource,
  sink: FixSink,
  zone: Zone,
  choices: PositionChoices,
  onBytes: (bytes: number) => void,
): Promise<void> {
  if (isGpxFile(await beginningOf(source))) {
    const reader = createGpxReader(sink, zone);
    const text = createTextReader(newDecoder);
    let bytes = 0;
    for await (const piece of source.open()) {
      bytes += piece.length;
      reader.push(text.push(piece));
      onBytes(bytes);
    }
    reader.push(text.finish());
    reader.finish();
    return;
  }
  const file = { size: source.totalBytes, read: source.read, open: source.open, newDecoder };
  const opened = await openTable(file, { sheet: null });
  const reader = createTableFixReader(sink, zone, choices);
  for await (const { rows, bytes } of opened.rows()) {
    reader.push(rows);
    onBytes(bytes);
  }
  reader.finish();
}

/** Enough to see what a file is; nothing of a workbook. */
async function beginningOf(source: ImportSource): Promise<string> {
  const start = source.read === null ? new Uint8Array(0) : await source.read(0, 4_096);
  if (isZip(start)) return "";
  const text = createTextReader(newDecoder);
  return text.push(start) + text.finish();
}

const longestTurnMs = 50;

/** Lets others of this process have their turn now and then. */
function createPause(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestTurnMs) return;
    await setImmediate();
    last = performance.now();
    signal.throwIfAborted();
  };
}
