import {
  leastCellMinutes,
  leastDeviceMinutes,
  leastDevices,
} from "#core/patrols/positions/settings.ts";
import { normalQuantile } from "#core/stats/normal.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Minutes of all devices together, with what another moment of sampling could have made of them. */
export interface Band {
  readonly minutes: number;
  /** 95% band, never below 0. */
  readonly low: number;
  readonly high: number;
}

export interface CellDose extends Band {
  /** Days since 1970 on the wall clock. */
  readonly day: number;
  /** Index of the place. */
  readonly place: number;
  /** Visits that began on the day. */
  readonly visits: number;
}

export interface DayDose extends Band {
  readonly day: number;
  /** Devices recorded for at least `leastDeviceMinutes` in the area. */
  readonly devices: number;
}

export interface RecordedDose extends Band {
  readonly visits: number;
  /** Between fixes further apart than counts, and how long these were. */
  readonly gaps: number;
  readonly gapMinutes: number;
  /** By day, then place. */
  readonly cells: readonly CellDose[];
  readonly days: readonly DayDose[];
}

const placeSpan = 2 ** 18;
const z95 = normalQuantile(0.975);

export type DoseTally = ReturnType<typeof createDoseTally>;

/** Sums over devices; times in milliseconds, `spread` their variance in squared milliseconds. */
export function createDoseTally() {
  const cells = new Map<number, { ms: number; spread: number; visits: number }>();
  const days = new Map<number, { ms: number; spread: number; devices: number }>();
  const own = new Map<number, number>();
  let [gaps, gapMs] = [0, 0];
  const cellOf = (day: number, place: number) => {
    const key = day * placeSpan + place;
    const cell = cells.get(key) ?? { ms: 0, spread: 0, visits: 0 };
    cells.set(key, cell);
    return cell;
  };
  const dayOf = (day: number) => {
    const sum = days.get(day) ?? { ms: 0, spread: 0, devices: 0 };
    days.set(day, sum);
    return sum;
  };
  return {
    addTime: (day: number, place: number, ms: number): void => {
      cellOf(day, place).ms += ms;
      dayOf(day).ms += ms;
      own.set(day, (own.get(day) ?? 0) + ms);
    },
    addSpread: (day: number, place: number, spread: number): void => {
      cellOf(day, place).spread += spread;
    },
    /** Of what another moment of sampling would have counted outside, or not at all. */
    addWholeSpread: (day: number, spread: number): void => {
      dayOf(day).spread += spread;
    },
    addVisit: (day: number, place: number): void => {
      cellOf(day, place).visits += 1;
    },
    addGap: (ms: number): void => {
      gaps += 1;
      gapMs += ms;
    },
    /** A device is through: its days count as one device each, unless nobody can tell which device it was. */
    endDevice: (isDevice: boolean): void => {
      for (const [day, ms] of own) {
        if (isDevice && ms >= leastDeviceMinutes * minuteMs) dayOf(day).devices += 1;
      }
      own.clear();
    },
    finish: (): RecordedDose => {
      const sums = [...days.values()];
      const whole = sums.reduce(
        (sum, { ms, spread }) => ({ ms: sum.ms + ms, spread: sum.spread + spread }),
        { ms: 0, spread: 0 },
      );
      const rows = [...cells].sort(([a], [b]) => a - b);
      return {
        ...bandOf(whole),
        visits: rows.reduce((sum, [, { visits }]) => sum + visits, 0),
        gaps,
        gapMinutes: gapMs / minuteMs,
        cells: rows
          .filter(([, { ms }]) => ms > 0)
          .map(([key, sum]) => ({
            day: Math.floor(key / placeSpan),
            place: ((key % placeSpan) + placeSpan) % placeSpan,
            visits: sum.visits,
            ...bandOf(sum),
          })),
        days: [...days]
          .sort(([a], [b]) => a - b)
          .map(([day, sum]) => ({ day, devices: sum.devices, ...bandOf(sum) })),
      };
    },
  };
}

function bandOf({ ms, spread }: { readonly ms: number; readonly spread: number }): Band {
  const minutes = ms / minuteMs;
  const reach = (z95 * Math.sqrt(spread)) / minuteMs;
  return { minutes, low: Math.max(0, minutes - reach), high: minutes + reach };
}

/**
 * What may be stored: days with enough recorded devices, and their cells with enough minutes. It
 * depends on the file alone, never on protected time, which omissions would otherwise reveal
 * (SAFEGUARDS 5).
 */
export function storable({ cells, days }: Pick<RecordedDose, "cells" | "days">): {
  readonly days: readonly DayDose[];
  readonly cells: readonly CellDose[];
  /** Days with too few devices. */
  readonly withheld: number;
} {
  const kept = days.filter(({ devices }) => devices >= leastDevices);
  const keptDays = new Set(kept.map(({ day }) => day));
  return {
    days: kept,
    cells: cells.filter(({ day, minutes }) => keptDays.has(day) && minutes >= leastCellMinutes),
    withheld: days.filter(({ minutes }) => minutes > 0).length - kept.length,
  };
}
