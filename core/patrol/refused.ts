import type { PlannedWindow } from "#core/patrol/finish.ts";
import type { PreparedPlan } from "#core/patrol/plan.ts";
import type { PatrolSettings } from "#core/patrol/settings.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface RefusedShift {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Shifts that got no window, each with the reason as far as it is the sergeant's to know. */
export function refusedShifts(
  prepared: PreparedPlan,
  windows: readonly PlannedWindow[],
  { earliest, latest }: { readonly earliest: number; readonly latest: number | null },
  settings: Pick<PatrolSettings, "shortestMinutes">,
): RefusedShift[] {
  const planned = new Set(windows.map((window) => window.shiftStart));
  const offered = new Set(prepared.options.map(({ candidate }) => candidate.shift.start));
  const shortest = settings.shortestMinutes * minuteMs;
  return prepared.shifts
    .filter(({ start }) => !planned.has(start))
    .map(({ start, end }) => {
      let reason = "not available";
      if (end - shortest < earliest) reason = "over, or too little of it is left";
      else if (end - start < shortest) reason = "shorter than the shortest window";
      else if (latest !== null && latest - start < shortest)
        reason = "beyond the days that suggestions are made for";
      else if (prepared.demand.cells.length === 0) reason = "no report to plan from";
      else if (prepared.offDuty.has(start) && !prepared.occupied.has(start))
        reason = "no unit is on duty for long enough";
      else if (prepared.occupied.has(start)) reason = "all units are planned already";
      else if (offered.has(start)) reason = "every place worth a stop has its visits already";
      else if (prepared.belowFloor.has(start)) reason = "too few reports expected to send a patrol";
      return { start, end, reason };
    });
}
