/** A smaller count may speak of one person, and paper cannot be called back (SAFEGUARDS 7). */
export const leastReportedCount = 10;

/** A count as a report may say it: itself, or null for "under 10". Nought is under 10 like any other. */
export function reportedCount(count: number): number | null {
  return count < leastReportedCount ? null : count;
}

/** A row whose figures may be on paper: without them where one of the counts compared is under 10. */
export function reportedFigures<
  Row extends { readonly verdict: string } & Record<Figure, number | null>,
>(row: Row): Pick<Row, Figure> {
  const { controlScale, wdd, low, high, p } = row;
  const none = { controlScale: null, wdd: null, low: null, high: null, p: null };
  return row.verdict === "cannot_tell"
    ? (none as Pick<Row, Figure>)
    : { controlScale, wdd, low, high, p };
}

type Figure = "controlScale" | "wdd" | "low" | "high" | "p";
