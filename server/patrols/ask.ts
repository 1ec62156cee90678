import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import {
  defaultShifts,
  parseShift,
  type Shift,
  shiftOccurrences,
} from "#core/patrols/ground/shift.ts";
import { dayText } from "#core/patrols/ground/words.ts";
import type { PlanOptions, SuggestBody } from "#core/patrols/wire/plan.ts";
import { lastShownDate, shownUntil } from "#core/protected-time/shown-until.ts";
import { addDays, hourMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import type { Act, Services } from "#server/acts/services.ts";
import { Problem } from "#server/problem.ts";

/** `asAt`: set by commands that plan as of another day. */
export type SuggestRequest = SuggestBody & { readonly asAt?: string | undefined };

export interface Ask {
  readonly request: SuggestRequest & {
    readonly shifts: readonly string[];
    readonly options: Omit<PlanOptions, "staffedDates">;
  };
  readonly shifts: readonly Shift[];
  readonly moment: PlanMoment;
  readonly period: { readonly planFrom: number; readonly planTo: number };
  readonly lastEnd: number;
  /** No window ends later; null for actors who may plan as far as calendars are known. */
  readonly latest: number | null;
}

export function readRequest(act: Act, request: SuggestRequest): Ask {
  const { zone } = act;
  const moment = planMoment(act, request.asAt);
  const texts = [...(request.shifts ?? defaultShifts)];
  const shifts = texts.map((text) => {
    const shift = parseShift(text);
    if (!shift.ok) throw new Problem(422, "No suggestion", `${shift.reason}.`);
    return shift.value;
  });
  const period = periodOf(zone, request);
  const occurrences = shiftOccurrences(zone, request, shifts);
  const lastEnd = Math.max(...occurrences.map((shift) => shift.end), period.planFrom);
  if (lastEnd <= moment.earliest) {
    throw new Problem(422, "No suggestion", "These days are over: choose a later first day.");
  }
  const latest = planningEnds(act);
  if (latest !== null && occurrences.some((shift) => shift.start >= latest)) {
    throw new Problem(
      422,
      "No suggestion",
      `Suggestions are made for days up to ${lastShownDay(act)}, because keep-clear times are shown to police up to that day. Choose an earlier first day or fewer days.`,
    );
  }
  const options = {
    dwellMinutes: request.dwellMinutes ?? patrolDefaults.dwellMinutes,
    useStaffing: request.useStaffing ?? true,
    keepLocked: request.keepLocked ?? true,
    watch: request.watch ?? true,
    // Requests from before this option existed behave as then.
    varyTimes: request.varyTimes ?? false,
  };
  const asked = { ...request, shifts: texts, options };
  return { request: asked, shifts, moment, period, lastEnd, latest };
}

export function periodOf(zone: Zone, { from, days }: PlanDays) {
  return { planFrom: zone.startOfDate(from), planTo: zone.startOfDate(addDays(from, days)) };
}

interface PlanMoment {
  /** London date. */
  readonly asAt: string;
  /** Whole days only: reports that lie before the as-at day began. */
  readonly reportsBefore: number;
  /** Decides which calendars are fresh. */
  readonly now: number;
  /** No window starts before this. */
  readonly earliest: number;
}

/**
 * Today, unless another day is asked for. Freshness follows the real clock outside the demonstration
 * (DEFINITIONS, Freshness); in it another day is taken at noon.
 */
export function planMoment(
  { asAt: today, zone }: Pick<Services, "asAt" | "zone">,
  asked: string | undefined,
): PlanMoment {
  const asAt = asked ?? today.date();
  if (parseLocalDate(asAt) > parseLocalDate(today.date())) {
    throw new Problem(
      422,
      "No suggestion",
      `${asAt} has not come yet: nothing is known as at then.`,
    );
  }
  const reportsBefore = zone.startOfDate(asAt);
  if (asAt === today.date()) {
    return { asAt, reportsBefore, now: today.now(), earliest: today.now() };
  }
  const now = today.demo ? zone.startOfDate(asAt) + 12 * hourMs : today.now();
  return { asAt, reportsBefore, now, earliest: zone.startOfDate(asAt) };
}

/**
 * Where planning ends for this actor: for people where shown protected time ends, since gaps in a
 * plan beyond it would reveal the rest. The operator has the database anyway.
 */
export function planningEnds({ zone, asAt, actor }: Act): number | null {
  return actor.role === "operator" ? null : shownUntil(zone, asAt.date());
}

/** "Fri 10 Dec": the last day of which keep-clear times are shown. */
export function lastShownDay({ zone, asAt }: Pick<Services, "zone" | "asAt">): string {
  return dayText(zone, zone.startOfDate(lastShownDate(asAt.date())));
}
