export interface WatchSettings {
  /** Watched distance beyond the treated area, between centres of cells. */
  readonly reachMetres: number;
  readonly days: number;
  /** Most days since a running cluster began, today counted. */
  readonly longestDays: number;
  readonly radiusMetres: number;
  /** Day permutations; raised where too few (core/displacement/watch/settings.ts). */
  readonly replicates: number;
  /** With fewer reports in all a look cannot tell. */
  readonly fewestReports: number;
  /** Reports needed for an alert; a rarer cluster can be of two or three. */
  readonly fewestInCluster: number;
  /** Cap per cell and day: the scan assumes independence, and three calls about one car are not. */
  readonly mostPerCellAndDay: number;
  /** A report whose span is longer tells nothing of its day. */
  readonly longestSpanDays: number;
  /** Clusters per look: after one is found, the rest is searched without its places. */
  readonly mostClusters: number;
  /** Hysteresis: an alert stays open while its p is within this factor of the level. */
  readonly holdFactor: number;
  /** False alerts by chance per year and operation. */
  readonly falseAlertsPerYear: number;
}

/**
 * 3,000 m reaches from Fore Street past the command's nearest line and a whole edge zone beyond it.
 * 90 days with clusters of at most 28: new reports are compared with the eight weeks before. 800 m
 * is ten minutes on foot. 30 reports: tests/slow/watch.slow.ts prints how often fewer would find
 * anything.
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

/** Outside these a look would be unsafe: too blind, too eager, or naming single doors. */
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

/** Throws a RangeError that names the first unsafe setting. */
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

/** How rare a cluster must be for an alert, given the number of looks. */
export interface AlertLevel {
  /** Looks a year at the pace of the last 30 days; at least one a day. */
  readonly looksPerYear: number;
  /** Largest p for an alert. */
  readonly level: number;
  readonly replicates: number;
  /** False alerts by chance per year, at most and on average: `level` times looks. */
  readonly falseAlertsPerYear: number;
}

export const paceDays = 30;
const yearDays = 365;
const mostReplicates = 9_999;

/**
 * Every look is another chance of a false alert. With looks * level = 1, chance yields one look a
 * year with a cluster of that rarity (Kulldorff 2005: a recurrence interval is 1 / (p * looks));
 * distinct alerts are fewer, as looks on following days see the same cluster. Replicates suffice
 * for two p values below the level.
 */
export function alertLevel(
  looksInPace: number,
  { falseAlertsPerYear, replicates }: WatchSettings,
): AlertLevel {
  const looksPerYear = Math.max(yearDays, Math.ceil((looksInPace * yearDays) / paceDays));
  // The smallest attainable p: beyond 5,000 looks a year, more false alerts are stated, not hidden.
  const level = Math.max(falseAlertsPerYear / looksPerYear, 2 / (mostReplicates + 1));
  const needed = Math.ceil(2 / level / 1_000) * 1_000 - 1;
  return {
    looksPerYear,
    level,
    replicates: Math.min(mostReplicates, Math.max(replicates, needed)),
    falseAlertsPerYear: level * looksPerYear,
  };
}

/** Years in which chance alone shows as much once. */
export function recurrenceYears(p: number, looksPerYear: number): number {
  return 1 / (p * looksPerYear);
}

/** The least p that this many replicates can give: the cluster is at least as rare. */
export function isRarest(p: number, replicates: number): boolean {
  return p <= 1 / (replicates + 1);
}
