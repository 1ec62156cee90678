import { useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { readShifts } from "#client/patrols/plan-request.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { datesFrom, type Week, weekScale } from "#client/patrols/week/week-layout.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { parseShift } from "#core/patrols/shift.ts";

/** The days on screen: the grid draws them, and the map draws what is closed in them. */
export function useWeek(view: PlanView): Week {
  const { timeZone } = useSession();
  const { plan, from, days } = view;
  const shifts = plan?.shifts.join(",") ?? view.request.shifts;
  return useMemo(() => {
    const scale = weekScale(shiftsOf(shifts));
    return { zone: zoneNamed(timeZone), dates: datesFrom(from, days), scale };
  }, [timeZone, from, days, shifts]);
}

function shiftsOf(text: string) {
  const read = readShifts(text);
  return (read.ok ? read.value : []).flatMap((shift) => {
    const parsed = parseShift(shift);
    return parsed.ok ? [parsed.value] : [];
  });
}
