import type { PlannedWindow } from "#core/patrols/finish.ts";
import type { PreparedPlan } from "#core/patrols/plan.ts";
import type { PatrolSettings } from "#core/patrols/settings.ts";
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
  return prepared.shifts
    .filter(({ start }) => !planned.has(start))
    .map(({ start, end }) => ({
      start,
      end,
      reason:
        timeReason({ start, end }, { earliest, latest }, settings.shortestMinutes * minuteMs) ??
        placeReason(start, prepared),
    }));
}

/** What the hours themselves leave no room for. */
function timeReason(
  { start, end }: { readonly start: number; readonly end: number },
  { earliest, latest }: { readonly earliest: number; readonly latest: number | null },
  shortest: number,
): string | null {
  if (end - shortest < earliest) return "over, or too little of it is left";
  if (end - start < shortest) return "shorter than the shortest patrol";
  if (latest !== null && latest - start < shortest) {
    return "beyond the days that suggestions are made for";
  }
  return null;
}

function placeReason(start: number, prepared: PreparedPlan): string {
  if (prepared.demand.cells.length === 0) return "no report to plan from";
  if (prepared.occupied.has(start)) return "all units are planned already";
  if (prepared.offDuty.has(start)) return "no unit is on duty for long enough";
  const isOffered = prepared.options.some(({ candidate }) => candidate.shift.start === start);
  if (isOffered) return "every place worth a stop has its visits already";
  if (prepared.belowFloor.has(start)) return "too few reports expected to send a patrol";
  return "not available";
}
