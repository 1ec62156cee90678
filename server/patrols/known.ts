import { sortLocked } from "#core/patrols/change.ts";
import { type ClosedTime, createClosedTime } from "#core/patrols/closed-time.ts";
import type { PlanStaffing } from "#core/patrols/crew.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import type { ChosenForecast } from "#core/patrols/forecast/choice.ts";
import type { PlanFrame } from "#core/patrols/plan.ts";
import type { RefusedShift } from "#core/patrols/refusal.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import { countedVisits, spentVisits } from "#core/patrols/spent-visits.ts";
import { readStaffing } from "#core/patrols/staffing.ts";
import type { StreetWays } from "#core/patrols/streets/street-ways.ts";
import type { ClosedStretch } from "#core/patrols/window.ts";
import type { PlanOptions } from "#core/patrols/wire/plan.ts";
import type { DateSpan } from "#core/patrols/wire/staffing.ts";
import { addDays, dayMs, minuteMs, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadHistory } from "#server/patrols/arrival-times.ts";
import type { Ask } from "#server/patrols/ask.ts";
import { askDemand, type DemandAsked } from "#server/patrols/demand-known.ts";
import { chosenNow } from "#server/patrols/forecast-choice.ts";
import {
  lockedWindows,
  plannedWindows,
  type WindowRow,
} from "#server/patrols/queries/patrol-windows.ts";
import { loadStaffing, staffedDates } from "#server/patrols/queries/staffing.ts";
import { loadLoggedVisits } from "#server/patrols/visits.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";
import { stretchesOfPlan } from "#server/protected-time/protected-stretches.ts";

/** What the database knows for a plan; refused where calendars are missing, unreadable or too old. */
export interface Known {
  readonly frame: PlanFrame;
  readonly demand: DemandAsked;
  /** The forecast that it is made from. */
  readonly chosen: ChosenForecast | null;
  readonly calendarsAsAt: number;
  readonly options: PlanOptions;
  /** Windows that stay from earlier suggestions, and those that could not, with the reason. */
  readonly kept: readonly WindowRow[];
  readonly lost: readonly RefusedShift[];
  /** Partners whose footprints the plan is made around. */
  readonly seen: ReadonlySet<string>;
}

/** Calendars first: without them nothing is suggested at all (SAFEGUARDS 3). */
export async function readKnown(
  tx: Transaction,
  services: Pick<Services, "db" | "zone">,
  ask: Ask,
  given: {
    readonly person: string;
    readonly study: Neighbourhood;
    readonly ways: StreetWays | null;
  },
): Promise<Known> {
  const { zone } = services;
  const { request, moment, period, lastEnd, shifts, latest } = ask;
  const calendars = await calendarState(tx, { zone, now: moment.now, ...period });
  if (!calendars.ok) throw new Problem(409, "No suggestion", withoutTitle(calendars.reason));
  const reachEnd = lastEnd + patrolDefaults.reachMinutes * minuteMs;
  // Nothing of what police are not shown enters the plan, not even the worth of its last stops.
  const until = latest === null ? reachEnd : Math.min(reachEnd, latest);
  const seen = new Set<string>();
  const closed = await closedStretches(tx, { zone, now: moment.now, ...period, until, seen });
  // Caps run by the week: a plan's first and last week may hold other plans' visits.
  const planned = await plannedWindows(tx, {
    from: period.planFrom - 7 * dayMs,
    to: period.planTo + 7 * dayMs,
  });
  const agreed = planned.filter((window) => window.status === "agreed");
  const logged = await loadLoggedVisits(tx, {
    from: period.planFrom - 7 * dayMs,
    to: period.planTo + 7 * dayMs,
  });
  const visits = countedVisits(spentVisits(planned), logged);
  const staffing = request.options.useStaffing ? await planStaffing(tx, zone, request) : null;
  const locked = request.options.keepLocked
    ? await lockedWindows(tx, { person: given.person, from: request.from, days: request.days })
    : [];
  const { kept, lost } = sortLocked(locked, {
    zone,
    closed: createClosedTime(closed),
    standing: planned,
    staffing,
    streets: given.ways,
    span: { from: Math.max(moment.earliest, period.planFrom), to: Math.min(lastEnd, until) },
  });
  const { reportsBefore } = moment;
  const chosen = await chosenNow(tx);
  return {
    chosen,
    demand: await askDemand(tx, services, { reportsBefore, study: given.study, chosen }),
    calendarsAsAt: calendars.calendarsAsAt,
    seen,
    options: { ...request.options, staffedDates: [...(staffing?.dates ?? [])] },
    kept,
    lost,
    frame: {
      request: {
        from: request.from,
        days: request.days,
        units: request.units,
        shifts,
        seed: request.seed,
      },
      earliest: moment.earliest,
      latest,
      closed,
      staffing,
      watch: [],
      settings: { dwellMinutes: request.options.dwellMinutes },
      agreed: [...agreed, ...kept],
      visits: [...visits, ...kept.flatMap(({ stops }) => stops)],
      history: request.options.varyTimes
        ? await loadHistory(tx, zone, { span: request, kept })
        : null,
    },
  };
}

/** Who is on duty on those of the days that are staffed; the night before reaches into the first. */
export async function planStaffing(
  tx: Transaction,
  zone: Zone,
  { from, days }: DateSpan,
): Promise<PlanStaffing | null> {
  const dates = await staffedDates(tx, { from, days });
  if (dates.length === 0) return null;
  const around = { from: addDays(from, -1), days: days + 1 };
  const { duties } = readStaffing(zone, await loadStaffing(tx, around));
  return { dates, duties };
}

/** "No suggestion: an outreach calendar ..." under a title that says the first half. */
export function withoutTitle(reason: string): string {
  const rest = reason.replace(/^No suggestion: /, "");
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

export interface PlanSpan {
  readonly zone: Zone;
  readonly now: number;
  /** The plan's dates. */
  readonly planFrom: number;
  readonly planTo: number;
  /** Where its last shift ends, with what its last stops reach. */
  readonly until: number;
  /** Takes up the partners whose footprints are in the answer. */
  readonly seen: Set<string>;
}

/** Protected time of a plan, as agreeing judges it. */
async function closedStretches(tx: Transaction, span: PlanSpan): Promise<ClosedStretch[]> {
  const { until, ...plan } = span;
  if (plan.planFrom >= until) return [];
  return stretchesOfPlan(tx, { ...plan, from: plan.planFrom, to: until });
}

export async function closedTime(tx: Transaction, span: PlanSpan): Promise<ClosedTime> {
  return createClosedTime(await closedStretches(tx, span));
}
