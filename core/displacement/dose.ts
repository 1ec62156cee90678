import { formatCount } from "#core/text/numbers.ts";
/** A total over fewer cells or days would say where, or when, police were (SAFEGUARDS 6). */
export const leastDoseCells = 7;
export const leastDoseDays = 28;

/**
 * Dose of an operation for sharing, with its sentence: one total in whole hours over the whole
 * treated area and period after the start, never by place, phase or month (SAFEGUARDS 6).
 */
export function doseTotal({
  minutes,
  cells,
  days,
}: {
  /** Logged by all units together; 0 where nothing was logged. */
  readonly minutes: number;
  readonly cells: number;
  readonly days: number;
}): { readonly hours: number | null; readonly sentence: string } {
  if (cells < leastDoseCells || days < leastDoseDays) {
    return {
      hours: null,
      sentence: `Patrol time is not shown for fewer than ${leastDoseCells} cells or ${leastDoseDays} days, because it would show where or when police were.`,
    };
  }
  if (minutes <= 0) {
    return {
      hours: null,
      sentence:
        "No patrol time is logged for the treated area, so the amount of patrolling is not known.",
    };
  }
  const hours = Math.round(minutes / 60);
  const amount = hours === 0 ? "under an hour" : `${formatCount(hours)} hours`;
  return {
    hours,
    sentence: `Logged patrol time in the treated area since the start, all units: ${amount}. Unlogged time is not included.`,
  };
}
