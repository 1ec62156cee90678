import type { Patrol } from "#client/patrols/living-week.ts";
import type { Roster } from "#core/patrols/judge.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { defaultShifts, type ShiftOccurrence, shiftsOf } from "#core/patrols/shift.ts";
import type { SuggestBody } from "#core/patrols/wire/plan.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/**
 * Gaps of a week: shifts of a unit that are long enough to come and in which no patrol of it is approved or locked.
 * On staffed dates the units are those on duty, on others so many as are asked for.
 */
export function gapsOf(
  zone: Zone,
  body: Pick<SuggestBody, "from" | "days" | "units" | "shifts">,
  patrols: readonly Patrol[],
  { now, staffing }: { readonly now: number; readonly staffing: Roster | null },
): number {
  const taken = patrols.filter(
    ({ window }) => window.status === "agreed" || (window.status === "suggested" && window.locked),
  );
  const shortest = patrolDefaults.shortestMinutes * minuteMs;
  const unitsOf = ({ date, start, end }: ShiftOccurrence) => {
    if (!staffing?.dates.includes(date)) {
      return Array.from({ length: body.units }, (_, at) => at + 1);
    }
    const onDuty = staffing.duties.filter(
      ({ from, to }) => Math.min(to, end) - Math.max(from, start) >= shortest,
    );
    return [...new Set(onDuty.map(({ unit }) => unit))];
  };
  return shiftsOf(zone, { ...body, shifts: body.shifts ?? defaultShifts })
    .filter(({ start, end }) => end - Math.max(start, now) >= shortest)
    .flatMap((shift) => unitsOf(shift).map((unit) => ({ shift, unit })))
    .filter(
      ({ shift, unit }) =>
        !taken.some(({ window }) => {
          const at = Date.parse(window.start);
          return window.unit === unit && at >= shift.start && at < shift.end;
        }),
    ).length;
}
