import { addDeviceDose, createDayFinder } from "#core/patrols/positions/device-dose.ts";
import { createDoseTally, type RecordedDose } from "#core/patrols/positions/dose-tally.ts";
import type { FixStore } from "#core/patrols/positions/fix-store.ts";
import { createGapCounts } from "#core/patrols/positions/refresh.ts";
import type { Zone } from "#core/time/zone.ts";

/** With fewer gaps a device has the median of all. */
const fewestOwn = 10;
/** Where no device has two fixes. */
const usualRefreshMs = 30_000;

export interface MeasuredDose extends RecordedDose {
  /** Seconds between fixes, as given or the median of all. */
  readonly refresh: number;
}

/**
 * The dose of all devices of a store, which is empty afterwards. Where no refresh is given each device has its own,
 * so that radios and vehicles can stand in one file. `pause` is called between devices.
 */
export async function measureDose(
  store: FixStore,
  {
    zone,
    refresh,
    pause,
    isDevice = () => true,
  }: {
    readonly zone: Zone;
    /** Seconds; null to find it. */
    readonly refresh: number | null;
    readonly pause: () => Promise<void>;
    /** Whether a number of the store counts towards the devices of a day. */
    readonly isDevice?: (device: number) => boolean;
  },
): Promise<MeasuredDose> {
  const whole = createGapCounts();
  const own: (number | null)[] = [];
  for (let device = 0; device < store.devices(); device += 1) {
    const fixes = store.inOrder(device);
    if (refresh === null) {
      const gaps = createGapCounts();
      gaps.add(fixes);
      whole.add(fixes);
      own.push(gaps.refresh(fewestOwn));
    }
    await pause();
  }
  const usual = refresh === null ? (whole.median(1) ?? usualRefreshMs) : refresh * 1000;
  const tally = createDoseTally();
  const days = createDayFinder(zone);
  for (let device = 0; device < store.devices(); device += 1) {
    const refreshMs = own[device] ?? usual;
    addDeviceDose(tally, store.inOrder(device), { refreshMs, days, isDevice: isDevice(device) });
    store.drop(device);
    await pause();
  }
  return { ...tally.finish(), refresh: usual / 1000 };
}
