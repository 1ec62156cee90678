/**
 * How every look is made. 3,000 m reaches from Fore Street past the command's nearest line and a
 * whole edge zone beyond it. 90 days with clusters of at most 28: new reports are compared with the
 * eight weeks before. 800 m is ten minutes on foot. 30 reports: tests/slow/watch.slow.ts prints how
 * often fewer would find anything.
 */
export const watchSettings = {
  /** Watched distance beyond the treated area, between centres of cells. */
  reachMetres: 3_000,
  days: 90,
  /** Most days since a running cluster began, today counted. */
  longestDays: 28,
  radiusMetres: 800,
  /** Day permutations; `alertLevel` raises them where they are too few. */
  replicates: 999,
  /** With fewer reports in all a look cannot tell. */
  fewestReports: 30,
  /** Reports needed for an alert; a rarer cluster can be of two or three. */
  fewestInCluster: 4,
  /** Cap per cell and day: the scan assumes independence, and three calls about one car are not. */
  mostPerCellAndDay: 1,
  /** A report whose span is longer tells nothing of its day. */
  longestSpanDays: 7,
  /** Clusters per look: after one is found, the rest is searched without its places. */
  mostClusters: 3,
  /** Hysteresis: an alert stays open while its p is within this factor of the level. */
  holdFactor: 5,
  /** False alerts by chance per year and operation. */
  falseAlertsPerYear: 1,
} as const;

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
export function alertLevel(looksInPace: number): AlertLevel {
  const { falseAlertsPerYear, replicates } = watchSettings;
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
