import type { QualityGroup } from "#core/records/wire/quality.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";

const findings = ["stale", "gap", "snapped", "repeated", "midnight", "outside", "spans"] as const;
export type Finding = (typeof findings)[number];

/** With fewer, no finding. */
const leastEvents = 20;
/** Weeks without an event that are a finding; a rare kind gets five times its usual gap. */
const staleDays = 28;
const staleGaps = 5;

/** Ratio to another full hour that makes a spike. */
const spike = 3;

export function daysSince({ last }: Pick<QualityGroup, "last">, asAt: string): number {
  return Math.max(0, Math.round((parseLocalDate(asAt) - parseLocalDate(last)) / dayMs));
}

/** No event for longer than this source has ever been likely to be silent. */
export function isStale(group: QualityGroup, asAt: string): boolean {
  const { events, first, last } = group;
  const days = (parseLocalDate(last) - parseLocalDate(first)) / dayMs;
  const usualGap = events > 1 ? days / (events - 1) : days;
  return daysSince(group, asAt) > Math.max(staleDays, staleGaps * usualGap);
}

/** Months without an event, between the first and last, where at least one was expected. */
export function missingMonths({ months, events }: QualityGroup): string[] {
  const mean = events / Math.max(1, months.length);
  // A Poisson count of 3 is 0 one time in twenty.
  return mean < 3 ? [] : months.filter(({ count }) => count === 0).map(({ month }) => month);
}

/** Null where nothing was counted. */
export function sharesOf(group: QualityGroup) {
  const { points, files, events } = group;
  return {
    snapped: points && points.snapped / points.events,
    repeated: points && points.repeated / points.events,
    /** Of events with a time to the minute. */
    midnight: group.exact === 0 ? null : group.midnight / group.exact,
    outside: files && files.rows > 0 ? files.outside / files.rows : null,
    overSixHours: group.overSixHours / events,
    overDay: group.overDay / events,
    overMonth: group.overMonth / events,
  };
}

/** Far more events at 00:00 than at other full hours: a time that was not known, written as midnight. */
export function hasMidnightSpike({ exact, midnight, fullHour }: QualityGroup): boolean {
  if (exact < leastEvents || midnight < remarkable.midnight * exact) return false;
  return midnight > (spike * (fullHour - midnight)) / 23;
}

export function findingsOf(group: QualityGroup, asAt: string): ReadonlySet<Finding> {
  const { events, points, files } = group;
  const shares = sharesOf(group);
  const isAt = (share: number | null, bound: number, of: number | undefined) =>
    of !== undefined && of >= leastEvents && share !== null && share >= bound;
  const isSnapped = isAt(shares.snapped, remarkable.snapped, points?.events);
  const checks: Readonly<Record<Finding, boolean>> = {
    stale: isStale(group, asAt),
    gap: missingMonths(group).length > 0,
    midnight: hasMidnightSpike(group),
    spans: isAt(shares.overDay, remarkable.overDay, events),
    snapped: isSnapped,
    repeated: !isSnapped && isAt(shares.repeated, remarkable.repeated, points?.events),
    outside: isAt(shares.outside, remarkable.outside, files?.rows),
  };
  return new Set(findings.filter((finding) => checks[finding]));
}

const remarkable = {
  /** From half on: snapped points, so cells beside them look emptier than they were. */
  snapped: 0.5,
  repeated: 0.5,
  outside: 0.2,
  overDay: 0.3,
  /** Of all timed events; a day has 1,440 minutes. */
  midnight: 0.02,
} as const;
