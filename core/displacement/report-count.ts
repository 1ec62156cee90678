/** A smaller count may speak of one person, and paper cannot be called back (SAFEGUARDS 7). */
export const leastReportedCount = 10;

/** A count as a report may say it: itself, or null for "under 10". Nought is under 10 like any other. */
export function reportedCount(count: number): number | null {
  return count < leastReportedCount ? null : count;
}

type Counts = readonly [number | null, number | null];

/**
 * Counts of rows of which the first is the sum of the others: where exactly one of the others is too small to be
 * said, the sum is not said either, or it would be worked out by taking away.
 */
export function reportedSums(
  rows: readonly { readonly treated: readonly [number, number] }[],
): Counts[] {
  const shown = rows.map(({ treated: [before, after] }) => [
    reportedCount(before),
    reportedCount(after),
  ]);
  for (const period of [0, 1] as const) {
    const hidden = shown.slice(1).filter((counts) => counts[period] === null).length;
    const [sum] = shown;
    if (hidden === 1 && sum) sum[period] = null;
  }
  return shown.map(([before = null, after = null]) => [before, after]);
}

/** In a report there is one sentence where a count is too small, whatever it is and nought included. */
export function reportedSentence(row: {
  readonly name: string;
  readonly verdict: string;
  readonly sentence: string;
}): string {
  return row.verdict === "cannot_tell" ? `${row.name}: not enough reports to tell.` : row.sentence;
}

/** The same of an edge with what its neighbour has given; why totals do not serve is said as it is. */
export function receivedSentence(
  name: string,
  received: { readonly outer: unknown; readonly verdict: string; readonly sentence: string },
): string {
  if (received.outer === null) return received.sentence;
  return reportedSentence({ ...received, name: `${name}, with totals received` });
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
