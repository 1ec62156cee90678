import { type ClosedTime, createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";
import { sortLocked } from "#core/patrols/plan/change.ts";
import type { PlanFrame } from "#core/patrols/plan/plan.ts";
import type { RefusedShift } from "#core/patrols/plan/refusal.ts";
import type { StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { PlanOptions } from "#core/patrols/wire/plan.ts";
import type { PlanPeriod } from "#core/protected-time/freshness.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadHistory } from "#server/patrols/arrival-times.ts";
import type { Ask } from "#server/patrols/ask.ts";
import { withoutTitle } from "#server/patrols/checks.ts";
import { askDemand, type DemandAsked } from "#server/patrols/demand-known.ts";
import { askEncounters } from "#server/patrols/encounters.ts";
import { squadsOf } from "#server/patrols/patrol-partners.ts";
import { lockedWindows, type WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { planStaffing } from "#server/patrols/roster.ts";
import type { EncountersAsked } from "#server/patrols/solver/plan-job.ts";
import { besideDays } from "#server/patrols/stored.ts";
import type { Places } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { countFootprintView } from "#server/protected-time/footprint-views.ts";
import {
  nothingSeen,
  type Seen,
  stretchesOfPlan,
} from "#server/protected-time/protected-stretches.ts";

export interface Known {
  readonly frame: PlanFrame;
  readonly demand: DemandAsked;
  /** Null where encounters have no weight. */
  readonly encounters: EncountersAsked | null;
  readonly calendarsAsAt: number;
  readonly options: PlanOptions;
  /** Windows that stay from earlier suggestions, and those that could not, with the reason. */
  readonly kept: readonly WindowRow[];
  readonly lost: readonly RefusedShift[];
}

/** Calendars first: without them no suggestion (SAFEGUARDS 3). Partners see the reading. */
export async function readKnown(
  tx: Transaction,
  act: Act,
  ask: Ask,
  { places, ways }: { readonly places: Places; readonly ways: StreetWays | null },
): Promise<Known> {
  const { zone } = act;
  const { request, moment, period, lastEnd, shifts, latest } = ask;
  const calendars = await calendarState(tx, { zone, now: moment.now, ...period });
  if (!calendars.ok) throw new Problem(409, "No suggestion", withoutTitle(calendars.reason));
  const reachEnd = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  // Nothing hidden from police enters the plan, not even the worth of its last stops.
  const until = latest === null ? reachEnd : Math.min(reachEnd, latest);
  const seen = nothingSeen();
  const closed = await closedStretches(tx, { zone, now: moment.now, ...period, until, seen });
  // Caps run by the week: a plan's first and last week may hold other plans' visits.
  const { planned, visits, logged } = await besideDays(tx, zone, request);
  const onDuty = await planStaffing(tx, zone, request, request.options.useStaffing);
  const staffing = onDuty && { ...onDuty, squads: await squadsOf(tx, places) };
  const locked = request.options.keepLocked
    ? await lockedWindows(tx, act.actor.person, request)
    : [];
  const { kept, lost } = sortLocked(locked, {
    zone,
    closed: createClosedTime(closed),
    standing: planned,
    staffing,
    streets: ways,
    span: { from: Math.max(moment.earliest, period.planFrom), to: Math.min(lastEnd, until) },
  });
  const { reportsBefore } = moment;
  const demand = await askDemand(tx, act, { reportsBefore, study: places.command });
  const encounters = await askEncounters(tx, act, ask, places.command);
  const history = request.options.varyTimes
    ? await loadHistory(tx, zone, { span: request, kept })
    : null;
  await countFootprintView(tx, act.actor, { day: act.asAt.date(), seen });
  const { from, days, units, seed } = request;
  return {
    demand,
    encounters,
    calendarsAsAt: calendars.calendarsAsAt,
    options: { ...request.options, staffedDates: [...(staffing?.dates ?? [])] },
    kept,
    lost,
    frame: {
      request: { from, days, units, shifts, seed },
      earliest: moment.earliest,
      latest,
      closed,
      staffing,
      watch: [],
      settings: { dwellMinutes: request.options.dwellMinutes },
      agreed: [...planned.filter(({ status }) => status === "agreed"), ...kept],
      visits: [...visits, ...logged, ...kept.flatMap(({ stops }) => stops)],
      history,
    },
  };
}

interface PlanSpan extends PlanPeriod {
  readonly zone: Zone;
  /** End of its last shift, including its last stops. */
  readonly until: number;
  readonly seen: Seen;
}

async function closedStretches(tx: Transaction, span: PlanSpan): Promise<ClosedStretch[]> {
  const { until, ...plan } = span;
  if (plan.planFrom >= until) return [];
  return stretchesOfPlan(tx, { ...plan, from: plan.planFrom, to: until });
}

export async function closedTime(tx: Transaction, span: PlanSpan): Promise<ClosedTime> {
  return createClosedTime(await closedStretches(tx, span));
}
