import type { WatchSettings } from "#core/displacement/watch/settings.ts";

/** How rare a cluster must be for an alert, as often as it is looked for. */
export interface AlertLevel {
  /** Looks at this operation in a year, at the pace of the last 30 days; a look a day at least. */
  readonly looksPerYear: number;
  /** An alert at p up to this. */
  readonly level: number;
  readonly replicates: number;
  /** Alerts that chance alone brings in a year, at most and on average: `level` times looks. */
  readonly falseAlertsPerYear: number;
}

export const paceDays = 30;
const yearDays = 365;
const mostReplicates = 9_999;

/**
 * Every look is another chance to be wrong. With looks * level = 1, chance brings one look a year with a
 * cluster of that rarity (Kulldorff 2005: a recurrence interval is 1 / (p * looks)); distinct alerts are
 * fewer, for the looks of following days see the same cluster. So many replicates that two p values lie
 * below the level.
 */
export function alertLevel(
  looksInPace: number,
  { falseAlertsPerYear, replicates }: WatchSettings,
): AlertLevel {
  const looksPerYear = Math.max(yearDays, Math.ceil((looksInPace * yearDays) / paceDays));
  // Below this no p could come: beyond 5,000 looks a year more false alerts are said, not hidden.
  const level = Math.max(falseAlertsPerYear / looksPerYear, 2 / (mostReplicates + 1));
  const needed = Math.ceil(2 / level / 1_000) * 1_000 - 1;
  return {
    looksPerYear,
    level,
    replicates: Math.min(mostReplicates, Math.max(replicates, needed)),
    falseAlertsPerYear: level * looksPerYear,
  };
}

/** Once in so many years chance alone would show as much. */
export function recurrenceYears(p: number, looksPerYear: number): number {
  return 1 / (p * looksPerYear);
}

/** No rarer p can come of so many replicates: what is found is at least as rare as is said. */
export function isRarest(p: number, replicates: number): boolean {
  return p <= 1 / (replicates + 1);
}
