import type { Moment } from "#core/table/clock.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Whether 00:00 is an actual time, or stands for an unknown one. */
export type MidnightReading = "as-written" | "unknown";

/** A written 00:00 as the whole day; 24:00 is never written for want of a time. */
export function withoutMidnight(moment: Moment): Moment {
  const { time } = moment;
  const isMidnight = time !== null && time.hour === 0 && time.minute === 0;
  return isMidnight ? { ...moment, time: null, offsetMinutes: null } : moment;
}

export interface MidnightSpike {
  /** Rows at 00:00 exactly. */
  readonly rows: number;
  /** Rows with a time. */
  readonly timed: number;
}

const leastRows = 5;
const leastShare = 0.02;
/** Against the fullest other hour: a night-time problem fills 23:00 and 01:00 as well. */
const timesOtherHours = 3;

/**
 * Compares 00:00 with the other full hours, so that rounded times, which fill every full hour, do not
 * look like missing ones.
 */
export function createMidnightWatch() {
  const fullHours = new Uint32Array(24);
  let timed = 0;
  return {
    /** Minutes since midnight as written; null for a row without a time. */
    look: (minute: number | null) => {
      if (minute === null) return;
      timed += 1;
      if (minute % 60 === 0 && minute < 24 * 60)
        fullHours[minute / 60] = (fullHours[minute / 60] ?? 0) + 1;
    },
    spike: (): MidnightSpike | null => {
      const [rows = 0, ...others] = fullHours;
      const fullest = Math.max(...others);
      const isSpike =
        rows >= leastRows && rows >= leastShare * timed && rows > timesOtherHours * fullest;
      return isSpike ? { rows, timed } : null;
    },
  };
}

export function midnightNote({ rows, timed }: MidnightSpike): string {
  const share = Math.round((100 * rows) / timed);
  return `Time unknown? ${formatCount(rows)} of ${formatCount(timed)} rows with a time say 00:00 (${share}%), far more than any other full hour. Systems write that where they know only the day. To count those rows for the whole day instead, choose "Time unknown" under "Midnights" (--midnight unknown).`;
}
