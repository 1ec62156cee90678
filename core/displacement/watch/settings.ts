/** What is watched, how, and when it is said; every number of it stands here. */
export interface WatchSettings {
  /** Watched is everything so far beyond the treated area: from the middle of a cell to that of a treated one. */
  readonly reachMetres: number;
  /** Days up to the as-at date that a look compares with each other. */
  readonly days: number;
  /** A cluster goes on today and began at most so many days ago, today counted. */
  readonly longestDays: number;
  /** A cluster is a circle of at most this radius around a cell with reports. */
  readonly radiusMetres: number;
  /** Shuffles of the days over the reports; more where so many would not do (core/displacement/watch/settings.ts). */
  readonly replicates: number;
  /** With fewer reports in all a look cannot tell. */
  readonly fewestReports: number;
  /** Reports of a cluster that is worth an alert; rarer ones can be of two or three. */
  readonly fewestInCluster: number;
  /** Of one cell in one day: the scan takes reports as independent, and three calls about one car are not. */
  readonly mostPerCellAndDay: number;
  /** A report whose span is longer tells nothing of its day. */
  readonly longestSpanDays: number;
  /** Clusters of one look: where one is found, the rest is looked at without its places. */
  readonly mostClusters: number;
  /** An alert goes on while its cluster is so many times as likely as one that raises it: it must not flicker. */
  readonly holdFactor: number;
  /** Alerts that chance alone may bring in a year, for each operation. */
  readonly falseAlertsPerYear: number;
}

/**
 * 3,000 m reaches over the nearest line of the command from Fore Street and a whole edge zone beyond it.
 * 90 days, and clusters of at most 28: what is new is held against the eight weeks before. 800 m is ten
 * minutes on foot. 30 reports: tests/slow/watch.slow.ts prints how often fewer would find anything.
 */
export const watchSettings: WatchSettings = {
  reachMetres: 3_000,
  days: 90,
  longestDays: 28,
  radiusMetres: 800,
  replicates: 999,
  fewestReports: 30,
  fewestInCluster: 4,
  mostPerCellAndDay: 1,
  longestSpanDays: 7,
  mostClusters: 3,
  holdFactor: 5,
  falseAlertsPerYear: 1,
};

/** Outside of these a look would be unsafe: too blind, too eager, or naming single doors. */
const limits: Readonly<Record<keyof WatchSettings, readonly [least: number, most: number]>> = {
  reachMetres: [500, 5_000],
  days: [56, 366],
  longestDays: [7, 56],
  radiusMetres: [200, 2_000],
  replicates: [999, 9_999],
  fewestReports: [20, 1_000],
  fewestInCluster: [3, 20],
  mostPerCellAndDay: [1, 3],
  longestSpanDays: [1, 14],
  mostClusters: [1, 5],
  holdFactor: [1, 10],
  falseAlertsPerYear: [0.1, 4],
};

/** The settings themselves; throws a RangeError that names the first that is not safe. */
export function checkedSettings(settings: WatchSettings): WatchSettings {
  for (const name of Object.keys(limits) as (keyof WatchSettings)[]) {
    const [least, most] = limits[name];
    const value = settings[name];
    if (!(value >= least && value <= most)) {
      throw new RangeError(`${name} must be from ${least} to ${most}, not ${value}`);
    }
  }
  if (settings.longestDays * 2 > settings.days) {
    throw new RangeError(
      `longestDays (${settings.longestDays}) must be at most half of days (${settings.days})`,
    );
  }
  return settings;
}

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
