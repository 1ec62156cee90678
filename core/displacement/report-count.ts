/** A smaller count may speak of one person, and paper cannot be called back (SAFEGUARDS 7). */
export const leastReportedCount = 10;

/** A count as a report may say it: itself, or null for "under 10". Nought is under 10 like any other. */
export function reportedCount(count: number): number | null {
  return count < leastReportedCount ? null : count;
}
