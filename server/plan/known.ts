import type { Neighbourhood } from "#core/forecast/cell-shares.ts";
import type { PlanFrame } from "#core/patrol/plan.ts";
import { patrolDefaults } from "#core/patrol/settings.ts";
import type { Visit } from "#core/patrol/window.ts";
import { dayMs, minuteMs } from "#core/time/zone.ts";
import type { PlanOptions } from "#core/wire/plan.ts";
import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { calendarState } from "#server/outreach/calendars.ts";
import type { Ask } from "#server/plan/ask.ts";
import { closedStretches } from "#server/plan/closed.ts";
import { askDemand, type DemandAsked } from "#server/plan/demand-known.ts";
import { Problem } from "#server/problem.ts";
import { plannedWindows } from "#server/queries/patrol-windows.ts";

/** What the database knows for a plan; refused where calendars are missing, unreadable or too old. */
export interface Known {
  readonly frame: PlanFrame;
  readonly demand: DemandAsked;
  readonly calendarsAsAt: number;
  readonly options: PlanOptions;
  /** Partners whose footprints the plan is made around. */
  readonly seen: ReadonlySet<string>;
}

/** Calendars first: without them nothing is suggested at all (SAFEGUARDS 3). */
export async function readKnown(
  tx: Transaction,
  services: Pick<Services, "db" | "zone">,
  ask: Ask,
  study: Neighbourhood,
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
  const { reportsBefore } = moment;
  return {
    demand: await askDemand(tx, services, { reportsBefore, study }),
    calendarsAsAt: calendars.calendarsAsAt,
    seen,
    options: { ...request.options, staffedDates: [] },
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
      agreed: planned.filter((window) => window.status === "agreed"),
      visits: spentVisits(planned),
    },
  };
}

/** Visits that were or will be made: a window that was called off counts what it had begun. */
export function spentVisits(
  windows: readonly { readonly end: number; readonly stops: readonly Visit[] }[],
): Visit[] {
  return windows.flatMap((window) => window.stops.filter((stop) => stop.arrive < window.end));
}

/** "No suggestion: an outreach calendar ..." under a title that says the first half. */
export function withoutTitle(reason: string): string {
  const rest = reason.replace(/^No suggestion: /, "");
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}
