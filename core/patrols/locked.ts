import { standingConflict } from "#core/patrols/change.ts";
import type { ClosedTime, Interval } from "#core/patrols/closed-time.ts";
import type { PlanStaffing } from "#core/patrols/crew.ts";
import { notAvailableWords } from "#core/patrols/refusal.ts";
import type { RefusedShift } from "#core/patrols/refused.ts";
import { windowCells } from "#core/patrols/route.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { staffingConflict } from "#core/patrols/staffing.ts";
import type { StreetTimes } from "#core/patrols/streets/street-times.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { Zone } from "#core/time/zone.ts";

/** Windows that a new suggestion can keep as they are, and the others with the reason. */
export function sortLocked<Window extends PatrolWindow & { readonly shiftStart: number }>(
  locked: readonly Window[],
  given: {
    readonly zone: Zone;
    readonly closed: ClosedTime;
    readonly standing: readonly PatrolWindow[];
    readonly staffing: PlanStaffing | null;
    readonly streets?: StreetTimes | null;
    /** What is planned anew. */
    readonly span: Interval;
  },
): { readonly kept: Window[]; readonly lost: RefusedShift[] } {
  const { zone, closed, standing, staffing, span, streets = null } = given;
  const kept: Window[] = [];
  const lost: RefusedShift[] = [];
  for (const window of locked) {
    const { start, end } = window;
    if (start < span.from || end > span.to) continue;
    const route = windowCells(window);
    const isStaffed = staffing?.dates.includes(zone.dateOf(window.shiftStart)) ?? false;
    let reason: string | null = null;
    if (!route.every((cell) => closed.isClear(cell, start, end))) reason = notAvailableWords;
    else if (isStaffed) reason = staffingConflict(window, staffing?.duties ?? []);
    reason ??= standingConflict(window, [...standing, ...kept], zone, patrolDefaults, streets);
    if (reason === null) kept.push(window);
    else lost.push({ start, end, reason: `a locked patrol could not be kept: ${reason}` });
  }
  return { kept, lost };
}
