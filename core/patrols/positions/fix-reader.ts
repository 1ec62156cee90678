import { createDeviceNumbers, createFixStore, packFix } from "#core/patrols/positions/fix-store.ts";
import { earliestFix } from "#core/patrols/positions/read-instant.ts";
import { type Region, readDegrees } from "#core/places/place.ts";
import { showValue } from "#core/records/show-value.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Why a line gave no fix. Never with the name of a device. */
export interface FixFault {
  /** Of the files that were given, the first being 1. */
  readonly file: number;
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Fewer devices of a file are believed, whatever they hold. */
const fewestDoubted = 10;
/** More than a force has: refused before their fixes fill the memory. */
const mostBelieved = 5_000;

/** More are counted, not listed. */
const listedFaults = 1_000;

export type FixSink = ReturnType<typeof createFixSink>["sink"];

/** Takes in what readers of each format find. */
export function createFixSink({
  region,
  placeAt,
  latest,
}: {
  readonly region: Region;
  readonly placeAt: (lat: number, lng: number) => number;
  /** Epoch milliseconds: what is later cannot have happened. */
  readonly latest: number;
}) {
  const store = createFixStore();
  const numbers = createDeviceNumbers();
  const counts = {
    /** All fixes of the files: accepted and rejected. */
    fixes: 0,
    rejected: 0,
    /** Accepted, and outside the area: their time counts nowhere. */
    outside: 0,
  };
  const faults: FixFault[] = [];
  let [file, fixesBefore, namedBefore] = [0, 0, 0];
  const doubt = (most: number) => {
    const named = numbers.countNamed() - namedBefore;
    if (named <= most || named * 2 <= counts.fixes - fixesBefore) return;
    throw new FileFault(
      `${formatCount(named)} devices in ${formatCount(counts.fixes - fixesBefore)} fixes: what is read as the device is more likely the number of a row or a trip. Choose another column, or leave it out`,
    );
  };
  const devices = {
    ...numbers,
    of: (name: string) => {
      const device = numbers.of(name);
      doubt(mostBelieved);
      return device;
    },
  };
  const reject = (
    line: number,
    column: string,
    value: { readonly role: ColumnRole; readonly text: string },
    reason: string,
  ): void => {
    counts.fixes += 1;
    counts.rejected += 1;
    if (faults.length >= listedFaults) return;
    faults.push({ file, line, column, value: showValue(value.role, value.text), reason });
  };
  /** A position in degrees as numbers. */
  const add = (line: number, device: number, at: number, lat: number, lng: number): void => {
    if (at < earliestFix || at > latest) {
      const reason =
        at > latest
          ? "it is in the future; check the clock of the device and the time zone"
          : "it is before 2000; the clock of the device was not set";
      reject(line, "time", { role: "date", text: "" }, reason);
      return;
    }
    if (!(lat >= region.south && lat <= region.north && lng >= region.west && lng <= region.east)) {
      const why = readDegrees(String(lat), String(lng), region);
      const reason = why.ok ? "not within the area" : why.reason.reason;
      reject(line, "place", { role: "latitude", text: "" }, reason);
      return;
    }
    const place = placeAt(lat, lng);
    counts.fixes += 1;
    if (place < 0) counts.outside += 1;
    store.add(device, packFix(at, place));
  };
  return {
    sink: { add, reject, devices, region },
    store,
    counts,
    faults,
    nextFile: () => {
      file += 1;
      fixesBefore = counts.fixes;
      namedBefore = numbers.countNamed();
    },
    /** Refuses a file with a device for less than every second fix. */
    endFile: () => doubt(fewestDoubted),
  };
}
