import { hourMs, parseLocalDate } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { Problem } from "#server/problem.ts";

/** What a plan may know, and from when. */
export interface PlanMoment {
  /** London date. */
  readonly asAt: string;
  /** Whole days only: reports that lie before the as-at day began. */
  readonly reportsBefore: number;
  /** Whose knowledge decides which calendars are fresh. */
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
