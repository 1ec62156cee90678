import type { PairSummary } from "#tests/support/plan-pairs.ts";
import { printedIn } from "#tests/support/printed-in.ts";

const script = new URL("print-pairs.ts", import.meta.url);

interface Range {
  readonly from: number;
  readonly count: number;
  readonly withPartners?: boolean;
}

/** Random pairs of a calendar and its plan, in one process whose own time zone is this one; a summary for each range. */
export async function pairsInZone(
  timeZone: string,
  ranges: readonly Range[],
): Promise<PairSummary[]> {
  const words = ranges.map(
    ({ from, count, withPartners }) => `${from}+${count}${withPartners ? "+partners" : ""}`,
  );
  return JSON.parse(await printedIn(timeZone, script, words)) as PairSummary[];
}
